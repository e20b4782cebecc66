package org.webrtc4j.rtp;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Packets that wait until the pacer lets them leave: the most urgent first, and each kind in its order. Slots in one array, which grows to
 * its bound and is then used over and over; when it is full, the packet is dropped, and its receiver asks for it.
 */
final class PacedQueue {

    /** Packets that wait at most. */
    static final int MAX_PACKETS = 1024;

    private static final int INITIAL = 32;
    private static final int SLOT = OutboundPath.MAX_HEADER + RtpPacket.MAX_SIZE;
    private static final int NONE = -1;
    private static final int KINDS = Urgency.values().length;

    private final int[] heads = new int[KINDS];
    private final int[] tails = new int[KINDS];
    private int free = NONE;
    private int used;
    private int size;
    private long bytes;

    private byte[] slots = new byte[0];
    private int[] next = new int[0];
    private @Nullable SendStream[] streams = new @Nullable SendStream[0];
    private short[] headerLengths = new short[0];
    private short[] lengths = new short[0];
    private short[] sendTimes = new short[0];
    private short[] transportSequences = new short[0];
    private byte[] payloadTypes = new byte[0];
    private long[] sequences = new long[0];
    private long[] queuedNanos = new long[0];

    PacedQueue() {
        Arrays.fill(heads, NONE);
        Arrays.fill(tails, NONE);
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    /** Of whole packets. */
    long bytes() {
        return bytes;
    }

    /** Adds the packet whose header a path has just written; false when there is no room. */
    boolean put(
            OutboundPath path,
            SendStream stream,
            Urgency urgency,
            byte[] payload,
            int offset,
            int length,
            long sequence,
            int payloadType,
            long nowNanos) {
        int slot = takeFree();
        if (slot == NONE) {
            return false;
        }
        int headerLength = path.headerLength();
        System.arraycopy(path.header(), 0, slots, slot * SLOT, headerLength);
        System.arraycopy(payload, offset, slots, slot * SLOT + headerLength, length);
        streams[slot] = stream;
        headerLengths[slot] = (short) headerLength;
        lengths[slot] = (short) length;
        sendTimes[slot] = (short) path.sendTimePosition();
        transportSequences[slot] = (short) path.transportSequencePosition();
        sequences[slot] = sequence;
        payloadTypes[slot] = (byte) payloadType;
        queuedNanos[slot] = nowNanos;
        next[slot] = NONE;
        int kind = urgency.ordinal();
        if (tails[kind] == NONE) {
            heads[kind] = slot;
        } else {
            next[tails[kind]] = slot;
        }
        tails[kind] = slot;
        size++;
        bytes += headerLength + length;
        return true;
    }

    private int takeFree() {
        int slot = free;
        if (slot != NONE) {
            free = next[slot];
            return slot;
        }
        if (used == MAX_PACKETS) {
            return NONE;
        }
        if (used == next.length) {
            grow(Math.max(INITIAL, 2 * used));
        }
        return used++;
    }

    private void grow(int capacity) {
        slots = Arrays.copyOf(slots, capacity * SLOT);
        next = Arrays.copyOf(next, capacity);
        streams = Arrays.copyOf(streams, capacity);
        headerLengths = Arrays.copyOf(headerLengths, capacity);
        lengths = Arrays.copyOf(lengths, capacity);
        sendTimes = Arrays.copyOf(sendTimes, capacity);
        transportSequences = Arrays.copyOf(transportSequences, capacity);
        payloadTypes = Arrays.copyOf(payloadTypes, capacity);
        sequences = Arrays.copyOf(sequences, capacity);
        queuedNanos = Arrays.copyOf(queuedNanos, capacity);
    }

    /** Lets the most urgent packet leave. */
    void release(OutboundPath path, long nowNanos) {
        int kind = 0;
        while (kind < KINDS && heads[kind] == NONE) {
            kind++;
        }
        if (kind == KINDS) {
            return;
        }
        int slot = heads[kind];
        heads[kind] = next[slot];
        if (heads[kind] == NONE) {
            tails[kind] = NONE;
        }
        SendStream stream = streams[slot];
        int headerLength = headerLengths[slot];
        path.restore(slots, slot * SLOT, headerLength, sendTimes[slot], transportSequences[slot]);
        forget(slot);
        if (stream != null) {
            stream.leave(
                    Urgency.of(kind),
                    slots,
                    slot * SLOT + headerLength,
                    lengths[slot],
                    sequences[slot],
                    payloadTypes[slot],
                    queuedNanos[slot],
                    nowNanos);
        }
    }

    private void forget(int slot) {
        size--;
        bytes -= headerLengths[slot] + lengths[slot];
        streams[slot] = null;
        next[slot] = free;
        free = slot;
    }

    /** Forgets the packets of a stream that is not sent any more. */
    void forget(SendStream stream) {
        for (int kind = 0; kind < KINDS; kind++) {
            int before = NONE;
            int slot = heads[kind];
            while (slot != NONE) {
                int after = next[slot];
                if (streams[slot] != stream) {
                    before = slot;
                } else {
                    if (before == NONE) {
                        heads[kind] = after;
                    } else {
                        next[before] = after;
                    }
                    forget(slot);
                }
                slot = after;
            }
            tails[kind] = before;
        }
    }
}
