package org.webrtc4j.srtp.jca;

import org.jspecify.annotations.Nullable;
import org.webrtc4j.srtp.SrtpTransform;

/** The replay window of each SSRC, by number without boxing. Grows up to {@link SrtpTransform#MAX_SSRCS}; nothing leaves. */
final class SsrcTable {

    private static final int INITIAL_CAPACITY = 8;
    private static final int GOLDEN_RATIO = 0x9e37_79b9;

    private int[] keys = new int[INITIAL_CAPACITY];
    private @Nullable ReplayWindow[] windows = new @Nullable ReplayWindow[INITIAL_CAPACITY];
    private int size;

    int size() {
        return size;
    }

    boolean isFull() {
        return size == SrtpTransform.MAX_SSRCS;
    }

    @Nullable
    ReplayWindow get(int ssrc) {
        return windows[slot(ssrc)];
    }

    /** For an SSRC that is not in the table, which is not full. */
    void put(int ssrc, ReplayWindow window) {
        assert !isFull() && get(ssrc) == null;
        if (2 * size >= windows.length) {
            grow();
        }
        int slot = slot(ssrc);
        keys[slot] = ssrc;
        windows[slot] = window;
        size++;
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
        @Nullable ReplayWindow[] oldWindows = windows;
        keys = new int[2 * oldKeys.length];
        windows = new @Nullable ReplayWindow[2 * oldKeys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            ReplayWindow window = oldWindows[i];
            if (window != null) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                windows[slot] = window;
            }
        }
    }
}
