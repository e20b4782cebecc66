package org.webrtc4j.ice.port;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Packets on their way into a socket: neighbours of equal size to one address become one write that the kernel segments
 * (UDP_SEGMENT), others one write each, which a flush sends together where the transport can.
 */
final class SendRun {

    /** UDP_MAX_SEGMENTS of the kernels before 6.9. */
    private static final int MAX_SEGMENTS = 64;

    /** What one UDP datagram over IPv4 can hold before it is segmented. */
    private static final int MAX_RUN_BYTES = 65_507;

    private final SendSlab slabs;
    private final Channel channel;
    private final PortCounters counters;
    private final UdpChannels channels;
    private boolean segmenting;

    private @Nullable ByteBuf slab;
    private @Nullable InetSocketAddress to;
    private int start;
    private int length;
    private int segmentSize;
    private int packets;

    SendRun(SendSlab slabs, Channel channel, PortCounters counters, UdpChannels channels) {
        this.slabs = slabs;
        this.channel = channel;
        this.counters = counters;
        this.channels = channels;
        segmenting = channels.canSegment();
    }

    void append(InetSocketAddress remote, byte[] bytes, int offset, int size) {
        ByteBuf current = slab;
        if (current == null || !continues(current, remote, size)) {
            end();
            current = begin(remote, size);
        }
        current.writeBytes(bytes, offset, size);
        length += size;
        packets++;
        counters.count(PortCounter.PACKETS_SENT);
        counters.add(PortCounter.BYTES_SENT, size);
        if (!segmenting || size < segmentSize) {
            end(); // only the last segment may be shorter
        }
    }

    private ByteBuf begin(InetSocketAddress remote, int size) {
        ByteBuf current = slabs.withRoom(size).retain();
        slab = current;
        to = remote;
        start = current.writerIndex();
        segmentSize = size;
        return current;
    }

    @SuppressWarnings("ReferenceEquality") // a shortcut: nearly always it is the same object
    private boolean continues(ByteBuf current, InetSocketAddress remote, int size) {
        return size <= segmentSize
                && packets < MAX_SEGMENTS
                && length + size <= MAX_RUN_BYTES
                && current.writerIndex() == start + length // no other socket of the loop wrote in between
                && current.writableBytes() >= size
                && (remote == to || remote.equals(to));
    }

    /** Hands the run to the channel, which sends it with the next flush. */
    @SuppressWarnings("FutureReturnValueIgnored") // the void promise: failures come to the socket's exceptionCaught
    void end() {
        ByteBuf current = slab;
        InetSocketAddress remote = to;
        if (current == null || remote == null) {
            return;
        }
        ByteBuf content = current.retainedSlice(start, length);
        DatagramPacket write;
        if (packets > 1) {
            counters.count(PortCounter.SEGMENTED_SENDS);
            write = channels.newSegmented(content, segmentSize, remote);
        } else {
            write = new DatagramPacket(content, remote);
        }
        slab = null;
        to = null;
        length = 0;
        packets = 0;
        current.release();
        channel.write(write, channel.voidPromise());
    }

    /** A device without checksum offload refuses segmentation with EIO; older virtual ones with EINVAL. */
    void onError(Throwable cause) {
        String message = cause.getMessage();
        if (segmenting
                && message != null
                && (message.contains("Input/output error") || message.contains("Invalid argument"))) {
            segmenting = false;
        }
    }
}
