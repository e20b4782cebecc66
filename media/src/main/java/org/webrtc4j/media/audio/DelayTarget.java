package org.webrtc4j.media.audio;

import java.util.Arrays;

/**
 * How long sound must be kept back so that nearly all packets are in time: the 95th percentile of how much later than the
 * fastest of the last packets each came.
 */
final class DelayTarget {

    private static final int WINDOW = 100;
    private static final int PERCENT = 95;

    private final long[] transits = new long[WINDOW];
    private final long[] sorted = new long[WINDOW];
    private final long minNanos;
    private final long maxNanos;
    private int count;
    private long target;

    DelayTarget(long minNanos, long maxNanos) {
        this.minNanos = minNanos;
        this.maxNanos = maxNanos;
        target = minNanos;
    }

    /** A packet whose sound begins at a time on the sender's clock came at one of ours. */
    void arrived(long mediaNanos, long nowNanos) {
        transits[count++ % WINDOW] = nowNanos - mediaNanos;
        int filled = Math.min(count, WINDOW);
        System.arraycopy(transits, 0, sorted, 0, filled);
        Arrays.sort(sorted, 0, filled);
        long late = sorted[(filled - 1) * PERCENT / 100] - sorted[0];
        target = Math.max(minNanos, Math.min(maxNanos, late));
    }

    long nanos() {
        return target;
    }

    void reset() {
        count = 0;
    }
}
