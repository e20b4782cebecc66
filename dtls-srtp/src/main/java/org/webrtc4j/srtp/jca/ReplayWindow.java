package org.webrtc4j.srtp.jca;

import java.util.Arrays;

/** Which of the highest indices have been used: one bit each, in a ring (RFC 3711 section 3.3.2). */
final class ReplayWindow {

    /** For RTP. RFC 3711 asks for 64 at least, which is too few for video. */
    static final int RTP_SIZE = 1_024;

    /** For RTCP. */
    static final int RTCP_SIZE = 128;

    private static final int WORD_MASK = Long.SIZE - 1;

    private final long[] bits;
    private long highest;

    /** When it was used, by the count of its table. */
    long lastUse;

    /**
     * Creates an empty window.
     *
     * @param size a power of two, 64 at least
     */
    ReplayWindow(int size) {
        this(size, -1);
    }

    /**
     * Creates a window in which everything up to an index has been used.
     *
     * @param size a power of two, 64 at least
     * @param highest the index, or -1 for none
     */
    ReplayWindow(int size, long highest) {
        assert size >= Long.SIZE && Integer.bitCount(size) == 1;
        bits = new long[size / Long.SIZE];
        this.highest = highest;
        if (highest >= 0) {
            Arrays.fill(bits, -1);
        }
    }

    /** The highest index used, or -1. */
    long highest() {
        return highest;
    }

    /** Below the window, or below zero, where no index is. */
    boolean isTooOld(long index) {
        return index < 0 || index <= highest - size();
    }

    /** For an index that is not too old. */
    boolean isUsed(long index) {
        return index <= highest && (bits[word(index)] & bit(index)) != 0;
    }

    /** Marks an index that is not too old. */
    void use(long index) {
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
