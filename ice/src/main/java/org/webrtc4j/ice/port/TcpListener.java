package org.webrtc4j.ice.port;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.webrtc4j.ice.ConnectionEnd;

/**
 * A TCP port that many agents share, at one local address: accepts connections and finds whom each is for.
 *
 * <p>A connection is nobody's until its first packet is a check whose ufrag an agent has here, and that agent has answered it,
 * which it does only when the integrity is right. What begins in another way is closed and counted; what does not begin at
 * all ends after a moment, or when there are too many of its kind (see {@link UnclaimedConnections}).
 */
@SuppressWarnings("FutureReturnValueIgnored") // of closing: nothing can be done about a close that fails
final class TcpListener extends ChannelInboundHandlerAdapter implements TcpConnection.Reader {

    /** How long nothing is accepted after the system had no descriptor for it. */
    private static final int RETRY_MILLIS = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(NettyPorts.class);

    private final NettyEventLoop loop;
    private final UnclaimedConnections unclaimed;
    private final Map<String, TcpPort> ufrags = new ConcurrentHashMap<>();
    private volatile @Nullable ServerSocketChannel channel;
    private volatile boolean closed;

    TcpListener(NettyEventLoop loop, UnclaimedConnections unclaimed) {
        this.loop = loop;
        this.unclaimed = unclaimed;
    }

    /** Begins to listen; called from any thread. */
    CompletableFuture<InetSocketAddress> bind(InetAddress address, int port) {
        CompletableFuture<InetSocketAddress> bound = new CompletableFuture<>();
        ServerSocketChannel server;
        try {
            server = loop.group().channels().newServerChannel();
        } catch (IOException | RuntimeException e) {
            bound.completeExceptionally(e);
            return bound;
        }
        server.config().setOption(ChannelOption.SO_REUSEADDR, true);
        server.pipeline().addLast(this);
        loop.netty().register(server).addListener(registered -> {
            if (!registered.isSuccess()) {
                server.unsafe().closeForcibly();
                bound.completeExceptionally(registered.cause());
                return;
            }
            server.bind(new InetSocketAddress(address, port)).addListener(done -> {
                if (!done.isSuccess() || closed) {
                    server.close();
                    bound.completeExceptionally(done.isSuccess() ? new IOException("closed meanwhile") : done.cause());
                } else {
                    channel = server;
                    loop.counters().count(PortCounter.SOCKETS_OPENED);
                    bound.complete(
                            new InetSocketAddress(address, server.localAddress().getPort()));
                }
            });
        });
        return bound;
    }

    /** Lets connections that begin with a check for this ufrag reach a port; false when another has it. Thread-safe. */
    boolean bindUfrag(String ufrag, TcpPort port) {
        if (ufrags.size() >= UfragTable.MAX_ENTRIES) {
            return false;
        }
        TcpPort before = ufrags.putIfAbsent(ufrag, port);
        return before == null || before == port;
    }

    void unbindUfrag(String ufrag, TcpPort port) {
        ufrags.remove(ufrag, port);
    }

    /** Ends listening, and connections that are nobody's yet; those of agents go on. Thread-safe. */
    void close() {
        closed = true;
        ServerSocketChannel listening = channel;
        if (listening != null) {
            listening.close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        SocketChannel accepted = (SocketChannel) message;
        loop.netty().register(accepted).addListener(registered -> {
            InetSocketAddress remote = registered.isSuccess() ? accepted.remoteAddress() : null;
            if (remote == null || closed) {
                accepted.unsafe().closeForcibly();
            } else {
                loop.counters().count(PortCounter.TCP_ACCEPTED);
                loop.runLogged(() -> unclaimed.add(TcpConnection.accepted(loop, accepted, remote, this)));
            }
        });
    }

    @Override
    public void onPacket(TcpConnection connection, ByteBuffer packet, long arrivalNanos) {
        long ufrag = StunPeek.isStun(packet) && StunPeek.kind(packet) == StunPeek.Kind.REQUEST
                ? StunPeek.localUfrag(packet)
                : -1;
        if (ufrag < 0) {
            refuse(connection, PortCounter.REFUSED_TCP_NO_CHECK);
            return;
        }
        int start = packet.arrayOffset() + (int) (ufrag >>> 32);
        TcpPort port = ufrags.get(new String(packet.array(), start, (int) ufrag, StandardCharsets.US_ASCII));
        if (port == null) {
            refuse(connection, PortCounter.REFUSED_TCP_UNKNOWN_UFRAG);
        } else if (port.home() == loop) {
            port.welcome(connection, packet, arrivalNanos);
            unclaimed.remove(connection);
        } else {
            connection.moveTo(port.home(), () -> {
                port.welcome(connection, packet, arrivalNanos);
                connection.resume();
                loop.post(() -> unclaimed.remove(connection));
            });
        }
    }

    /** Nobody begins like this who has a check to send. */
    @Override
    public void onUnusable(TcpConnection connection) {
        refuse(connection, PortCounter.REFUSED_TCP_NO_CHECK);
    }

    private void refuse(TcpConnection connection, PortCounter reason) {
        loop.counters().count(reason);
        unclaimed.remove(connection);
        connection.drop();
        connection.close();
    }

    @Override
    public void onBatchEnd(long nowNanos) {}

    @Override
    public void onWritabilityChanged(boolean writable) {}

    @Override
    public void onEnd(TcpConnection connection, ConnectionEnd end) {
        loop.post(() -> unclaimed.remove(connection));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // Out of descriptors, most likely: those that are open go on, and trying again at once would keep the loop
        // busy.
        LOG.warn("A TCP connection could not be accepted: {}", cause.toString());
        context.channel().config().setAutoRead(false);
        context.executor()
                .schedule(() -> context.channel().config().setAutoRead(true), RETRY_MILLIS, TimeUnit.MILLISECONDS);
    }
}
