package org.webrtc4j.media.assembly;

import java.util.Arrays;

/**
 * Packets that came before one that is missing, by sequence number. Arrays of packets that left are used again, a few of
 * them: a stream in order holds nothing.
 */
final class ReorderBuffer {

    private static final int MAX_SPARE = 32;
    private static final int USUAL_BYTES = 1_500;

    private final int mask;
    private final int maxBytes;
    private final boolean[] present;
    private final long[] timestamps;
    private final long[] arrivals;
    private final int[] types;
    private final byte[][] payloads;
    private final int[] lengths;
    private final byte[][] spare = new byte[MAX_SPARE][];
    private static final byte[] NONE = new byte[0];

    private int spares;
    private int packets;
    private int bytes;
    private int peak;

    ReorderBuffer(int capacity, int maxBytes) {
        mask = capacity - 1;
        this.maxBytes = maxBytes;
        present = new boolean[capacity];
        timestamps = new long[capacity];
        arrivals = new long[capacity];
        types = new int[capacity];
        payloads = new byte[capacity][];
        Arrays.fill(payloads, NONE);
        lengths = new int[capacity];
    }

    int capacity() {
        return mask + 1;
    }

    int packets() {
        return packets;
    }

    int peak() {
        return peak;
    }

    boolean hasRoomFor(int length) {
        return length <= maxBytes - bytes;
    }

    boolean has(long sequence) {
        return present[slot(sequence)];
    }

    /** The caller keeps sequence numbers within one capacity. */
    void put(long sequence, int type, byte[] array, int offset, int length, long timestamp, long arrivalNanos) {
        int slot = slot(sequence);
        byte[] copy = spares > 0 && length <= USUAL_BYTES ? spare[--spares] : new byte[Math.max(length, USUAL_BYTES)];
        System.arraycopy(array, offset, copy, 0, length);
        present[slot] = true;
        payloads[slot] = copy;
        lengths[slot] = length;
        timestamps[slot] = timestamp;
        arrivals[slot] = arrivalNanos;
        types[slot] = type;
        packets++;
        bytes += length;
        peak = Math.max(peak, packets);
    }

    void remove(long sequence) {
        int slot = slot(sequence);
        byte[] array = payloads[slot];
        present[slot] = false;
        payloads[slot] = NONE;
        packets--;
        bytes -= lengths[slot];
        if (spares < MAX_SPARE && array.length == USUAL_BYTES) {
            spare[spares++] = array;
        }
    }

    /** The payload type, with the marker above it. */
    int type(long sequence) {
        return types[slot(sequence)];
    }

    byte[] payload(long sequence) {
        return payloads[slot(sequence)];
    }

    int length(long sequence) {
        return lengths[slot(sequence)];
    }

    long timestamp(long sequence) {
        return timestamps[slot(sequence)];
    }

    long arrival(long sequence) {
        return arrivals[slot(sequence)];
    }

    private int slot(long sequence) {
        return (int) sequence & mask;
    }
}
