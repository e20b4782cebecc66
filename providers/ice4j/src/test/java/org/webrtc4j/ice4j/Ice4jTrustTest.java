package org.webrtc4j.ice4j;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.ice.GatherPolicy;
import org.webrtc4j.ice.IceAgent;
import org.webrtc4j.ice.IceAgentOptions;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.IceCandidateType;
import org.webrtc4j.ice.IceGatheringState;
import org.webrtc4j.ice.IceListener;
import org.webrtc4j.ice.IceParameters;
import org.webrtc4j.ice.IceProtocol;
import org.webrtc4j.ice.IceRole;
import org.webrtc4j.ice.IceState;
import org.webrtc4j.ice.IceStats;
import org.webrtc4j.ice.PeerFilter;
import org.webrtc4j.ice.port.NettyEventLoops;
import org.webrtc4j.ice.port.Transport;
import org.webrtc4j.ice.stun.Stun;
import org.webrtc4j.ice.stun.StunKey;
import org.webrtc4j.ice.stun.StunReader;
import org.webrtc4j.ice.stun.StunWriter;

/** What has no integrity, or a wrong one, changes nothing, though ice4j by itself would take it. */
class Ice4jTrustTest {

    private static final int LIMIT_MILLIS = 20_000;
    private static final IceParameters THEIRS = IceParameters.chosen("theirUfrag", "theirPasswordOf24Letters", false);

    private final NettyEventLoops loops = NettyEventLoops.create(1, Transport.NIO);
    private final EventLoop loop = loops.next();
    private final Ice4jAgents agents = Ice4jAgents.builder()
            .bind(InetAddress.getLoopbackAddress())
            .filter(PeerFilter.client().withLoopback())
            .build();
    private DatagramSocket peer;
    private IceAgent agent;

    @BeforeEach
    void gather() throws Exception {
        peer = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        peer.setSoTimeout(LIMIT_MILLIS);
        agent = on(() -> agents.create(loop, IceAgentOptions.named("trusting")));
        CompletableFuture<IceGatheringState> complete = new CompletableFuture<>();
        on(() -> {
            agent.addListener(new IceListener() {
                @Override
                public void onGatheringStateChange(IceGatheringState state) {
                    if (state == IceGatheringState.COMPLETE) {
                        complete.complete(state);
                    }
                }
            });
            agent.setRole(IceRole.CONTROLLED);
            agent.gather(GatherPolicy.ALL);
            return true;
        });
        complete.get(LIMIT_MILLIS, TimeUnit.MILLISECONDS);
    }

    @AfterEach
    void end() throws Exception {
        on(() -> {
            agent.close();
            return true;
        });
        peer.close();
        loops.close();
    }

    private <T> T on(Supplier<T> question) throws Exception {
        return CompletableFuture.supplyAsync(question, loop).get(LIMIT_MILLIS, TimeUnit.MILLISECONDS);
    }

    private long drops(String reason) throws Exception {
        return on(() -> agent.stats().drops().getOrDefault(reason, 0L));
    }

    /** ice4j takes messages on many threads at a time, so that none says when another is done. */
    private void awaitUnauthenticated(long count) throws Exception {
        long limit = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LIMIT_MILLIS);
        while (drops("stun-unauthenticated") < count && System.nanoTime() < limit) {
            Thread.onSpinWait();
        }
        assertThat(drops("stun-unauthenticated")).isEqualTo(count);
    }

    private void send(ByteBuffer packet) throws Exception {
        IceCandidate local = on(() -> agent.stats().localCandidates().get(0));
        byte[] bytes = new byte[packet.remaining()];
        packet.get(bytes);
        peer.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), local.port()));
    }

    private StunReader receive() throws Exception {
        DatagramPacket packet = new DatagramPacket(new byte[1_500], 1_500);
        peer.receive(packet);
        StunReader reader = new StunReader();
        assertThat(reader.read(ByteBuffer.wrap(packet.getData(), 0, packet.getLength())))
                .isTrue();
        return reader;
    }

    private StunWriter check(int transaction) throws Exception {
        String ufrag = on(agent::localParameters).ufrag();
        return new StunWriter()
                .begin(Stun.BINDING_REQUEST, transaction, transaction)
                .username((ufrag + ":" + THEIRS.ufrag()).getBytes(UTF_8))
                .priority(1_000)
                .role(true, 7);
    }

    @Test
    void aCheckWithoutIntegrityIsNotAnswered() throws Exception {
        send(check(1).fingerprint().finish());
        send(check(2).integrity(StunKey.shortTerm("notThePasswordOfThisAgent"))
                .fingerprint()
                .finish());
        send(check(3).integrity(StunKey.shortTerm(on(agent::localParameters).pwd()))
                .fingerprint()
                .finish());

        // The second is answered by an error, as RFC 8489 section 9.1.3 says.
        StunReader answer = receive();
        while (answer.transactionHigh() != 3) {
            assertThat(answer.type()).isEqualTo(Stun.BINDING_ERROR);
            assertThat(answer.transactionHigh()).isEqualTo(2);
            answer = receive();
        }
        assertThat(answer.type()).isEqualTo(Stun.BINDING_SUCCESS);
        awaitUnauthenticated(1);
    }

    @Test
    void anAnswerWithoutIntegrityDoesNotConnect() throws Exception {
        on(() -> {
            agent.setRemoteParameters(THEIRS);
            agent.addRemoteCandidate(new IceCandidate(
                    "1",
                    IceProtocol.UDP,
                    2_130_706_431L,
                    peer.getLocalAddress().getHostAddress(),
                    peer.getLocalPort(),
                    IceCandidateType.HOST,
                    null,
                    null,
                    -1,
                    null,
                    null,
                    null));
            agent.start();
            return true;
        });

        for (int i = 1; i <= 3; i++) {
            StunReader request = receive();
            send(new StunWriter()
                    .begin(Stun.BINDING_SUCCESS, request.transactionHigh(), request.transactionLow())
                    .xorMappedAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9))
                    .fingerprint()
                    .finish());
        }
        awaitUnauthenticated(3);
        assertThat(on(agent::state)).isEqualTo(IceState.CHECKING);
        assertThat(on(() -> agent.stats().pairs())).noneMatch(pair -> pair.state() == IceStats.PairState.SUCCEEDED);
    }
}
