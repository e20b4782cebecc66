package org.webrtc4j.ice.port;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One bound UDP socket, confined to its loop: packets read in batches go to an inbound side, packets appended wait for a
 * flush.
 *
 * <p>Received bytes are copied once, from Netty's direct buffer to the receive buffer of the loop. Sent bytes are copied
 * once, to the {@link SendSlab} of the loop, from which the system reads them.
 *
 * <p>Per packet nothing of ours is allocated. Netty allocates, per packet received, a {@code DatagramPacket} and, unless the
 * JDK's channel saw the same sender just before, an {@code InetSocketAddress} with its {@code InetAddress}; per packet sent
 * (or run of packets segmented by the kernel) a {@code DatagramPacket}, and on the JDK's channels two views of its bytes. Its
 * buffers, slices and queue entries are pooled.
 *
 * <p>Errors of a packet, an ICMP answer among them, are counted and leave the socket open.
 */
@SuppressWarnings("FutureReturnValueIgnored") // of closing: nothing can be done about a close that fails
final class UdpSocket extends ChannelInboundHandlerAdapter {

    /** Larger datagrams are dropped: WebRTC sends none above an Ethernet frame, and the buffers are this large. */
    static final int MAX_DATAGRAM = 2048;

    /** What is asked of the system for each direction; common defaults drop bursts and halve the goodput. */
    static final int SOCKET_BUFFER_BYTES = 4 * 1024 * 1024;

    /** Above this many queued bytes the socket is not writable, until fewer than the low-water mark are. */
    static final int HIGH_WATER_BYTES = 1024 * 1024;

    static final int LOW_WATER_BYTES = HIGH_WATER_BYTES / 2;

    /** Above this many queued bytes packets are dropped. */
    static final int QUEUE_LIMIT_BYTES = 4 * HIGH_WATER_BYTES;

    private static final int ETHERNET_MTU = 1500;

    private static final Logger LOG = LoggerFactory.getLogger(NettyPorts.class);

    private final NettyEventLoop loop;
    private final DatagramChannel channel;
    private final InetSocketAddress local;
    private final boolean ipv6;
    private final int maxPayload;
    private final SendRun run;
    private final UdpInbound inbound;
    /** To whom the channel is given back; null when it is closed in the end. */
    private final @Nullable LentChannel lent;

    private final PortCounters counters;

    private boolean reading;
    private boolean flushWanted;
    private boolean closed;
    private long arrivalNanos;

    private UdpSocket(
            NettyEventLoop loop,
            DatagramChannel channel,
            InetSocketAddress local,
            int mtu,
            UdpInbound inbound,
            @Nullable LentChannel lent) {
        this.loop = loop;
        this.channel = channel;
        this.local = local;
        this.inbound = inbound;
        this.lent = lent;
        ipv6 = local.getAddress() instanceof Inet6Address;
        maxPayload = Math.min(mtu > 0 ? mtu : ETHERNET_MTU, ETHERNET_MTU) - (ipv6 ? 48 : 28);
        counters = loop.counters();
        run = new SendRun(loop.sendSlab(), channel, counters, loop.group().channels());
    }

    /** A request for a socket: on which loop, where, and for whom. */
    record Binding(NettyEventLoop loop, InetAddress address, int port, int mtu, boolean shared, boolean reusePort) {

        /**
         * Opens and binds. May be called from any thread; ends in one of the two calls, on the loop unless there is no
         * channel at all. On the loop it ends before this method returns.
         */
        void open(UdpInbound inbound, Consumer<UdpSocket> opened, Consumer<Throwable> failed) {
            DatagramChannel channel;
            try {
                channel = loop.group().channels().newChannel(address instanceof Inet6Address, shared, reusePort);
            } catch (IOException | RuntimeException e) {
                failed.accept(e);
                return;
            }
            channel.config()
                    .setWriteBufferWaterMark(new WriteBufferWaterMark(LOW_WATER_BYTES, HIGH_WATER_BYTES))
                    .setReceiveBufferSize(SOCKET_BUFFER_BYTES)
                    .setSendBufferSize(SOCKET_BUFFER_BYTES)
                    .setAutoClose(false)
                    .setAutoRead(false);
            loop.netty().register(channel).addListener(registration -> {
                if (!registration.isSuccess()) {
                    channel.unsafe().closeForcibly();
                    failed.accept(registration.cause());
                    return;
                }
                channel.bind(new InetSocketAddress(address, port)).addListener(bound -> {
                    if (!bound.isSuccess()) {
                        channel.close();
                        failed.accept(bound.cause());
                        return;
                    }
                    loop.runLogged(() -> {
                        InetSocketAddress local = new InetSocketAddress(
                                address, channel.localAddress().getPort());
                        UdpSocket socket = new UdpSocket(loop, channel, local, mtu, inbound, null);
                        channel.pipeline().addLast(socket);
                        loop.counters().count(PortCounter.SOCKETS_OPENED);
                        opened.accept(socket);
                        // Reading begins once its owner knows the socket.
                        channel.config().setAutoRead(true);
                    });
                });
            });
        }
    }

