package org.webrtc4j.ice.port;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.webrtc4j.ice.ConnectionEnd;

/**
 * One TCP connection that carries the packets of an agent (RFC 6544), each behind its length (RFC 4571). Confined to its
 * loop; one that was accepted moves once, to the loop of the agent that it turns out to be for.
 *
 * <p>What is sent waits in Netty's buffer while the peer is slow. Beyond a bound packets are dropped, as a full socket buffer
 * drops datagrams: what runs above repairs loss, and nothing else would keep the delay within limits.
 */
@SuppressWarnings("FutureReturnValueIgnored") // of closing: nothing can be done about a close that fails
final class TcpConnection extends ChannelInboundHandlerAdapter {

    /** Larger packets are skipped and counted, as on UDP. */
    static final int MAX_PACKET = UdpSocket.MAX_DATAGRAM;

    /** Above this many queued bytes a connection is not writable, until fewer than half of them are. */
    static final int HIGH_WATER_BYTES = 256 * 1024;

    static final int LOW_WATER_BYTES = HIGH_WATER_BYTES / 2;

    /** Above this many queued bytes packets are dropped. */
    static final int QUEUE_LIMIT_BYTES = 4 * HIGH_WATER_BYTES;

    /** Packets kept until a connection is there: the check for which it is made, and what belongs to it. */
    static final int MAX_PENDING = 4;

    /** How long a connection may take to be made. */
    static final int CONNECT_MILLIS = 10_000;

    /**
     * A connection on which nothing has come for so long is dead: consent brings an answer every six seconds. TCP itself would
     * not notice for a quarter of an hour.
     */
    static final long SILENT_NANOS = TimeUnit.SECONDS.toNanos(20);

    private static final Logger LOG = LoggerFactory.getLogger(NettyPorts.class);

    private enum Claim {
        UNCLAIMED,
        CLAIMED,
        DROPPED
    }

    private final SocketChannel channel;
    private final InetSocketAddress remote;
    private final TcpFrames frames = new TcpFrames(MAX_PACKET);
    private final List<ByteBuf> pending = new ArrayList<>(1);
    private final AtomicReference<Claim> claim = new AtomicReference<>(Claim.UNCLAIMED);
    private NettyEventLoop loop;
    private Reader reader;
    /** Read, and not looked at yet, because the connection is on its way to another loop. */
    private @Nullable ByteBuf rest;

    private boolean moving;
    private boolean connected;
    private boolean used;
    private boolean reading;
    private boolean flushWanted;
    private boolean closed;
    private long heardNanos;

    /** Who takes what comes, on the connection's loop. */
    interface Reader {

        /** Takes one packet, borrowed. */
        void onPacket(TcpConnection connection, ByteBuffer packet, long arrivalNanos);

        /** Something came that is no packet: without a byte, or too large. */
        default void onUnusable(TcpConnection connection) {}

        void onBatchEnd(long nowNanos);

        void onWritabilityChanged(boolean writable);

        /** The connection has ended by itself. */
        void onEnd(TcpConnection connection, ConnectionEnd end);
    }

    private TcpConnection(NettyEventLoop loop, SocketChannel channel, InetSocketAddress remote, Reader reader) {
        this.loop = loop;
        this.channel = channel;
        this.remote = remote;
        this.reader = reader;
        channel.config()
                .setWriteBufferWaterMark(new WriteBufferWaterMark(LOW_WATER_BYTES, HIGH_WATER_BYTES))
                .setOption(ChannelOption.TCP_NODELAY, true);
    }

    /** Takes a connection that was accepted; its channel is registered. */
    static TcpConnection accepted(NettyEventLoop loop, SocketChannel channel, InetSocketAddress remote, Reader reader) {
        TcpConnection connection = new TcpConnection(loop, channel, remote, reader);
        connection.open();
        return connection;
    }

