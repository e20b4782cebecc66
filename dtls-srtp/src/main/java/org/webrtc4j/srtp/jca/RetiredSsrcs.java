package org.webrtc4j.srtp.jca;

import org.webrtc4j.srtp.SrtpTransform;

/**
 * SSRCs whose replay window was given up: of each the highest index is left, up to which every index counts as used. Grows up to
 * {@link SrtpTransform#MAX_RETIRED_SSRCS}; nothing leaves.
 */
final class RetiredSsrcs {

    /** No index. */
    static final long NONE = -1;

    private static final int INITIAL_CAPACITY = 64;
    private static final int GOLDEN_RATIO = 0x9e37_79b9;

    private int[] keys = new int[0];

    /** One above the highest index; 0 where nothing is. */
    private long[] ends = new long[0];

    private int size;

    boolean isFull() {
        return size == SrtpTransform.MAX_RETIRED_SSRCS;
    }

    /** The highest index of an SSRC, or {@link #NONE} for one that was not retired. */
    long highest(int ssrc) {
        return size == 0 ? NONE : ends[slot(ssrc)] - 1;
    }

    /** Enters an SSRC, or raises its index. */
    void put(int ssrc, long highest) {
        assert !isFull() && highest >= highest(ssrc);
        if (2 * size >= keys.length) {
            grow();
        }
        int slot = slot(ssrc);
        if (ends[slot] == 0) {
            size++;
        }
        keys[slot] = ssrc;
        ends[slot] = highest + 1;
    }

    private int slot(int ssrc) {
        int mask = keys.length - 1;
        int slot = (ssrc * GOLDEN_RATIO) >>> (Integer.SIZE - Integer.bitCount(mask));
        while (ends[slot] != 0 && keys[slot] != ssrc) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        int[] oldKeys = keys;
        long[] oldEnds = ends;
        keys = new int[Math.max(INITIAL_CAPACITY, 2 * oldKeys.length)];
        ends = new long[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldEnds[i] != 0) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                ends[slot] = oldEnds[i];
            }
        }
    }
}
