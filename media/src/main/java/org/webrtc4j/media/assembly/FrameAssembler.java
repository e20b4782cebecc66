package org.webrtc4j.media.assembly;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.ProtocolEngine;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.Depacketizer;
import org.webrtc4j.media.PayloadFormats;

/**
 * Puts the frames of one incoming stream together: reorders packets, waits for missing ones up to a deadline, and gives out
 * complete frames in decode order.
 *
 * <p>An engine: time is given, nothing is locked, bytes are borrowed for the call. One for each SSRC; a retransmission is
 * handed in as the packet it restores. It allocates nothing but frames while packets come in order. The sink is called
 * within {@link #handlePacket} and {@link #handleTimeout}.
 *
 * <p>When a packet is given up, the frame it belongs to is dropped, and with {@link AssemblyOptions#waitForKeyFrame} those
 * after it until a key frame comes, which is asked for.
 */
public final class FrameAssembler {

    private static final int PAYLOAD_TYPES = 128;
    private static final int MARKER = 1 << 8;

    /** Senders keep packets for about so long: after a longer silence what is missing does not come any more. */
    private static final long KEPT_NANOS = 1_000_000_000L;

    /** So many may be missing after a silence of a stream that is slow, and are waited for. */
    private static final int FEW = 8;

    private final FrameBuilder builder;
    private final ReorderBuffer buffer;
    private final @Nullable Depacketizer[] formats = new Depacketizer[PAYLOAD_TYPES];
    private long deadlineNanos;
    private long next;
    private long ahead;
    /** When a packet first came before the one that is missing now. */
    private long gapNanos;

    private boolean started;
    private long heardNanos;

    /**
     * Creates an assembler without formats.
     *
     * @param options limits and deadlines
     * @param sink takes frames and events
     */
    public FrameAssembler(AssemblyOptions options, AssemblySink sink) {
        builder = new FrameBuilder(options, Objects.requireNonNull(sink, "sink"));
        buffer = new ReorderBuffer(options.maxPackets(), options.maxBytes());
        deadlineNanos = options.deadlineNanos();
    }

    /**
     * Says what a payload type carries, as negotiated; a change takes effect with the next packet.
     *
     * @param payloadType 0 to 127
     * @param codec the codec
     * @return false when the codec has no payload format; its packets are counted and left aside
     */
    public boolean setFormat(int payloadType, CodecDescription codec) {
        Depacketizer format = PayloadFormats.depacketizer(codec);
        formats[Objects.checkIndex(payloadType, PAYLOAD_TYPES)] = format;
        return format != null;
    }

    /**
     * Says that a payload type is RED (RFC 2198), and what its blocks carry.
     *
     * @param payloadType 0 to 127
     * @param red the codec
     * @param carried the codec of its blocks
     * @return false when it is no RED or cannot carry that; its packets are counted and left aside
     */
    public boolean setFormat(int payloadType, CodecDescription red, CodecDescription carried) {
        Depacketizer format = PayloadFormats.depacketizer(red, carried);
        formats[Objects.checkIndex(payloadType, PAYLOAD_TYPES)] = format;
        return format != null;
    }

    /**
     * Changes how long a missing packet is waited for, as the round-trip time changes.
     *
     * @param nanos from the arrival of the packet after it; 0 waits for none
     */
    public void setDeadlineNanos(long nanos) {
        deadlineNanos = Math.max(0, nanos);
    }

