package org.webrtc4j.ice.port;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.webrtc4j.ice.turn.TurnFrames;

/**
 * One TCP or TLS connection that carries messages of TURN, as a port with one remote address. Messages are cut out of the
 * stream and padded into it (RFC 8656 section 12.5).
 */
@SuppressWarnings("FutureReturnValueIgnored") // of closing: nothing can be done about a close that fails
final class StreamPort extends ChannelInboundHandlerAdapter implements PacketPort {

    /** The largest message: a datagram and what an indication adds. */
    static final int MAX_MESSAGE = UdpSocket.MAX_DATAGRAM + 64;

    private static final int CONNECT_MILLIS = 5_000;
    private static final int MAX_PAYLOAD = 1_500;

    private static final Logger LOG = LoggerFactory.getLogger(NettyPorts.class);

    private final NettyEventLoop loop;
    private final Channel channel;
    private final PortOwner owner;
    private final InetSocketAddress local;
    private final InetSocketAddress remote;
    private final TurnFrames frames = new TurnFrames(MAX_MESSAGE);
    private boolean reading;
    private boolean flushWanted;
    private boolean closed;

    private StreamPort(NettyEventLoop loop, SocketChannel channel, PortOwner owner, InetSocketAddress remote) {
        this.loop = loop;
        this.channel = channel;
        this.owner = owner;
        local = channel.localAddress();
        this.remote = remote;
    }

    /** How a connection begins, with the bytes in both directions encrypted or not. */
    static void configure(SocketChannel channel) {
        channel.config()
                .setWriteBufferWaterMark(
                        new WriteBufferWaterMark(UdpSocket.LOW_WATER_BYTES, UdpSocket.HIGH_WATER_BYTES));
        channel.config().setOption(ChannelOption.TCP_NODELAY, true);
    }

    /**
     * Connects to a server. Called on the loop, answers there: null when there is no connection.
     *
     * @param tls makes TLS of it, or null
     */
    static void connect(
            NettyEventLoop loop,
            PortOwner owner,
            InetAddress from,
            RelayServer server,
            @Nullable SSLContext tls,
            Consumer<@Nullable PacketPort> opened) {
        SocketChannel channel;
        try {
            channel = loop.group().channels().newStreamChannel();
        } catch (IOException | RuntimeException e) {
            LOG.debug("No socket for a TCP connection", e);
            opened.accept(null);
            return;
        }
        configure(channel);
        channel.config().setConnectTimeoutMillis(CONNECT_MILLIS);
        loop.netty().register(channel).addListener(registered -> {
            if (!registered.isSuccess()) {
                channel.unsafe().closeForcibly();
                opened.accept(null);
                return;
            }
            channel.connect(server.address(), new InetSocketAddress(from, 0)).addListener(connected -> {
                if (!connected.isSuccess()) {
                    LOG.debug("No TCP connection to {}", server.address(), connected.cause());
                    channel.close();
                    loop.runLogged(() -> opened.accept(null));
                } else if (tls == null) {
                    loop.runLogged(() -> opened.accept(attach(loop, channel, owner, server.address())));
                } else {
                    encrypt(
                            loop,
                            channel,
                            clientEngine(tls, server),
                            secured -> loop.runLogged(() ->
                                    opened.accept(secured ? attach(loop, channel, owner, server.address()) : null)));
                }
            });
        });
    }

    private static SSLEngine clientEngine(SSLContext tls, RelayServer server) {
        SSLEngine engine = tls.createSSLEngine(server.host(), server.address().getPort());
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        // The certificate must be for the host of the URL (RFC 7065 section 3.2 through RFC 8489 section 6.2.3).
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
        return engine;
    }

    /** Puts TLS under a connection; answers when its handshake is over. */
    static void encrypt(NettyEventLoop loop, SocketChannel channel, SSLEngine engine, Consumer<Boolean> secured) {
        SslHandler handler = new SslHandler(engine);
        channel.pipeline().addFirst(handler);
        handler.handshakeFuture().addListener(done -> {
            if (!done.isSuccess()) {
                LOG.debug("No TLS with {}", channel.remoteAddress(), done.cause());
                channel.close();
            }
            secured.accept(done.isSuccess());
        });
    }

    /** Makes a port of an open connection. */
    static StreamPort attach(NettyEventLoop loop, SocketChannel channel, PortOwner owner, InetSocketAddress remote) {
        StreamPort port = new StreamPort(loop, channel, owner, remote);
        channel.pipeline().addLast(port);
        return port;
    }

    @Override
    public InetSocketAddress local() {
        return local;
    }

    @Override
    public int maxPayload() {
        return MAX_PAYLOAD;
    }

    @Override
    public boolean append(InetSocketAddress to, ByteBuffer packet) {
        int length = packet.remaining();
        boolean full = channel.bytesBeforeWritable() > UdpSocket.QUEUE_LIMIT_BYTES - UdpSocket.LOW_WATER_BYTES;
        if (closed || full || length > MAX_MESSAGE || !to.equals(remote)) {
            loop.counters()
                    .count(
                            closed
                                    ? PortCounter.DROPPED_CLOSED
                                    : full ? PortCounter.DROPPED_SEND_QUEUE_FULL : PortCounter.DROPPED_TOO_LARGE);
            return false;
        }
        int padding = -length & 3;
        ByteBuf out = channel.alloc().ioBuffer(length + padding);
        out.writeBytes(packet.array(), packet.arrayOffset() + packet.position(), length);
        out.writeZero(padding);
        channel.write(out, channel.voidPromise());
        return true;
    }

    @Override
    public void flush() {
        if (reading) {
            flushWanted = true;
        } else if (!closed) {
            channel.flush();
        }
    }

    @Override
    public boolean isWritable() {
        return !closed && channel.isWritable();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            channel.flush();
            channel.close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        reading = true;
        try {
            while (bytes.isReadable() && !closed && !frames.isBroken()) {
                take(bytes);
            }
        } catch (RuntimeException e) {
            loop.counters().count(PortCounter.DROPPED_OWNER_FAILED);
            NettyEventLoop.logFailure(e);
        } finally {
            bytes.release();
        }
        if (frames.isBroken() && !closed) {
            loop.counters().count(PortCounter.DROPPED_MALFORMED_STUN);
            channel.close();
        }
    }

    private void take(ByteBuf bytes) {
        ByteBuffer space = frames.space();
        int size = Math.min(space.remaining(), bytes.readableBytes());
        bytes.readBytes(space.limit(space.position() + size));
        frames.added(size);
        for (ByteBuffer frame = frames.next(); frame != null && !closed; frame = frames.next()) {
            owner.onPacket(this, remote, frame, loop.clock().nanoTime());
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (!closed) {
            loop.runLogged(() -> owner.onBatchEnd(loop.clock().nanoTime()));
        }
        reading = false;
        if (flushWanted) {
            flushWanted = false;
            flush();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        // Netty calls this inside a write or flush; the owner must not be entered from its own append.
        context.executor().execute(() -> {
            if (!closed) {
                loop.runLogged(() -> owner.onWritabilityChanged(this, channel.isWritable()));
            }
        });
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (!closed) {
            closed = true;
            loop.runLogged(() -> owner.onClosed(this));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("A connection of TURN failed", cause);
        channel.close();
    }
}