    /**
     * Begins to connect. Called on the loop; a failure is told by {@link Reader#onEnd}, in a task of its own.
     *
     * @throws IOException when there is no socket
     */
    static TcpConnection connect(NettyEventLoop loop, InetAddress from, InetSocketAddress to, Reader reader)
            throws IOException {
        SocketChannel channel = loop.group().channels().newStreamChannel();
        TcpConnection connection = new TcpConnection(loop, channel, to, reader);
        channel.config().setConnectTimeoutMillis(CONNECT_MILLIS);
        loop.netty().register(channel).addListener(registered -> {
            if (!registered.isSuccess()) {
                channel.unsafe().closeForcibly();
                loop.post(() -> connection.end(ConnectionEnd.UNREACHABLE));
                return;
            }
            channel.connect(to, new InetSocketAddress(from, 0)).addListener(done -> {
                if (done.isSuccess()) {
                    loop.runLogged(connection::connected);
                } else {
                    LOG.debug("No TCP connection to {}", to, done.cause());
                    loop.post(() -> connection.end(reasonOf(done.cause())));
                }
            });
        });
        return connection;
    }

    private static ConnectionEnd reasonOf(@Nullable Throwable cause) {
        if (cause instanceof ConnectTimeoutException) {
            return ConnectionEnd.TIMED_OUT;
        }
        return cause instanceof ConnectException ? ConnectionEnd.REFUSED : ConnectionEnd.UNREACHABLE;
    }

    private void connected() {
        if (closed) {
            channel.close();
            return;
        }
        loop.counters().count(PortCounter.TCP_CONNECTED);
        open();
        for (ByteBuf packet : pending) {
            channel.write(packet, channel.voidPromise());
        }
        pending.clear();
        channel.flush();
    }

    private void open() {
        connected = true;
        heardNanos = loop.clock().nanoTime();
        channel.pipeline().addLast(this);
    }

    NettyEventLoop loop() {
        return loop;
    }

    InetSocketAddress remote() {
        return remote;
    }

    /** Tells whether something was sent: agents answer nothing but checks of their peers. */
    boolean isUsed() {
        return used;
    }

    /** Tells whether nothing has come for so long that nothing will. */
    boolean isSilent(long nowNanos) {
        return connected && nowNanos - heardNanos >= SILENT_NANOS;
    }

    long heardNanos() {
        return heardNanos;
    }

    /** An agent has taken the connection; false when it was given up meanwhile. Thread-safe. */
    boolean claim() {
        return claim.compareAndSet(Claim.UNCLAIMED, Claim.CLAIMED);
    }

    /** Gives up a connection that no agent has taken; false when one has. Thread-safe. */
    boolean drop() {
        boolean dropped = claim.compareAndSet(Claim.UNCLAIMED, Claim.DROPPED);
        if (dropped) {
            channel.close();
        }
        return dropped;
    }

    void reader(Reader next) {
        reader = next;
    }

    /**
     * Moves to another loop; nothing is read on the way. Called inside {@link Reader#onPacket}, whose packet stays good until
     * {@link #resume}.
     *
     * @param arrived runs on that loop, and calls {@link #resume} or {@link #close}
     */
    void moveTo(NettyEventLoop target, Runnable arrived) {
        moving = true;
        channel.config().setAutoRead(false);
        channel.deregister().addListener(left -> {
            try {
                target.netty().register(channel).addListener(done -> {
                    if (done.isSuccess()) {
                        loop = target;
                        target.runLogged(arrived);
                    } else {
                        lost();
                    }
                });
            } catch (RuntimeException ended) {
                LOG.debug("The loop of an agent has ended", ended);
                lost();
            }
        });
    }

    /** Closed, or without a loop, on the way. */
    private void lost() {
        closed = true;
        channel.unsafe().closeForcibly();
        abandon();
    }

    /** Goes on where {@link #moveTo} stopped. */
    void resume() {
        moving = false;
        ByteBuf bytes = rest == null ? Unpooled.EMPTY_BUFFER : rest;
        rest = null;
        process(bytes);
        endBatch();
        if (!closed) {
            channel.config().setAutoRead(true);
        }
    }