    /**
     * Takes one packet in.
     *
     * @param payloadType of its header, 0 to 127
     * @param bytes an array that has its payload, without padding; borrowed for the call
     * @param offset the first byte of the payload
     * @param length how many bytes
     * @param sequence its sequence number, unwrapped
     * @param timestamp its RTP timestamp, unwrapped
     * @param marker its marker bit
     * @param nowNanos when it arrived
     */
    public void handlePacket(
            int payloadType,
            byte[] bytes,
            int offset,
            int length,
            long sequence,
            long timestamp,
            boolean marker,
            long nowNanos) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        AssemblyCounters counters = builder.counters;
        counters.packetsReceived++;
        if (!started) {
            started = true;
            next = sequence;
            ahead = sequence;
            heardNanos = nowNanos;
        }
        boolean silent = nowNanos - heardNanos >= KEPT_NANOS;
        if (sequence >= Math.max(next, ahead)) {
            heardNanos = nowNanos;
        }
        if (sequence < next || (buffer.packets() > 0 && sequence < next + buffer.capacity() && buffer.has(sequence))) {
            counters.packetsRepeated++;
            return;
        }
        int type = (payloadType & (PAYLOAD_TYPES - 1)) | (marker ? MARKER : 0);
        if (sequence == next) {
            deliver(type, bytes, offset, length, timestamp, nowNanos);
            next++;
            drain();
        } else {
            if (silent && sequence > ahead && sequence - next > FEW) {
                while (buffer.packets() > 0) {
                    skipTo(firstWaiting(), FrameDrop.INCOMPLETE, nowNanos);
                }
                skipTo(sequence, FrameDrop.INCOMPLETE, nowNanos);
            }
            makeRoom(sequence, length, nowNanos);
            if (sequence == next) {
                deliver(type, bytes, offset, length, timestamp, nowNanos);
                next++;
                drain();
            } else {
                if (buffer.packets() == 0) {
                    gapNanos = nowNanos;
                }
                buffer.put(sequence, type, bytes, offset, length, timestamp, nowNanos);
                ahead = Math.max(ahead, sequence);
                recover(nowNanos);
            }
        }
        expire(nowNanos);
        assert consistent();
    }

    /**
     * Lets time pass: gives up packets whose deadline has come, and asks for a key frame again. An early or a late call does
     * no harm.
     *
     * @param nowNanos the time of this turn
     */
    public void handleTimeout(long nowNanos) {
        expire(nowNanos);
        builder.timeout(nowNanos);
        assert consistent();
    }

    /**
     * Begins anew with whatever packet comes next: the source has restarted its sequence numbers. What waits is dropped.
     *
     * @param nowNanos the time of this turn
     */
    public void reset(long nowNanos) {
        while (buffer.packets() > 0) {
            long first = firstWaiting();
            buffer.remove(first);
            next = first + 1;
        }
        if (started) {
            builder.gap(FrameDrop.INCOMPLETE, nowNanos);
        }
        started = false;
    }

    /**
     * Returns when {@link #handleTimeout} wants to be called next.
     *
     * @return an absolute time in nanoseconds, or {@link ProtocolEngine#NEVER}
     */
    public long nextTimeout() {
        long gap = buffer.packets() == 0 ? ProtocolEngine.NEVER : gapNanos + deadlineNanos;
        return Math.min(gap, builder.nextTimeout());
    }

    /**
     * Returns what has been counted.
     *
     * @return a snapshot
     */
    public AssemblyStats stats() {
        return builder.counters.snapshot(buffer.peak());
    }

    private void deliver(int type, byte[] bytes, int offset, int length, long timestamp, long arrivalNanos) {
        Depacketizer format = formats[type & (PAYLOAD_TYPES - 1)];
        builder.packet(format, bytes, offset, length, timestamp, (type & MARKER) != 0, arrivalNanos);
    }

    /** Gives out what waits in sequence. */
    private void drain() {
        while (buffer.packets() > 0 && buffer.has(next)) {
            long sequence = next++;
            deliver(
                    buffer.type(sequence),
                    buffer.payload(sequence),
                    0,
                    buffer.length(sequence),
                    buffer.timestamp(sequence),
                    buffer.arrival(sequence));
            buffer.remove(sequence);
        }
        if (buffer.packets() > 0) {
            gapNanos = buffer.arrival(firstWaiting());
        }
    }

    /** Gives packets up until this one fits: within the window, and within the bytes. */
    private void makeRoom(long sequence, int length, long nowNanos) {
        while (sequence != next && (sequence - next >= buffer.capacity() || !buffer.hasRoomFor(length))) {
            long first = buffer.packets() == 0 ? sequence : Math.min(firstWaiting(), sequence);
            skipTo(first, FrameDrop.OVERFLOW, nowNanos);
        }
    }

    /** When what is missing came again within the packet after it, nobody has to wait. */
    private void recover(long nowNanos) {
        long first = firstWaiting();
        Depacketizer format = formats[buffer.type(first) & (PAYLOAD_TYPES - 1)];
        long missing = first - next;
        if (format != null
                && builder.lastTimestamp() != Long.MIN_VALUE
                && format.recovers(
                                buffer.payload(first),
                                0,
                                buffer.length(first),
                                buffer.timestamp(first),
                                builder.lastTimestamp())
                        >= missing) {
            skipTo(first, FrameDrop.INCOMPLETE, nowNanos);
        }
    }

    private void expire(long nowNanos) {
        while (buffer.packets() > 0) {
            if (nowNanos - gapNanos < deadlineNanos) {
                return;
            }
            skipTo(firstWaiting(), FrameDrop.INCOMPLETE, nowNanos);
        }
    }

    /** Gives up what is missing before a packet and goes on with it when it waits. */
    private void skipTo(long sequence, FrameDrop reason, long nowNanos) {
        builder.counters.packetsGivenUp += sequence - next;
        next = sequence;
        builder.gap(reason, nowNanos);
        drain();
    }

    /** The lowest that waits; there is one. At most one window is searched, and each missing number once a gap. */
    private long firstWaiting() {
        long sequence = next;
        while (!buffer.has(sequence)) {
            sequence++;
        }
        return sequence;
    }

    private boolean consistent() {
        assert buffer.packets() >= 0 && buffer.packets() <= buffer.capacity();
        assert buffer.packets() == 0 || (!buffer.has(next) && ahead - next < buffer.capacity());
        return true;
    }
}
