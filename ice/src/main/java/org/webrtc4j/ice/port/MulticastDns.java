package org.webrtc4j.ice.port;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.common.LoopTimer;

/**
 * Resolves the .local names under which browsers hide their addresses, by multicast DNS over IPv4 (RFC 6762), and answers
 * for those under which this process hides its own. Names outside .local are answered with nothing.
 *
 * <p>Sockets are opened with the first name, asked for or published: one per network interface, bound to 224.0.0.251 port 5353 beside other
 * responders of the machine. When none can be opened this is logged once, and every name is answered with nothing.
 *
 * <p>Thread-safe.
 */
@SuppressWarnings("FutureReturnValueIgnored") // of sending and closing: a query that is lost is sent again
public final class MulticastDns implements NameResolver, NamePublisher, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MulticastDns.class);

    private static final int PORT = 5353;
    /** RFC 6762 section 11: packets with another TTL may come from outside of the link. */
    private static final int TTL = 255;

    private final NettyEventLoop loop;
    private final List<NetworkInterface> interfaces;
    private final int port;
    private final MdnsQuery engine = new MdnsQuery(this::multicast);
    private final MdnsPublication publication = new MdnsPublication(this::multicast);
    private final ByteBuffer receiveBuffer = ByteBuffer.allocate(UdpSocket.MAX_DATAGRAM);
    private final List<DatagramChannel> channels = new ArrayList<>();
    private final LoopTimer timer;
    private boolean opened;
    private boolean closed;

    /** For tests, which use a port of their own. */
    MulticastDns(NettyEventLoops loops, List<NetworkInterface> interfaces, int port) {
        loop = (NettyEventLoop) loops.next();
        this.interfaces = List.copyOf(interfaces);
        this.port = port;
        timer = loop.newTimer(this::onTimer);
    }

    /**
     * Resolves on every interface that is up, has multicast, and is not loopback.
     *
     * @param loops one of these loops does the work
     * @return a resolver
     */
    public static MulticastDns create(NettyEventLoops loops) {
        List<NetworkInterface> usable = new ArrayList<>();
        try {
            for (NetworkInterface nic : NetworkInterface.networkInterfaces().toList()) {
                if (nic.isUp() && nic.supportsMulticast() && !nic.isLoopback()) {
                    usable.add(nic);
                }
            }
        } catch (SocketException e) {
            LOG.warn("The network interfaces cannot be listed; .local names will not be resolved", e);
        }
        return create(loops, usable);
    }

    /**
     * Resolves on the interfaces given.
     *
     * @param loops one of these loops does the work
     * @param interfaces where to ask
     * @return a resolver
     */
    public static MulticastDns create(NettyEventLoops loops, List<NetworkInterface> interfaces) {
        return new MulticastDns(loops, interfaces, PORT);
    }

    /**
     * Returns a resolver that answers every name with nothing, for servers whose peers are not on their link.
     *
     * @return a resolver without sockets
     */
    public static NameResolver off() {
        return (name, loop, answer) -> answer.accept(List.of());
    }

    @Override
    public void resolve(String name, EventLoop answerLoop, Consumer<List<InetAddress>> answer) {
        Consumer<List<InetAddress>> there = addresses -> {
            try {
                answerLoop.execute(() -> answer.accept(addresses));
            } catch (RejectedExecutionException ended) {
                // the asker's loop is gone, and the asker with it
            }
        };
        try {
            loop.execute(() -> ask(name, there));
        } catch (RejectedExecutionException ended) {
            there.accept(List.of());
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>Names beyond ten thousand, and such as are not under .local, are not answered for.
     */
    @Override
    public void publish(String name, InetAddress address) {
        post(() -> {
            open();
            if (!closed && !publication.publish(name, address)) {
                LOG.debug("A name is not published: too many, or none under .local");
            }
        });
    }

    @Override
    public void withdraw(String name) {
        post(() -> publication.withdraw(name));
    }

    private void post(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException ended) {
            // nobody is answered any more
        }
    }

    private void open() {
        if (!opened && !closed) {
            opened = true;
            interfaces.forEach(this::open);
            if (channels.isEmpty()) {
                LOG.warn("No socket for multicast DNS could be opened; .local names will not be resolved");
            }
        }
    }

    private void ask(String name, Consumer<List<InetAddress>> answer) {
        open();
        if (channels.isEmpty()) {
            answer.accept(List.of());
            return;
        }
        engine.ask(name, loop.clock().nanoTime(), answer);
        timer.arm(engine.nextTimeout());
    }

    private void open(NetworkInterface nic) {
        DatagramChannel channel;
        try {
            channel = loop.group().channels().newChannel(false, true, false);
        } catch (IOException | RuntimeException e) {
            LOG.debug("No socket for multicast DNS on {}", nic.getName(), e);
            return;
        }
        channel.config()
                .setReuseAddress(true)
                .setNetworkInterface(nic)
                .setTimeToLive(TTL)
                .setAutoClose(false);
        channel.pipeline().addLast(new Receiver());
        InetSocketAddress group = group();
        loop.netty().register(channel);
        // Bound to the group, unicast for port 5353 stays with the machine's own responder; Windows cannot do it.
        boolean windows = System.getProperty("os.name", "").startsWith("Windows");
        channel.bind(windows ? new InetSocketAddress(port) : group).addListener(bound -> {
            if (bound.isSuccess()) {
                channels.add(channel);
                channel.joinGroup(group, nic).addListener(joined -> {
                    if (!joined.isSuccess()) {
                        LOG.debug("Multicast DNS cannot be received on {}", nic.getName(), joined.cause());
                        channels.remove(channel);
                        channel.close();
                    }
                });
            } else {
                LOG.debug("Multicast DNS cannot be bound on {}", nic.getName(), bound.cause());
                channel.close();
            }
        });
    }

    private InetSocketAddress group() {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(new byte[] {(byte) 224, 0, 0, (byte) 251}), port);
        } catch (UnknownHostException e) {
            throw new AssertionError("four bytes are an address", e);
        }
    }

    private void multicast(ByteBuffer query) {
        for (DatagramChannel channel : channels) {
            channel.writeAndFlush(new DatagramPacket(Unpooled.copiedBuffer(query), group()), channel.voidPromise());
        }
    }

    private void onTimer() {
        engine.handleTimeout(loop.clock().nanoTime());
        timer.arm(engine.nextTimeout());
    }

    /** Closes the sockets; names still asked for are answered with nothing. */
    @Override
    public void close() {
        try {
            loop.execute(() -> {
                closed = true;
                channels.forEach(DatagramChannel::close);
                channels.clear();
                engine.giveUp();
                publication.clear();
            });
        } catch (RejectedExecutionException ended) {
            // the loop has closed the sockets
        }
    }

    /** On the loop. */
    private final class Receiver extends SimpleChannelInboundHandler<DatagramPacket> {

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            int length = packet.content().readableBytes();
            // RFC 6762 section 6: responses come from port 5353.
            if (packet.sender().getPort() != port || length > UdpSocket.MAX_DATAGRAM) {
                return;
            }
            receiveBuffer.clear().limit(length);
            packet.content().readBytes(receiveBuffer);
            long now = loop.clock().nanoTime();
            engine.handlePacket(receiveBuffer.flip(), now);
            publication.handlePacket(receiveBuffer, now);
            timer.arm(engine.nextTimeout());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            LOG.debug("A multicast DNS packet was lost", cause);
        }
    }
}