    /** A socket over a channel of the caller, which enters it into the pipeline; on the channel's loop. */
    static UdpSocket over(NettyEventLoop loop, DatagramChannel channel, LentChannel lent, UdpInbound inbound) {
        int mtu = LocalAddresses.mtuOf(lent.local().getAddress());
        return new UdpSocket(loop, channel, lent.local(), mtu, inbound, lent);
    }

    NettyEventLoop loop() {
        return loop;
    }

    InetSocketAddress local() {
        return local;
    }

    int maxPayload() {
        return maxPayload;
    }

    int receiveBufferBytes() {
        return channel.config().getReceiveBufferSize();
    }

    int sendBufferBytes() {
        return channel.config().getSendBufferSize();
    }

    boolean append(InetSocketAddress to, ByteBuffer packet) {
        int length = packet.remaining();
        PortCounter refusal = refusal(to, length);
        if (refusal != null) {
            counters.count(refusal);
            return false;
        }
        run.append(to, packet.array(), packet.arrayOffset() + packet.position(), length);
        return true;
    }

    private @Nullable PortCounter refusal(InetSocketAddress to, int length) {
        if (closed) {
            return PortCounter.DROPPED_CLOSED;
        }
        if (length == 0 || length > MAX_DATAGRAM) {
            return PortCounter.DROPPED_TOO_LARGE;
        }
        if (to.getAddress() instanceof Inet6Address != ipv6) {
            return PortCounter.DROPPED_WRONG_FAMILY;
        }
        // How far above the low-water mark the queue is, 0 while writable.
        if (channel.bytesBeforeWritable() > QUEUE_LIMIT_BYTES - LOW_WATER_BYTES) {
            return PortCounter.DROPPED_SEND_QUEUE_FULL;
        }
        return null;
    }

    /** Sends what was appended; within a read batch, at its end, together with what others append to this socket. */
    void flush() {
        if (reading) {
            flushWanted = true;
        } else if (!closed) {
            run.end();
            channel.flush();
        }
    }

    boolean isWritable() {
        return !closed && channel.isWritable();
    }

    /** Sends what was appended and closes. Nothing is delivered after this. */
    void close() {
        if (!closed) {
            run.end();
            channel.flush();
            closed = true;
            if (lent == null) {
                channel.close();
            } else {
                lent.giveBack();
            }
        }
    }

    /** The system or the owner of a lent channel has closed it: packets are dropped and counted from now on. */
    @Override
    public void channelInactive(ChannelHandlerContext context) {
        closed = true;
        context.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        DatagramPacket datagram = (DatagramPacket) message;
        try {
            if (!reading) {
                reading = true;
                arrivalNanos = loop.clock().nanoTime();
            }
            int length = datagram.content().readableBytes();
            if (closed) {
                return;
            }
            if (length == 0 || length >= MAX_DATAGRAM) {
                counters.count(length == 0 ? PortCounter.DROPPED_EMPTY : PortCounter.DROPPED_TRUNCATED);
                return;
            }
            counters.count(PortCounter.PACKETS_RECEIVED);
            counters.add(PortCounter.BYTES_RECEIVED, length);
            ByteBuffer packet = loop.receiveBuffer();
            packet.clear().limit(length);
            datagram.content().getBytes(datagram.content().readerIndex(), packet);
            packet.flip();
            inbound.onDatagram(datagram.sender(), packet, arrivalNanos);
        } catch (RuntimeException e) {
            ownerFailed(e);
        } finally {
            datagram.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (!reading) {
            return;
        }
        try {
            inbound.onReadEnd(arrivalNanos);
        } catch (RuntimeException e) {
            ownerFailed(e);
        } finally {
            reading = false;
            if (flushWanted) {
                flushWanted = false;
                flush();
            }
        }
    }

    private void ownerFailed(RuntimeException e) {
        counters.count(PortCounter.DROPPED_OWNER_FAILED);
        NettyEventLoop.logFailure(e);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        // Netty calls this inside a write or flush; the inbound side must not be entered from its own append.
        if (channel.isWritable() && !closed) {
            context.executor().execute(this::tellWritable);
        }
    }

    private void tellWritable() {
        if (!closed && channel.isWritable()) {
            loop.runLogged(inbound::onWritable);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        counters.count(PortCounter.DROPPED_SEND_ERROR);
        if (cause instanceof PortUnreachableException || closed) {
            return;
        }
        run.onError(cause);
        LOG.debug("A packet was lost at {}", local, cause);
    }
}
