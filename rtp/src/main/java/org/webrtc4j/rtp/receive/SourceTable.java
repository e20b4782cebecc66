package org.webrtc4j.rtp.receive;

import java.util.Arrays;

/** The sources mixed into what is received, the latest {@link #SIZE}; the one not heard for longest makes room. */
public final class SourceTable {

    /** Sources that are remembered. */
    public static final int SIZE = 32;

    /** No audio level was said. */
    public static final int NO_LEVEL = -1;

    private final int[] ssrcs = new int[SIZE];
    private final int[] timestamps = new int[SIZE];
    private final int[] levels = new int[SIZE];
    private final long[] heardNanos = new long[SIZE];
    private int count;

    /** Creates an empty table. */
    public SourceTable() {}

    /**
     * Notes that a source was heard.
     *
     * @param ssrc the source
     * @param timestamp RTP timestamp of the packet
     * @param level 0 to 127 with bit 7 for voice, or {@link #NO_LEVEL}
     * @param nowNanos when
     */
    public void onSource(int ssrc, int timestamp, int level, long nowNanos) {
        int index = indexOf(ssrc);
        ssrcs[index] = ssrc;
        timestamps[index] = timestamp;
        levels[index] = level;
        heardNanos[index] = nowNanos;
    }

    private int indexOf(int ssrc) {
        int oldest = 0;
        for (int i = 0; i < count; i++) {
            if (ssrcs[i] == ssrc) {
                return i;
            }
            if (heardNanos[i] - heardNanos[oldest] < 0) {
                oldest = i;
            }
        }
        return count < SIZE ? count++ : oldest;
    }

    /** Forgets all. */
    public void clear() {
        count = 0;
        Arrays.fill(ssrcs, 0);
    }

    /**
     * Returns how many sources are remembered.
     *
     * @return 0 to {@link #SIZE}
     */
    public int count() {
        return count;
    }

    /**
     * Returns a source.
     *
     * @param index from 0
     * @return its SSRC
     */
    public int ssrc(int index) {
        return ssrcs[index];
    }

    /**
     * Returns the timestamp of the latest packet of a source.
     *
     * @param index from 0
     * @return RTP timestamp
     */
    public int timestamp(int index) {
        return timestamps[index];
    }

    /**
     * Returns the level of the latest packet of a source.
     *
     * @param index from 0
     * @return 0 to 127 with bit 7 for voice, or {@link #NO_LEVEL}
     */
    public int level(int index) {
        return levels[index];
    }

    /**
     * Returns when a source was last heard.
     *
     * @param index from 0
     * @return nanoseconds on the owner's clock
     */
    public long heardNanos(int index) {
        return heardNanos[index];
    }
}
