package org.webrtc4j.ice.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.ice.GatherPolicy;
import org.webrtc4j.ice.IceAgent;
import org.webrtc4j.ice.IceAgentOptions;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.IceCandidateType;
import org.webrtc4j.ice.IceListener;
import org.webrtc4j.ice.IceParameters;
import org.webrtc4j.ice.IceProtocol;
import org.webrtc4j.ice.IceRole;
import org.webrtc4j.ice.IceState;
import org.webrtc4j.ice.IceTcpType;
import org.webrtc4j.ice.PacketReceiver;
import org.webrtc4j.ice.SelectedPair;

/** Agents that meet by TCP on real sockets of the loopback interface. Waits for events, never for a time. */
class TcpAgentsTest {

    private static final long LIMIT_SECONDS = 60;

    private static final IceAgentOptions OPTIONS =
            new IceAgentOptions("tcp", List.of(), false, false, true, Optional.empty());

    /** What becomes of a candidate on its way to the other side: null when it is lost. */
    private interface Signalling {
        @Nullable
        IceCandidate carry(IceCandidate candidate);
    }

    /** As where no datagram gets through. */
    private static final Signalling TCP_ONLY = candidate -> candidate.protocol() == IceProtocol.TCP ? candidate : null;

    private static final Signalling ALL = candidate -> candidate;

    /** One side; everything but the queues is confined to the loop. */
    private static final class Side implements IceListener, PacketReceiver {

        final EventLoop loop;
        final IceAgent agent;
        final BlockingQueue<IceState> states = new LinkedBlockingQueue<>();
        final BlockingQueue<SelectedPair> pairs = new LinkedBlockingQueue<>();
        final BlockingQueue<String> received = new LinkedBlockingQueue<>();
        Signalling signalling = TCP_ONLY;

        @Nullable
        Side other;

        Side(EventLoop loop, PortIceAgents agents) throws Exception {
            this.loop = loop;
            agent = Sockets.on(loop, () -> agents.create(loop, OPTIONS));
            run(() -> {
                agent.addListener(this);
                agent.setReceiver(this);
            });
        }

        void run(Runnable task) throws Exception {
            Sockets.on(loop, () -> {
                task.run();
                return "";
            });
        }

        @Override
        public void onStateChange(IceState state) {
            states.add(state);
        }

        @Override
        public void onSelectedPairChange(@Nullable SelectedPair previous, @Nullable SelectedPair current) {
            if (current != null) {
                pairs.add(current);
            }
        }

        @Override
        public void onCandidate(IceCandidate candidate) {
            IceCandidate carried = signalling.carry(candidate);
            Side peer = other;
            if (peer != null && carried != null) {
                peer.loop.execute(() -> peer.agent.addRemoteCandidate(carried));
            }
        }

        @Override
        public void onPacket(ByteBuffer packet, long arrivalNanos) {
            byte[] bytes = new byte[packet.remaining()];
            packet.get(bytes);
            received.add(Arrays.toString(bytes));
        }

        @Override
        public void onBatchEnd(long nowNanos) {}

        void await(IceState wanted) throws InterruptedException {
            for (IceState state = states.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
                    state != wanted;
                    state = states.poll(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                assertThat(state).as("before " + wanted).isNotNull();
            }
        }

        SelectedPair awaitPair(IceProtocol protocol) throws InterruptedException {
            while (true) {
                SelectedPair pair = Objects.requireNonNull(pairs.poll(LIMIT_SECONDS, TimeUnit.SECONDS), "no pair");
                if (pair.local().protocol() == protocol) {
                    return pair;
                }
            }
        }

        void send(int... bytes) throws Exception {
            byte[] packet = new byte[bytes.length];
            for (int i = 0; i < bytes.length; i++) {
                packet[i] = (byte) bytes[i];
            }
            run(() -> {
                assertThat(agent.send(ByteBuffer.wrap(packet))).isTrue();
                agent.flush();
            });
        }

        String receive() throws InterruptedException {
            return Objects.requireNonNull(received.poll(LIMIT_SECONDS, TimeUnit.SECONDS), "nothing came");
        }
    }

