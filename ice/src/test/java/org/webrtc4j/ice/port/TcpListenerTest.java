package org.webrtc4j.ice.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.ice.GatherPolicy;
import org.webrtc4j.ice.IceAgent;
import org.webrtc4j.ice.IceAgentOptions;
import org.webrtc4j.ice.IceParameters;
import org.webrtc4j.ice.IceRole;
import org.webrtc4j.ice.stun.Stun;
import org.webrtc4j.ice.stun.StunKey;
import org.webrtc4j.ice.stun.StunReader;
import org.webrtc4j.ice.stun.StunWriter;

/** What strangers may do to a TCP port: real connections to an agent on loopback, written byte by byte. */
class TcpListenerTest {

    private static final int MAX_UNCLAIMED = 8;
    private static final int STUN_HEADER_BYTES = 20;
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    private static final IceParameters OURS =
            new IceParameters("ours", "our+password+of+enough+bits", false, true, true);
    private static final IceParameters THEIRS =
            new IceParameters("them", "their+password+of+enough+bits", false, true, true);

    private final List<Socket> opened = new ArrayList<>();
    private final StunReader reader = new StunReader();
    private NettyEventLoops loops;
    private NettyPorts ports;
    private PortIceAgents agents;
    private IceAgent agent;
    private int nextId;

    @SuppressWarnings("NullAway.Init") // made before each test
    TcpListenerTest() {}

    @BeforeEach
    void start() throws Exception {
        begin(TimeUnit.MINUTES.toNanos(5), builder -> builder);
    }

