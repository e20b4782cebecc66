package org.webrtc4j.sctp.tx;

import java.lang.reflect.Array;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The arrays of {@link OutstandingData}: one slot per TSN, in as many arrays as a chunk has properties. */
final class ChunkRing {

    private static final int INITIAL_CAPACITY = 16;

    private int mask = INITIAL_CAPACITY - 1;
    long[] sentAt = new long[INITIAL_CAPACITY];
    /** Only a report of this TSN or a later one tells that the last transmission of the chunk is overdue. */
    long[] horizon = new long[INITIAL_CAPACITY];

    /** Number of the last transmission, in the order in which chunks left. */
    long[] order = new long[INITIAL_CAPACITY];
    /** As {@link DeliveryRate} found them when the chunk last left. */
    long[] delivered = new long[INITIAL_CAPACITY];

    long[] deliveredAt = new long[INITIAL_CAPACITY];
    long[] firstSentAt = new long[INITIAL_CAPACITY];
    boolean[] limited = new boolean[INITIAL_CAPACITY];

    @Nullable
    OutboundMessage[] messages = new OutboundMessage[INITIAL_CAPACITY];

    int[] offsets = new int[INITIAL_CAPACITY];
    int[] lengths = new int[INITIAL_CAPACITY];
    /** Fragment sequence numbers (RFC 8260). */
    int[] fragments = new int[INITIAL_CAPACITY];

    /** Neighbours in {@link SendOrder}. */
    int[] before = new int[INITIAL_CAPACITY];

    int[] after = new int[INITIAL_CAPACITY];
    short[] sends = new short[INITIAL_CAPACITY];
    byte[] states = new byte[INITIAL_CAPACITY];
    byte[] misses = new byte[INITIAL_CAPACITY];

    int capacity() {
        return mask + 1;
    }

    int slot(long tsn) {
        return (int) tsn & mask;
    }

    int slot(int tsn) {
        return tsn & mask;
    }

    /** Doubles a full ring. */
    void grow(long base, long next) {
        int capacity = capacity();
        int first = slot(base);
        if (next - base != capacity) {
            throw new IllegalArgumentException("not full");
        }
        mask = 2 * capacity - 1;
        // The old ring, unrolled from its base, lies in the new one from the base's new slot on, in two pieces at most.
        int to = slot(base);
        sentAt = unrolled(sentAt, new long[2 * capacity], first, to);
        horizon = unrolled(horizon, new long[2 * capacity], first, to);
        order = unrolled(order, new long[2 * capacity], first, to);
        delivered = unrolled(delivered, new long[2 * capacity], first, to);
        deliveredAt = unrolled(deliveredAt, new long[2 * capacity], first, to);
        firstSentAt = unrolled(firstSentAt, new long[2 * capacity], first, to);
        limited = unrolled(limited, new boolean[2 * capacity], first, to);
        messages = unrolled(messages, new OutboundMessage[2 * capacity], first, to);
        offsets = unrolled(offsets, new int[2 * capacity], first, to);
        lengths = unrolled(lengths, new int[2 * capacity], first, to);
        fragments = unrolled(fragments, new int[2 * capacity], first, to);
        before = unrolled(before, new int[2 * capacity], first, to);
        after = unrolled(after, new int[2 * capacity], first, to);
        sends = unrolled(sends, new short[2 * capacity], first, to);
        states = unrolled(states, new byte[2 * capacity], first, to);
        misses = unrolled(misses, new byte[2 * capacity], first, to);
    }

    /** Copies an array whose content begins at one index into a larger one where it begins at another, wrapping in both. */
    @SuppressWarnings("SuspiciousSystemArraycopy") // arrays of one type each, of several types in all
    private static <T> T unrolled(T from, T into, int first, int to) {
        int length = Array.getLength(from);
        int size = Array.getLength(into);
        // first is to modulo the old length, so the piece behind it never wraps in the new array.
        System.arraycopy(from, first, into, to, length - first);
        System.arraycopy(from, 0, into, (to + length - first) % size, first);
        return into;
    }

    void clear() {
        Arrays.fill(messages, null);
    }
}