    /** Appends a packet behind its length; false when it was dropped and counted. */
    boolean append(ByteBuffer packet) {
        int length = packet.remaining();
        PortCounter refusal = refusal(length);
        if (refusal != null) {
            loop.counters().count(refusal);
            return false;
        }
        ByteBuf out = channel.alloc().ioBuffer(TcpFrames.HEADER_BYTES + length);
        out.writeShort(length).writeBytes(packet.array(), packet.arrayOffset() + packet.position(), length);
        used = true;
        loop.counters().count(PortCounter.PACKETS_SENT);
        loop.counters().add(PortCounter.BYTES_SENT, length);
        if (connected) {
            channel.write(out, channel.voidPromise());
        } else {
            pending.add(out);
        }
        return true;
    }

    private @Nullable PortCounter refusal(int length) {
        if (closed) {
            return PortCounter.DROPPED_CLOSED;
        }
        if (length == 0 || length > MAX_PACKET) {
            return PortCounter.DROPPED_TOO_LARGE;
        }
        boolean full = connected
                ? channel.bytesBeforeWritable() > QUEUE_LIMIT_BYTES - LOW_WATER_BYTES
                : pending.size() >= MAX_PENDING;
        return full ? PortCounter.DROPPED_SEND_QUEUE_FULL : null;
    }

    /** Sends what was appended; within a read batch, at its end. */
    void flush() {
        if (reading) {
            flushWanted = true;
        } else if (connected && !closed) {
            channel.flush();
        }
    }

    boolean isWritable() {
        return connected && !closed && channel.isWritable();
    }

    /** Sends what was appended and closes; nobody is told. */
    void close() {
        if (!closed) {
            closed = true;
            channel.flush();
            abandon();
        }
    }

    /** Closes and tells the reader. */
    void end(ConnectionEnd end) {
        if (!closed) {
            closed = true;
            abandon();
            loop.runLogged(() -> reader.onEnd(this, end));
        }
    }

    private void abandon() {
        channel.close();
        pending.forEach(ByteBuf::release);
        pending.clear();
        if (rest != null) {
            rest.release();
            rest = null;
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        heardNanos = loop.clock().nanoTime();
        ByteBuf bytes = (ByteBuf) message;
        if (moving && !closed) {
            rest = rest == null ? bytes : Unpooled.wrappedBuffer(rest, bytes);
            return;
        }
        reading = true;
        process(bytes);
    }

    private void process(ByteBuf bytes) {
        try {
            while (!closed && !moving) {
                ByteBuffer packet = frames.next();
                if (packet != null) {
                    loop.counters().count(PortCounter.PACKETS_RECEIVED);
                    loop.counters().add(PortCounter.BYTES_RECEIVED, packet.remaining());
                    reader.onPacket(this, packet, heardNanos);
                } else if (bytes.isReadable()) {
                    ByteBuffer space = frames.space();
                    int size = Math.min(space.remaining(), bytes.readableBytes());
                    bytes.readBytes(space.limit(space.position() + size));
                    frames.added(size);
                } else {
                    break;
                }
            }
        } catch (RuntimeException e) {
            loop.counters().count(PortCounter.DROPPED_OWNER_FAILED);
            NettyEventLoop.logFailure(e);
        } finally {
            countUnusable();
            if (moving && !closed && bytes.isReadable()) {
                rest = bytes;
            } else {
                bytes.release();
            }
        }
    }

    private void countUnusable() {
        int empty = frames.takeEmpty();
        int tooLarge = frames.takeTooLarge();
        if (empty + tooLarge > 0) {
            loop.counters().add(PortCounter.DROPPED_EMPTY, empty);
            loop.counters().add(PortCounter.DROPPED_TRUNCATED, tooLarge);
            if (!closed) {
                reader.onUnusable(this);
            }
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        endBatch();
    }

    private void endBatch() {
        if (!closed && !moving) {
            loop.runLogged(() -> reader.onBatchEnd(loop.clock().nanoTime()));
        }
        reading = false;
        if (flushWanted) {
            flushWanted = false;
            flush();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        // Netty calls this inside a write or flush; the agent must not be entered from its own append.
        loop.post(() -> {
            if (!closed) {
                loop.runLogged(() -> reader.onWritabilityChanged(channel.isWritable()));
            }
        });
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        end(ConnectionEnd.CLOSED);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("A TCP connection failed", cause);
        channel.close();
    }
}
