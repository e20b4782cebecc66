package org.webrtc4j.ice.port;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.webrtc4j.common.EventLoop;

/**
 * Accepts TCP or TLS connections that carry messages of TURN, each as a {@link PacketPort} with one remote address.
 * Confined to its loop, which all of its connections share. Who takes them decides how long they may be silent; a TLS
 * handshake may take ten seconds.
 */
@SuppressWarnings("FutureReturnValueIgnored") // of closing: nothing can be done about a close that fails
public final class StreamListener extends ChannelInboundHandlerAdapter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NettyPorts.class);

    private final NettyEventLoop loop;
    private final @Nullable SSLContext tls;
    private final Acceptor acceptor;
    private @Nullable ServerSocketChannel channel;
    private boolean closed;

    /** Who takes connections. */
    public interface Acceptor {

        /**
         * Decides about a connection, before its TLS handshake.
         *
         * @param remote where it comes from
         * @return who takes its messages and is told its end by {@link PortOwner#onClosed}, or null to refuse it
         */
        @Nullable
        PortOwner accept(InetSocketAddress remote);

        /**
         * A connection is open; messages follow.
         *
         * @param owner who was returned for it
         * @param port sends to it
         * @param remote where it comes from
         */
        void opened(PortOwner owner, PacketPort port, InetSocketAddress remote);

        /**
         * A connection was taken and came to nothing: its TLS handshake failed.
         *
         * @param owner who was returned for it
         */
        void failed(PortOwner owner);
    }

    /**
     * Creates a listener that is not bound yet.
     *
     * @param loop one of the loops of a {@link NettyEventLoops}
     * @param tls has key and certificate, or null for plain TCP
     * @param acceptor who takes connections
     */
    public StreamListener(EventLoop loop, @Nullable SSLContext tls, Acceptor acceptor) {
        if (!(loop instanceof NettyEventLoop nettyLoop)) {
            throw new IllegalArgumentException("connections need a loop of Netty");
        }
        this.loop = nettyLoop;
        this.tls = tls;
        this.acceptor = acceptor;
    }

    /**
     * Begins to listen.
     *
     * @param address where; port 0 for a free one
     * @return the bound address, completed on the loop
     */
    public CompletableFuture<InetSocketAddress> bind(InetSocketAddress address) {
        CompletableFuture<InetSocketAddress> bound = new CompletableFuture<>();
        ServerSocketChannel server;
        try {
            server = loop.group().channels().newServerChannel();
        } catch (IOException | RuntimeException e) {
            bound.completeExceptionally(e);
            return bound;
        }
        server.pipeline().addLast(this);
        loop.netty().register(server).addListener(registered -> {
            if (!registered.isSuccess()) {
                server.unsafe().closeForcibly();
                bound.completeExceptionally(registered.cause());
                return;
            }
            server.bind(address).addListener(done -> {
                if (!done.isSuccess() || closed) {
                    server.close();
                    bound.completeExceptionally(done.isSuccess() ? new IOException("closed meanwhile") : done.cause());
                } else {
                    channel = server;
                    bound.complete(server.localAddress());
                }
            });
        });
        return bound;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        SocketChannel accepted = (SocketChannel) message;
        StreamPort.configure(accepted);
        loop.netty().register(accepted).addListener(registered -> {
            if (registered.isSuccess()) {
                loop.runLogged(() -> take(accepted));
            } else {
                accepted.unsafe().closeForcibly();
            }
        });
    }

    private void take(SocketChannel accepted) {
        InetSocketAddress remote = accepted.remoteAddress();
        PortOwner owner = remote == null || closed ? null : acceptor.accept(remote);
        if (owner == null || remote == null) {
            accepted.close();
        } else if (tls == null) {
            open(accepted, owner, remote);
        } else {
            SSLEngine engine = tls.createSSLEngine();
            engine.setUseClientMode(false);
            StreamPort.encrypt(
                    loop,
                    accepted,
                    engine,
                    secured -> loop.runLogged(() -> {
                        if (secured && !closed) {
                            open(accepted, owner, remote);
                        } else {
                            accepted.close();
                            acceptor.failed(owner);
                        }
                    }));
        }
    }

    private void open(SocketChannel accepted, PortOwner owner, InetSocketAddress remote) {
        StreamPort port = StreamPort.attach(loop, accepted, owner, remote);
        acceptor.opened(owner, port, remote);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // Out of descriptors, most likely: those that are open go on.
        LOG.warn("A TCP connection could not be accepted: {}", cause.toString());
    }

    /** Ends listening; connections stay with their owners. Called on the loop. */
    @Override
    public void close() {
        closed = true;
        if (channel != null) {
            channel.close();
        }
    }
}