    /** A server that listens, and a client that connects. */
    private record World(NettyEventLoops loops, NettyPorts listening, PortIceAgents servers, PortIceAgents clients)
            implements AutoCloseable {

        static World of(Transport transport, int threads) {
            NettyEventLoops loops = NettyEventLoops.create(threads, transport);
            NettyPorts listening =
                    NettyPorts.builder(loops).bind(Sockets.LOOPBACK).tcp(0).build();
            NettyPorts connecting = NettyPorts.builder(loops)
                    .bind(Sockets.LOOPBACK)
                    .activeTcp(true)
                    .build();
            return new World(
                    loops,
                    listening,
                    PortIceAgents.builder(listening).build(),
                    PortIceAgents.builder(connecting).build());
        }

        Side server() throws Exception {
            return new Side(loops.next(), servers);
        }

        Side client() throws Exception {
            return new Side(loops.next(), clients);
        }

        @Override
        public void close() {
            servers.close();
            clients.close();
            loops.close();
        }
    }

    private static void negotiate(Side offerer, Side answerer, boolean restart) throws Exception {
        offerer.other = answerer;
        answerer.other = offerer;
        IceParameters offered =
                Sockets.on(offerer.loop, () -> restart ? offerer.agent.restart() : offerer.agent.localParameters());
        IceParameters answered =
                Sockets.on(answerer.loop, () -> restart ? answerer.agent.restart() : answerer.agent.localParameters());
        offerer.run(() -> {
            offerer.agent.setRole(IceRole.CONTROLLING);
            offerer.agent.gather(GatherPolicy.ALL);
            offerer.agent.start();
        });
        answerer.run(() -> {
            answerer.agent.setRole(IceRole.CONTROLLED);
            answerer.agent.setRemoteParameters(offered);
            answerer.agent.gather(GatherPolicy.ALL);
            answerer.agent.start();
        });
        offerer.run(() -> offerer.agent.setRemoteParameters(answered));
    }

    private static void exchange(Side one, Side two) throws Exception {
        one.send(20, 1, 2);
        assertThat(two.receive()).isEqualTo("[20, 1, 2]");
        two.send(21, 3, 4);
        assertThat(one.receive()).isEqualTo("[21, 3, 4]");
    }

    static Stream<Transport> transports() {
        return Sockets.transports();
    }

    @ParameterizedTest
    @MethodSource("transports")
    void agentsMeetWhereNoDatagramGetsThroughWhicheverControls(Transport transport) throws Exception {
        for (int threads = 1; threads <= 3; threads++) {
            try (World world = World.of(transport, threads)) {
                for (int i = 0; i < 8; i++) {
                    Side server = world.server();
                    Side client = world.client();
                    boolean serverOffers = i % 2 == 0;
                    negotiate(serverOffers ? server : client, serverOffers ? client : server, false);
                    server.await(IceState.CONNECTED);
                    client.await(IceState.CONNECTED);
                    SelectedPair pair = server.awaitPair(IceProtocol.TCP);
                    assertThat(pair.local().tcpType()).isEqualTo(IceTcpType.PASSIVE);
                    assertThat(pair.remote().tcpType()).isEqualTo(IceTcpType.ACTIVE);
                    pair = client.awaitPair(IceProtocol.TCP);
                    assertThat(pair.local().tcpType()).isEqualTo(IceTcpType.ACTIVE);
                    assertThat(pair.local().port()).isEqualTo(IceCandidate.ACTIVE_PORT);
                    assertThat(pair.remote().tcpType()).isEqualTo(IceTcpType.PASSIVE);
                    exchange(server, client);
                    exchange(client, server);
                }
                assertThat(world.listening.stats().drops()).doesNotContainKey("ownerFailed");
            }
        }
    }