    /** On two loops, of which the agent is on the one that does not listen. */
    private void begin(long patienceNanos, UnaryOperator<NettyPorts.Builder> more) throws Exception {
        loops = NettyEventLoops.create(2, Transport.NIO);
        ports = more.apply(
                        NettyPorts.builder(loops).bind(Sockets.LOOPBACK).tcp(0).unclaimed(MAX_UNCLAIMED, patienceNanos))
                .build();
        agents = PortIceAgents.builder(ports).build();
        EventLoop loop = loops.loops().get(1);
        agent = Sockets.on(loop, () -> {
            IceAgent made = agents.create(
                    loop, new IceAgentOptions("listener", List.of(), false, false, true, Optional.of(OURS)));
            made.setRole(IceRole.CONTROLLED);
            made.gather(GatherPolicy.ALL);
            made.setRemoteParameters(THEIRS);
            made.start();
            return made;
        });
        Sockets.on(loop, () -> ""); // the ports are open now
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : opened) {
            socket.close();
        }
        agents.close();
        loops.close();
    }

    private Socket connect() throws IOException {
        InetSocketAddress address = ports.tcpAddresses().get(0);
        Socket socket = new Socket(address.getAddress(), address.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(30_000);
        opened.add(socket);
        return socket;
    }

    private byte[] check(String ufrag, String password) {
        ByteBuffer message = new StunWriter()
                .begin(Stun.BINDING_REQUEST, ++nextId, nextId)
                .username((ufrag + ":" + THEIRS.ufrag()).getBytes(StandardCharsets.US_ASCII))
                .role(true, 1)
                .priority(1_000)
                .integrity(StunKey.shortTerm(password))
                .fingerprint()
                .finish();
        ByteBuffer frame = ByteBuffer.allocate(2 + message.remaining());
        frame.putShort((short) message.remaining()).put(message);
        return frame.array();
    }

    private byte[] rightCheck() {
        return check(OURS.ufrag(), OURS.pwd());
    }

    /** Reads frames until one is the answer to our latest check. */
    private void awaitAnswer(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        while (true) {
            byte[] frame = new byte[in.readUnsignedShort()];
            in.readFully(frame);
            assertThat(reader.read(ByteBuffer.wrap(frame))).isTrue();
            if (reader.type() == Stun.BINDING_SUCCESS && reader.transactionLow() == nextId) {
                InetSocketAddress mapped = Objects.requireNonNull(reader.mappedAddress(), "mapped address");
                assertThat(mapped.getPort()).isEqualTo(socket.getLocalPort());
                return;
            }
        }
    }

    private void awaitDrop(String reason, long count) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (ports.stats().drops().getOrDefault(reason, 0L) < count) {
            assertThat(System.nanoTime() - deadline).as("%s", ports.stats()).isNegative();
            Thread.onSpinWait();
        }
        assertThat(ports.stats().drops()).containsEntry(reason, count);
    }

    private static void assertClosed(Socket socket) throws IOException {
        try {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        } catch (java.net.SocketException reset) {
            assertThat(reset).isNotNull(); // closed with our bytes unread
        }
    }

    @Test
    void theFirstCheckIsAnsweredWhereverItIsCut() throws Exception {
        int length = rightCheck().length;
        for (int cut = 1; cut < length; cut++) {
            try (Socket socket = connect()) {
                byte[] frame = rightCheck();
                socket.getOutputStream().write(frame, 0, cut);
                socket.getOutputStream().flush();
                socket.getOutputStream().write(frame, cut, length - cut);
                awaitAnswer(socket);
            }
        }
        assertThat(ports.stats().drops()).doesNotContainKeys("tcpNoCheck", "tcpUnverified", "ownerFailed");
    }

    @Test
    void whatComesRightBehindTheFirstCheckIsNotLost() throws Exception {
        Socket socket = connect();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < 40; i++) {
            all.writeBytes(rightCheck());
        }
        socket.getOutputStream().write(all.toByteArray());
        awaitAnswer(socket);
    }

    @Test
    void packetsTooLargeOrEmptyOfAPeerAreCountedAndTheConnectionGoesOn() throws Exception {
        Socket socket = connect();
        socket.getOutputStream().write(rightCheck());
        awaitAnswer(socket);
        socket.getOutputStream().write(new byte[] {0, 0});
        byte[] large = new byte[2 + 65_535];
        large[0] = (byte) 0xff;
        large[1] = (byte) 0xff;
        socket.getOutputStream().write(large);
        socket.getOutputStream().write(rightCheck());
        awaitAnswer(socket);
        awaitDrop("truncated", 1);
        awaitDrop("empty", 1);
    }

    @Test
    void aConnectionThatBeginsWithSomethingElseIsClosed() throws Exception {
        List<byte[]> beginnings = List.of(
                "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
                new byte[] {0, 0},
                new byte[] {(byte) 0xff, (byte) 0xff, 0},
                new byte[] {0, 3, 22, 1, 2},
                new byte[] {0, 1, 0});
        for (byte[] beginning : beginnings) {
            Socket socket = connect();
            socket.getOutputStream().write(beginning);
            assertClosed(socket);
        }
        awaitDrop("tcpNoCheck", beginnings.size());
    }

    @Test
    void aCheckForNobodyHereIsClosed() throws Exception {
        Socket socket = connect();
        socket.getOutputStream().write(check("else", OURS.pwd()));
        assertClosed(socket);
        awaitDrop("tcpUnknownUfrag", 1);
    }

    @Test
    void aFloodOfUnknownUfragsLeavesNothingBehindAndAsksNoHook() throws Exception {
        stop();
        AtomicInteger asked = new AtomicInteger();
        begin(TimeUnit.MINUTES.toNanos(5), builder -> builder.shared(0).onUnknownUfrag((local, remote, address) -> {
            asked.incrementAndGet();
            return CompletableFuture.completedFuture(Optional.empty());
        }));
        int flood = 300;
        for (int i = 0; i < flood; i++) {
            Socket socket = connect();
            socket.getOutputStream().write(check("flood" + i, OURS.pwd()));
            assertClosed(socket);
        }
        awaitDrop("tcpUnknownUfrag", flood);
        assertThat(asked).hasValue(0);
        Socket honest = connect();
        honest.getOutputStream().write(rightCheck());
        awaitAnswer(honest);
    }

    @Test
    void aCheckOfWhichOneBitWasTurnedIsClosedAndSelectsNothing() throws Exception {
        byte[] right = rightCheck();
        int turned = 0;
        // Behind the length and the header: those say what is waited for.
        for (int at = 2 + STUN_HEADER_BYTES; at < right.length; at++) {
            byte[] frame = right.clone();
            frame[at] ^= (byte) (1 << at % 8);
            Socket socket = connect();
            socket.getOutputStream().write(frame);
            assertClosed(socket);
            turned++;
        }
        Map<String, Long> drops = ports.stats().drops();
        assertThat(drops.getOrDefault("tcpNoCheck", 0L)
                        + drops.getOrDefault("tcpUnknownUfrag", 0L)
                        + drops.getOrDefault("tcpUnverified", 0L))
                .isEqualTo(turned);
        assertThat(Sockets.on(agent.loop(), () -> agent.stats().remoteCandidates()))
                .isEmpty();
        assertThat(Sockets.on(agent.loop(), () -> agent.selectedPair())).isEmpty();
    }

    @Test
    void aCheckWithAWrongPasswordIsClosedAndLeavesNothingBehind() throws Exception {
        for (int i = 1; i <= 5; i++) {
            Socket socket = connect();
            socket.getOutputStream().write(check(OURS.ufrag(), "wrong+password+of+enough+bits"));
            assertClosed(socket);
            awaitDrop("tcpUnverified", i);
        }
        assertThat(Sockets.on(agent.loop(), () -> agent.stats().remoteCandidates()))
                .isEmpty();
        assertThat(Sockets.on(agent.loop(), () -> agent.stats().drops())).containsEntry("stun-wrong-integrity", 5L);
    }

    @Test
    void connectionsThatSayNothingGiveWayToNewOnes() throws Exception {
        List<Socket> silent = new ArrayList<>();
        for (int i = 0; i < 3 * MAX_UNCLAIMED; i++) {
            silent.add(connect());
        }
        awaitDrop("tcpUnclaimedLimit", 2 * MAX_UNCLAIMED);
        assertClosed(silent.get(0));
        Socket honest = connect();
        honest.getOutputStream().write(rightCheck());
        awaitAnswer(honest);
        for (int i = 0; i < 3 * MAX_UNCLAIMED; i++) {
            connect();
        }
        awaitDrop("tcpUnclaimedLimit", 5 * MAX_UNCLAIMED);
        honest.getOutputStream().write(rightCheck());
        awaitAnswer(honest);
    }

    @Test
    void connectionsThatSayNothingEndAfterAMoment() throws Exception {
        stop();
        begin(PATIENCE_NANOS, builder -> builder);
        Socket silent = connect();
        Socket half = connect();
        half.getOutputStream().write(rightCheck(), 0, 10);
        assertClosed(silent);
        assertClosed(half);
        awaitDrop("tcpSilent", 2);
    }

    @Test
    void aPeerMayOpenSoManyConnectionsAndNoMore() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < TcpPort.MAX_CONNECTIONS + 3; i++) {
            Socket socket = connect();
            socket.getOutputStream().write(rightCheck());
            awaitAnswer(socket);
            sockets.add(socket);
        }
        awaitDrop("tcpLimit", 3);
        Socket newest = sockets.get(sockets.size() - 1);
        newest.getOutputStream().write(rightCheck());
        awaitAnswer(newest);
    }

    @Test
    void connectionsEndWithTheirAgentAndTheirUfragIsUnknownThen() throws Exception {
        Socket socket = connect();
        socket.getOutputStream().write(rightCheck());
        awaitAnswer(socket);
        Sockets.on(agent.loop(), () -> {
            agent.close();
            return "";
        });
        DataInputStream in = new DataInputStream(socket.getInputStream());
        while (in.read() >= 0) {
            // checks of the agent
        }
        Socket late = connect();
        late.getOutputStream().write(rightCheck());
        assertClosed(late);
        awaitDrop("tcpUnknownUfrag", 1);
    }
}
