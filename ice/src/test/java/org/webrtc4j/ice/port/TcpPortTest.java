package org.webrtc4j.ice.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.DataInputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.ice.ConnectionEnd;
import org.webrtc4j.ice.IceTcpType;
import org.webrtc4j.ice.port.PortProvider.AdvertisedAddress;
import org.webrtc4j.ice.port.PortProvider.OpenedPort;

/** A port of TCP connections, and how it is presented; on real sockets. */
class TcpPortTest {

    private static final int PACKET = 1_200;

    private NettyEventLoops loops;

    @SuppressWarnings("NullAway.Init") // made before each test
    TcpPortTest() {}

    @BeforeEach
    void start() {
        loops = NettyEventLoops.create(1, Transport.NIO);
    }

    @AfterEach
    void stop() {
        loops.close();
    }

    /** Keeps what is told of connections and of room. */
    private static final class Owner implements PortOwner {

        final BlockingQueue<ConnectionEnd> ends = new LinkedBlockingQueue<>();
        final BlockingQueue<Boolean> writable = new LinkedBlockingQueue<>();

        @Override
        public void onPacket(PacketPort port, InetSocketAddress from, ByteBuffer packet, long arrivalNanos) {}

        @Override
        public void onBatchEnd(long nowNanos) {}

        @Override
        public void onWritabilityChanged(PacketPort port, boolean now) {
            writable.add(now);
        }

        @Override
        public void onConnectionEnded(PacketPort port, InetSocketAddress remote, ConnectionEnd end) {
            ends.add(end);
        }

        ConnectionEnd awaitEnd() throws InterruptedException {
            ConnectionEnd end = ends.poll(30, TimeUnit.SECONDS);
            assertThat(end).isNotNull();
            return end == null ? ConnectionEnd.SILENT : end;
        }
    }

    private static PacketPort port(NettyPorts ports, EventLoop loop, PortOwner owner, IceTcpType type)
            throws Exception {
        return Sockets.open(ports, loop, owner).stream()
                .map(OpenedPort::port)
                .filter(port -> port.tcpType() == type)
                .findFirst()
                .orElseThrow();
    }

    /** On one port for UDP and TCP, which is not among those that the system hands out. */
    private NettyPorts onOnePort(UnaryOperator<NettyPorts.Builder> settings) {
        for (int port = 20_000 + new Random().nextInt(10_000); port < 32_000; port++) {
            try {
                return settings.apply(NettyPorts.builder(loops)
                                .bind(Sockets.LOOPBACK)
                                .shared(port)
                                .tcp(port))
                        .build();
            } catch (IllegalStateException taken) {
                assertThat(taken).hasMessageContaining("cannot be bound");
            }
        }
        throw new AssertionError("every port is taken");
    }

    private NettyPorts active() {
        return NettyPorts.builder(loops).bind(Sockets.LOOPBACK).activeTcp(true).build();
    }

    @ParameterizedTest
    @MethodSource("org.webrtc4j.ice.port.Sockets#transports")
    void whatASlowPeerDoesNotTakeIsDroppedBeyondABoundAndItIsSaidWhenThereIsRoomAgain(Transport transport)
            throws Exception {
        try (NettyEventLoops own = NettyEventLoops.create(1, transport);
                NettyPorts ports = NettyPorts.builder(own)
                        .bind(Sockets.LOOPBACK)
                        .activeTcp(true)
                        .build();
                ServerSocket listening = new ServerSocket(0, 1, Sockets.LOOPBACK)) {
            EventLoop loop = own.next();
            Owner owner = new Owner();
            PacketPort port = port(ports, loop, owner, IceTcpType.ACTIVE);
            InetSocketAddress to = new InetSocketAddress(Sockets.LOOPBACK, listening.getLocalPort());
            byte[] bytes = new byte[PACKET];
            bytes[0] = 20;
            // Before the connection is there a few packets wait for it.
            long sent = Sockets.on(loop, () -> {
                long taken = 0;
                for (int i = 0; i < 2 * TcpConnection.MAX_PENDING; i++) {
                    taken += port.append(to, ByteBuffer.wrap(bytes)) ? 1 : 0;
                }
                port.flush();
                assertThat(port.isWritableTo(to)).isFalse();
                return taken;
            });
            assertThat(sent).isEqualTo(TcpConnection.MAX_PENDING);
            try (Socket peer = listening.accept()) {
                long queued = 0;
                boolean dropped = false;
                while (!dropped) {
                    long more = Sockets.on(loop, () -> {
                        long taken = 0;
                        for (int i = 0; i < 100; i++) {
                            taken += port.append(to, ByteBuffer.wrap(bytes)) ? 1 : 0;
                        }
                        port.flush();
                        return taken;
                    });
                    queued += more;
                    dropped = more < 100 && queued > 0;
                }
                assertThat(Sockets.on(loop, () -> port.isWritableTo(to))).isFalse();
                assertThat(ports.stats().drops()).containsKey("sendQueueFull");
                // What was taken arrives whole, and in order.
                DataInputStream in = new DataInputStream(peer.getInputStream());
                for (long i = 0; i < sent + queued; i++) {
                    assertThat(in.readUnsignedShort()).isEqualTo(PACKET);
                    in.readFully(bytes);
                }
                Boolean last = owner.writable.poll(30, TimeUnit.SECONDS);
                while (last != null && !last) {
                    last = owner.writable.poll(30, TimeUnit.SECONDS);
                }
                assertThat(last).isTrue();
                assertThat(Sockets.on(loop, () -> port.isWritableTo(to))).isTrue();
            }
            assertThat(owner.awaitEnd()).isEqualTo(ConnectionEnd.CLOSED);
            assertThat(Sockets.on(loop, () -> port.isWritableTo(to))).isFalse();
        }
    }