    @Test
    void datagramsCarryTheDataWhereTheyGetThrough() throws Exception {
        try (World world = World.of(Transport.NIO, 1)) {
            Side server = world.server();
            Side client = world.client();
            server.signalling = ALL;
            client.signalling = ALL;
            negotiate(server, client, false);
            server.awaitPair(IceProtocol.UDP);
            client.awaitPair(IceProtocol.UDP);
            exchange(server, client);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aRestartGoesThroughTheConnectionThereIs(int threads) throws Exception {
        try (World world = World.of(Transport.NIO, threads)) {
            Side server = world.server();
            Side client = world.client();
            negotiate(server, client, false);
            String before = server.awaitPair(IceProtocol.TCP).local().ufrag();
            client.awaitPair(IceProtocol.TCP);
            exchange(server, client);
            negotiate(client, server, true);
            while (Objects.equals(server.awaitPair(IceProtocol.TCP).local().ufrag(), before)) {
                // the same pair, seen from the generation before
            }
            client.awaitPair(IceProtocol.TCP);
            exchange(server, client);
        }
    }

    private static Signalling through(TcpRelay relay, boolean datagramsToo) {
        return candidate -> candidate.protocol() == IceProtocol.UDP
                ? datagramsToo ? candidate : null
                : new IceCandidate(
                        candidate.foundation(),
                        candidate.protocol(),
                        candidate.priority(),
                        candidate.address(),
                        relay.port(),
                        candidate.type(),
                        candidate.tcpType(),
                        null,
                        -1,
                        candidate.ufrag(),
                        null,
                        null);
    }

    @Test
    void aConnectionThatIsCutIsMadeAnew() throws Exception {
        try (World world = World.of(Transport.NIO, 2);
                TcpRelay relay = new TcpRelay(world.listening.tcpAddresses().get(0))) {
            Side server = world.server();
            Side client = world.client();
            server.signalling = through(relay, false);
            negotiate(server, client, false);
            server.await(IceState.CONNECTED);
            client.await(IceState.CONNECTED);
            exchange(server, client);
            relay.cut();
            server.await(IceState.DISCONNECTED);
            client.await(IceState.DISCONNECTED);
            server.await(IceState.CONNECTED);
            client.await(IceState.CONNECTED);
            exchange(server, client);
            assertThat(relay.accepted()).isGreaterThan(1);
        }
    }

    @Test
    void aCallMovesOnToDatagramsWhenItsConnectionIsCut() throws Exception {
        try (World world = World.of(Transport.NIO, 1);
                TcpRelay relay = new TcpRelay(world.listening.tcpAddresses().get(0))) {
            Side server = world.server();
            Side client = world.client();
            server.signalling = through(relay, false);
            negotiate(server, client, false);
            server.await(IceState.CONNECTED);
            client.await(IceState.CONNECTED);
            exchange(server, client);
            relay.end();
            List<IceCandidate> datagrams = Sockets.on(server.loop, () -> server.agent.stats().localCandidates().stream()
                    .filter(each -> each.protocol() == IceProtocol.UDP)
                    .toList());
            assertThat(datagrams).isNotEmpty();
            client.run(() -> datagrams.forEach(client.agent::addRemoteCandidate));
            server.awaitPair(IceProtocol.UDP);
            client.awaitPair(IceProtocol.UDP);
            exchange(server, client);
        }
    }

    @Test
    void aConnectionThatNobodyTakesFailsItsPairAndSaysWhy() throws Exception {
        try (World world = World.of(Transport.NIO, 1);
                Socket deaf = new Socket()) {
            deaf.bind(new InetSocketAddress(Sockets.LOOPBACK, 0));
            Side client = world.client();
            Side server = world.server();
            server.signalling = candidate -> null;
            negotiate(client, server, false);
            client.run(() -> client.agent.addRemoteCandidate(new IceCandidate(
                    "1",
                    IceProtocol.TCP,
                    1,
                    "127.0.0.1",
                    deaf.getLocalPort(),
                    IceCandidateType.HOST,
                    IceTcpType.PASSIVE,
                    null,
                    -1,
                    null,
                    null,
                    null)));
            String said;
            do {
                said = Sockets.on(client.loop, client.agent::explain);
            } while (!said.contains("1 TCP connection was refused"));
            assertThat(said).startsWith("No pair connected; 1 pairs were tried");
        }
    }
}
