package org.webrtc4j.ice.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.webrtc4j.common.EventLoop;

/** One UDP port shared with another protocol, whose datagrams begin with "G" here. */
@Timeout(60)
class LentChannelTest {

    private static final InetSocketAddress ANY_LOOPBACK_PORT = new InetSocketAddress(Sockets.LOOPBACK, 0);

    static Stream<Transport> transports() {
        return Sockets.transports();
    }

    private final BlockingQueue<String> foreign = new LinkedBlockingQueue<>();

    private void onForeign(InetSocketAddress from, ByteBuffer packet, long arrivalNanos) {
        foreign.add(StandardCharsets.US_ASCII.decode(packet) + " from " + from.getPort());
    }

    private String nextForeign() throws InterruptedException {
        return String.valueOf(foreign.poll(10, TimeUnit.SECONDS));
    }

    private static String receive(DatagramSocket socket) throws Exception {
        java.net.DatagramPacket packet = new java.net.DatagramPacket(new byte[2048], 2048);
        socket.setSoTimeout(10_000);
        socket.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII);
    }

    private static void send(DatagramSocket socket, InetSocketAddress to, ByteBuffer packet) throws Exception {
        socket.send(new java.net.DatagramPacket(packet.array(), packet.arrayOffset(), packet.remaining(), to));
    }

    private static void send(DatagramSocket socket, InetSocketAddress to, String text) throws Exception {
        send(socket, to, Sockets.text(text));
    }

    /** Both protocols over one port, both ways, with an agent on a given loop. */
    private void bothProtocolsWork(NettyPorts ports, EventLoop loop, InetSocketAddress local, DatagramSocket peer)
            throws Exception {
        RecordingOwner owner = new RecordingOwner();
        PacketPort port = Sockets.open(ports, loop, owner).get(0).port();
        assertThat(port.local()).isEqualTo(local);
        Sockets.on(loop, () -> {
            port.bindUfrag("game");
            return null;
        });
        for (EventLoop each : ((NettyEventLoop) loop).group().loops()) {
            Sockets.on(each, () -> ""); // the socket's loop has the ufrag now
        }
        send(peer, local, "Game one");
        send(peer, local, StunSamples.request(1, "game:peer"));
        assertThat(owner.await(1)).hasSize(1);
        assertThat(nextForeign()).isEqualTo("Game one from " + peer.getLocalPort());

        InetSocketAddress from = owner.await(1).get(0).from();
        Sockets.on(loop, () -> {
            port.bindRemote(from);
            return null;
        });
        for (EventLoop each : ((NettyEventLoop) loop).group().loops()) {
            Sockets.on(each, () -> "");
        }
        send(peer, local, ByteBuffer.wrap(new byte[] {20, 1, 2})); // DTLS
        send(peer, local, ByteBuffer.wrap(new byte[] {(byte) 0x80, 1, 2})); // RTP
        send(peer, local, "Game two");
        assertThat(nextForeign()).isEqualTo("Game two from " + peer.getLocalPort());
        assertThat(owner.await(3)).hasSize(3);

        Sockets.send(port, loop, from, Sockets.text("from the agent"));
        assertThat(receive(peer)).isEqualTo("from the agent");
        Sockets.on(loop, () -> {
            port.close();
            return null;
        });
    }

    private static DatagramChannel bound() throws Exception {
        return DatagramChannel.open().bind(ANY_LOOPBACK_PORT);
    }

    @Test
    void aChannelOfTheJdkCarriesBothProtocolsAndIsGivenBackOpen() throws Exception {
        try (NettyEventLoops loops = NettyEventLoops.create(2, Transport.NIO);
                DatagramChannel channel = bound();
                DatagramSocket peer = new DatagramSocket(ANY_LOOPBACK_PORT)) {
            InetSocketAddress local = (InetSocketAddress) channel.getLocalAddress();
            NettyPorts ports = NettyPorts.builder(loops)
                    .shared(LentChannel.of(channel, this::onForeign))
                    .build();
            for (EventLoop loop : loops.loops()) {
                bothProtocolsWork(ports, loop, local, peer);
            }
            assertThat(channel.send(Sockets.text("from the owner"), peer.getLocalSocketAddress()))
                    .isPositive();
            assertThat(receive(peer)).isEqualTo("from the owner");
            assertThat(ports.stats().drops()).isEmpty();

            ports.close();
            Sockets.on(loops.loops().get(0), () -> "");
            assertThat(channel.isOpen()).isTrue();
            // Nobody else reads it any more.
            send(peer, local, "to the owner");
            ByteBuffer own = ByteBuffer.allocate(100);
            while (channel.receive(own) == null) {
                Thread.onSpinWait();
            }
            assertThat(new String(own.array(), 0, own.position(), StandardCharsets.US_ASCII))
                    .isEqualTo("to the owner");
            assertThat(foreign).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void aChannelOfNettyKeepsItsHandlersAndGetsEverythingElseUncopied(Transport transport) throws Exception {
        UdpChannels channels = transport == Transport.NIO ? new NioUdpChannels() : new EpollUdpChannels();
        AtomicInteger batches = new AtomicInteger();
        EventLoopGroup group = channels.newGroup(2, Thread::new);
        try (DatagramSocket peer = new DatagramSocket(ANY_LOOPBACK_PORT)) {
            NettyEventLoops loops = NettyEventLoops.over(group);
            io.netty.channel.socket.DatagramChannel channel = channels.newChannel(false, true, false);
            channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
                @Override
                public void channelRead(ChannelHandlerContext context, Object message) {
                    DatagramPacket datagram = (DatagramPacket) message;
                    foreign.add(datagram.content().toString(StandardCharsets.US_ASCII) + " from "
                            + datagram.sender().getPort());
                    datagram.release();
                }

                @Override
                public void channelReadComplete(ChannelHandlerContext context) {
                    batches.incrementAndGet();
                }
            });
            group.register(channel).sync();
            channel.bind(ANY_LOOPBACK_PORT).sync();
            NettyPorts ports =
                    NettyPorts.builder(loops).shared(LentChannel.of(channel)).build();
            for (EventLoop loop : loops.loops()) {
                bothProtocolsWork(ports, loop, channel.localAddress(), peer);
            }
            assertThat(batches).hasPositiveValue();
            channel.writeAndFlush(new DatagramPacket(
                            Unpooled.copiedBuffer("from the owner", StandardCharsets.US_ASCII),
                            (InetSocketAddress) peer.getLocalSocketAddress()))
                    .sync();
            assertThat(receive(peer)).isEqualTo("from the owner");

            ports.close();
            channel.eventLoop().submit(() -> {}).sync();
            assertThat(channel.isOpen()).isTrue();
            assertThat(channel.pipeline().toMap().values()).noneMatch(UdpSocket.class::isInstance);
            send(peer, channel.localAddress(), StunSamples.request(1, "game:peer"));
            assertThat(nextForeign()).endsWith(" from " + peer.getLocalPort());
            channel.close().sync();
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }

    @Test
    void whatTheHandlerThrowsHarmsNobodyElse() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        try (NettyEventLoops loops = NettyEventLoops.create(1, Transport.NIO);
                DatagramChannel channel = bound();
                DatagramSocket peer = new DatagramSocket(ANY_LOOPBACK_PORT);
                NettyPorts ports = NettyPorts.builder(loops)
                        .shared(LentChannel.of(channel, (from, packet, arrivalNanos) -> {
                            onForeign(from, packet, arrivalNanos);
                            if (calls.getAndIncrement() == 0) {
                                throw new IllegalStateException("careless");
                            }
                        }))
                        .build()) {
            InetSocketAddress local = (InetSocketAddress) channel.getLocalAddress();
            send(peer, local, "G");
            send(peer, local, "");
            send(peer, local, ByteBuffer.allocate(2_500).put(0, (byte) 'G'));
            send(peer, local, ByteBuffer.allocate(2_047).put(0, (byte) 'G'));

            assertThat(nextForeign()).startsWith("G from");
            assertThat(nextForeign()).startsWith(" from");
            assertThat(nextForeign()).startsWith("G\0").hasSize(2_047 + (" from " + peer.getLocalPort()).length());
            assertThat(ports.stats().drops()).containsEntry("ownerFailed", 1L).containsEntry("truncated", 1L);
        }
    }

    @Test
    void strangersOfWebRtcNeverReachTheOtherProtocol() throws Exception {
        try (NettyEventLoops loops = NettyEventLoops.create(1, Transport.NIO);
                DatagramChannel channel = bound();
                DatagramSocket peer = new DatagramSocket(ANY_LOOPBACK_PORT);
                NettyPorts ports = NettyPorts.builder(loops)
                        .shared(LentChannel.of(channel, this::onForeign))
                        .build()) {
            InetSocketAddress local = (InetSocketAddress) channel.getLocalAddress();
            for (int first = 0; first < 256; first++) {
                send(peer, local, ByteBuffer.wrap(new byte[] {(byte) first}));
            }
            int expected = 256 - 4 - 44 - 64;
            for (int i = 0; i < expected; i++) {
                assertThat(nextForeign()).isNotEqualTo("null");
            }
            assertThat(foreign).isEmpty();
            assertThat(ports.stats().drops())
                    .containsEntry("malformedStun", 4L)
                    .containsEntry("unknownRemote", 44L + 64);
        }
    }

    @Test
    void aChannelThatItsOwnerClosesLosesPacketsAndNothingElse() throws Exception {
        try (NettyEventLoops loops = NettyEventLoops.create(1, Transport.NIO)) {
            DatagramChannel channel = bound();
            NettyPorts ports = NettyPorts.builder(loops)
                    .shared(LentChannel.of(channel, this::onForeign))
                    .build();
            EventLoop loop = loops.next();
            PacketPort port =
                    Sockets.open(ports, loop, new RecordingOwner()).get(0).port();
            channel.close();
            InetSocketAddress to = new InetSocketAddress(Sockets.LOOPBACK, 9);
            Sockets.send(port, loop, to, Sockets.text("into the void"));
            ports.close();
            Sockets.on(loop, () -> "");
            Sockets.send(port, loop, to, Sockets.text("later"));

            assertThat(ports.stats().drops().values()).allMatch(count -> count <= 2);
            assertThat(ports.stats().drops()).containsKey("portClosed");
        }
    }

    @Test
    void aChannelThatCannotBeSharedIsTheCallersMistake() throws Exception {
        try (NettyEventLoops loops = NettyEventLoops.create(1, Transport.NIO);
                DatagramChannel unbound = DatagramChannel.open();
                DatagramChannel wildcard = DatagramChannel.open().bind(new InetSocketAddress(0));
                DatagramChannel connected = bound().connect(new InetSocketAddress(Sockets.LOOPBACK, 9));
                DatagramChannel good = bound()) {
            for (DatagramChannel each : new DatagramChannel[] {unbound, wildcard, connected}) {
                assertThatThrownBy(() -> LentChannel.of(each, this::onForeign))
                        .isInstanceOf(IllegalArgumentException.class);
            }
            LentChannel lent = LentChannel.of(good, this::onForeign);
            try (NettyPorts first = NettyPorts.builder(loops).shared(lent).build()) {
                assertThat(first.sharedSockets()).hasSize(1);
                assertThatThrownBy(() -> NettyPorts.builder(loops).shared(lent).build())
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("in use already");
            }
            assertThatThrownBy(() -> NettyPorts.builder(loops).shared(new LentChannel[0]))
                    .isInstanceOf(IllegalArgumentException.class);
            if (NettyEventLoops.epollAvailable()) {
                try (NettyEventLoops epoll = NettyEventLoops.create(1, Transport.EPOLL)) {
                    assertThatThrownBy(
                                    () -> NettyPorts.builder(epoll).shared(lent).build())
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageContaining("NIO");
                }
            }
        }
    }
}