    @Test
    void anAddressWhereNobodyListensIsToldAsRefused() throws Exception {
        try (NettyPorts ports = active();
                Socket bound = new Socket()) {
            bound.bind(new InetSocketAddress(Sockets.LOOPBACK, 0)); // and listens to nobody
            InetSocketAddress to = new InetSocketAddress(Sockets.LOOPBACK, bound.getLocalPort());
            Owner owner = new Owner();
            EventLoop loop = loops.next();
            PacketPort port = port(ports, loop, owner, IceTcpType.ACTIVE);
            Sockets.send(port, loop, to, Sockets.text("x"));
            assertThat(owner.awaitEnd()).isEqualTo(ConnectionEnd.REFUSED);
        }
    }

    @Test
    void aPeerThatNamesManyAddressesGetsSoManyConnectionsAndNoMore() throws Exception {
        try (NettyPorts ports = active();
                ServerSocket listening = new ServerSocket(0, 100, Sockets.LOOPBACK)) {
            Owner owner = new Owner();
            EventLoop loop = loops.next();
            PacketPort port = port(ports, loop, owner, IceTcpType.ACTIVE);
            int taken = Sockets.on(loop, () -> {
                int count = 0;
                for (int i = 1; i <= TcpPort.MAX_CONNECTIONS + 2; i++) {
                    InetSocketAddress to = new InetSocketAddress(Sockets.ip("127.0.0." + i), listening.getLocalPort());
                    count += port.append(to, Sockets.text("x")) ? 1 : 0;
                }
                return count;
            });
            assertThat(taken).isEqualTo(TcpPort.MAX_CONNECTIONS);
            List<ConnectionEnd> ends = new ArrayList<>(List.of(owner.awaitEnd(), owner.awaitEnd()));
            while (!ends.containsAll(List.of(ConnectionEnd.LIMIT))) {
                ends.add(owner.awaitEnd());
            }
        }
    }

    @Test
    void aConnectionIsSilentWhenNothingHasComeForLong() throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 1, Sockets.LOOPBACK)) {
            NettyEventLoop loop = loops.nettyLoops().get(0);
            InetSocketAddress to = new InetSocketAddress(Sockets.LOOPBACK, listening.getLocalPort());
            try (NettyPorts ports = active()) {
                TcpPort port = (TcpPort) port(ports, loop, new Owner(), IceTcpType.ACTIVE);
                TcpConnection connection =
                        Sockets.on(loop, () -> TcpConnection.connect(loop, Sockets.LOOPBACK, to, port));
                long far = loop.clock().nanoTime() + TimeUnit.HOURS.toNanos(1);
                assertThat(Sockets.on(loop, () -> connection.isSilent(far) && !connection.isWritable()))
                        .isFalse();
                try (Socket peer = listening.accept()) {
                    while (!Sockets.on(loop, connection::isWritable)) {
                        Thread.onSpinWait();
                    }
                    long heard = Sockets.on(loop, connection::heardNanos);
                    assertThat(connection.isSilent(heard + TcpConnection.SILENT_NANOS - 1))
                            .isFalse();
                    assertThat(connection.isSilent(heard + TcpConnection.SILENT_NANOS))
                            .isTrue();
                    peer.getOutputStream().write(new byte[] {0, 1, 20});
                    while (Sockets.on(loop, connection::heardNanos) == heard) {
                        Thread.onSpinWait();
                    }
                    assertThat(connection.isSilent(heard + TcpConnection.SILENT_NANOS))
                            .isFalse();
                }
            }
        }
    }

    @Test
    void aPacketIsSmallerThanADatagramByTheLengthBeforeIt() throws Exception {
        try (NettyPorts ports = NettyPorts.builder(loops)
                .bind(Sockets.LOOPBACK)
                .tcp(0)
                .activeTcp(true)
                .build()) {
            List<OpenedPort> opened = Sockets.open(ports, loops.next(), new Owner());
            assertThat(opened).hasSize(3);
            int udp = opened.get(0).port().maxPayload();
            assertThat(opened.get(1).port().maxPayload()).isEqualTo(udp - 2);
            assertThat(opened.get(2).port().maxPayload()).isEqualTo(udp - 2);
            assertThat(opened.get(1).port().local())
                    .isEqualTo(ports.tcpAddresses().get(0));
        }
    }

    @Test
    void theOuterAddressIsThatOfTheListeningPortToo() throws Exception {
        try (NettyPorts ports =
                onOnePort(builder -> builder.advertise("203.0.113.7:6000").hideLocal(true))) {
            int inner = ports.tcpAddresses().get(0).getPort();
            List<OpenedPort> opened = Sockets.open(ports, loops.next(), new Owner());
            assertThat(opened).hasSize(2).allSatisfy(each -> {
                assertThat(each.hideLocal()).isTrue();
                assertThat(each.advertised()).containsExactly(new AdvertisedAddress("203.0.113.7", 6_000));
                assertThat(each.port().local().getPort()).isEqualTo(inner);
            });
        }
    }

    @Test
    void whatCannotBeListenedOnIsSaidAtOnce() throws Exception {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NettyPorts.builder(loops).tcp(65_536));
        assertThatIllegalArgumentException().isThrownBy(() -> NettyPorts.builder(loops)
                .shared(5_000)
                .tcp(0)
                .advertise("203.0.113.7:6000")
                .build());
        try (ServerSocket taken = new ServerSocket(0, 1, Sockets.LOOPBACK)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> NettyPorts.builder(loops)
                            .bind(Sockets.LOOPBACK)
                            .tcp(taken.getLocalPort())
                            .build())
                    .withMessageContaining("TCP ports cannot be bound: 127.0.0.1 port " + taken.getLocalPort());
        }
    }
}
