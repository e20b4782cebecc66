package org.webrtc4j.srtp.jca;

import org.jspecify.annotations.Nullable;
import org.webrtc4j.srtp.SrtpTransform;

/**
 * The replay window of each SSRC, by number without boxing. Beyond {@link SrtpTransform#MAX_SSRCS} the one that was used least
 * recently gives up its window, and is remembered by its highest index.
 */
final class SsrcTable {

    private static final int INITIAL_CAPACITY = 8;
    private static final int GOLDEN_RATIO = 0x9e37_79b9;

    private int[] keys = new int[INITIAL_CAPACITY];
    private @Nullable StreamWindow[] windows = new @Nullable StreamWindow[INITIAL_CAPACITY];
    private final RetiredSsrcs retired = new RetiredSsrcs();
    private final int windowSize;
    private long uses;
    private int size;

    /** For windows of so many indices. */
    SsrcTable(int windowSize) {
        this.windowSize = windowSize;
    }

    int size() {
        return size;
    }

    /** No SSRC can be opened any more. */
    boolean isFull() {
        return size == SrtpTransform.MAX_SSRCS && retired.isFull();
    }

    @Nullable
    StreamWindow get(int ssrc) {
        return windows[slot(ssrc)];
    }

    /** The highest index used of an SSRC without a window, or -1. */
    long highestRetired(int ssrc) {
        return retired.highest(ssrc);
    }

    /** Opens a window for an SSRC that has none, in a table that is not full. */
    StreamWindow open(int ssrc) {
        assert !isFull() && get(ssrc) == null;
        if (size == SrtpTransform.MAX_SSRCS) {
            retireOne();
        } else if (2 * size >= windows.length) {
            grow();
        }
        StreamWindow window = new StreamWindow(windowSize, retired.highest(ssrc));
        int slot = slot(ssrc);
        keys[slot] = ssrc;
        windows[slot] = window;
        size++;
        return window;
    }

    /** Marks an index that is not too old. */
    void use(StreamWindow window, long index) {
        window.use(index);
        window.lastUse = ++uses;
    }

    private void retireOne() {
        int oldest = -1;
        long least = Long.MAX_VALUE;
        for (int i = 0; i < windows.length; i++) {
            StreamWindow window = windows[i];
            if (window != null && window.lastUse < least) {
                least = window.lastUse;
                oldest = i;
            }
        }
        StreamWindow window = windows[oldest];
        assert window != null;
        retired.put(keys[oldest], window.highest());
        remove(oldest);
    }

    /** Those behind, which had to step aside for it, move up (Knuth, volume 3, algorithm R of 6.4). */
    private void remove(int removed) {
        int mask = keys.length - 1;
        int hole = removed;
        for (int slot = (hole + 1) & mask; windows[slot] != null; slot = (slot + 1) & mask) {
            int home = (keys[slot] * GOLDEN_RATIO) >>> (Integer.SIZE - Integer.bitCount(mask));
            if (((slot - home) & mask) >= ((slot - hole) & mask)) {
                keys[hole] = keys[slot];
                windows[hole] = windows[slot];
                hole = slot;
            }
        }
        windows[hole] = null;
        size--;
    }

    /** Where an SSRC is, or where it belongs: at most half of the slots are taken. */
    private int slot(int ssrc) {
        int mask = keys.length - 1;
        int slot = (ssrc * GOLDEN_RATIO) >>> (Integer.SIZE - Integer.bitCount(mask));
        while (windows[slot] != null && keys[slot] != ssrc) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        int[] oldKeys = keys;
        @Nullable StreamWindow[] oldWindows = windows;
        keys = new int[2 * oldKeys.length];
        windows = new @Nullable StreamWindow[2 * oldKeys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            StreamWindow window = oldWindows[i];
            if (window != null) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                windows[slot] = window;
            }
        }
    }
}
