package org.webrtc4j.crypto;

import java.util.Arrays;

/** Which of the highest indices have been used: one bit each, in a ring (RFC 3711 section 3.3.2, RFC 6347 section 4.1.2.6). */
public class ReplayWindow {

    private static final int WORD_MASK = Long.SIZE - 1;

    private final long[] bits;
    private long highest;

    /**
     * Creates an empty window.
     *
     * @param size a power of two, 64 at least
     */
    public ReplayWindow(int size) {
        this(size, -1);
    }

    /**
     * Creates a window in which everything up to an index has been used.
     *
     * @param size a power of two, 64 at least
     * @param highest the index, or -1 for none
     */
    public ReplayWindow(int size, long highest) {
        assert size >= Long.SIZE && Integer.bitCount(size) == 1;
        bits = new long[size / Long.SIZE];
        this.highest = highest;
        if (highest >= 0) {
            Arrays.fill(bits, -1);
        }
    }

    /**
     * Returns the highest index used.
     *
     * @return the index, or -1
     */
    public final long highest() {
        return highest;
    }

    /**
     * Tells whether an index is below the window, or below zero, where none is.
     *
     * @param index any
     * @return true when it must be refused
     */
    public final boolean isTooOld(long index) {
        return index < 0 || index <= highest - size();
    }

    /**
     * Tells whether an index was used.
     *
     * @param index one that is not too old
     * @return true when it must be refused
     */
    public final boolean isUsed(long index) {
        return index <= highest && (bits[word(index)] & bit(index)) != 0;
    }

    /**
     * Marks an index as used.
     *
     * @param index one that is not too old
     */
    public final void use(long index) {
        if (index > highest) {
            clear(highest + 1, index);
            highest = index;
        }
        bits[word(index)] |= bit(index);
    }

    /** A word at a time. */
    private void clear(long first, long last) {
        if (last - first >= size() - 1) {
            Arrays.fill(bits, 0);
            return;
        }
        for (long index = first; index <= last; ) {
            int offset = (int) index & WORD_MASK;
            int span = (int) Math.min(Long.SIZE - offset, last - index + 1);
            bits[word(index)] &= ~(-1L >>> (Long.SIZE - span) << offset);
            index += span;
        }
    }

    private int size() {
        return bits.length * Long.SIZE;
    }

    private int word(long index) {
        return (int) (index / Long.SIZE) & (bits.length - 1);
    }

    private static long bit(long index) {
        return 1L << ((int) index & WORD_MASK);
    }
}
