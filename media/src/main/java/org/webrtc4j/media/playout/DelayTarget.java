package org.webrtc4j.media.playout;

import java.util.Arrays;

/**
 * How long media must be kept back so that nearly all of it is in time: the 95th percentile of how much later than the
 * fastest of the last packets or frames each came; longer when somebody asks for it.
 */
final class DelayTarget {

    private static final int WINDOW = 100;
    private static final int PERCENT = 95;
    private static final long SECOND = 1_000_000_000;

    private final long[] transits = new long[WINDOW];
    private final long[] sorted = new long[WINDOW];
    private final long minNanos;
    private final long maxNanos;
    private final int clockRate;
    private int count;
    private long fastest;
    private long jitter;
    private long asked;

    DelayTarget(PlayoutOptions options, int clockRate) {
        this.minNanos = options.minDelayNanos();
        this.maxNanos = options.maxDelayNanos();
        this.clockRate = clockRate;
        jitter = minNanos;
    }

    /** What begins at a timestamp has come. */
    void arrived(long timestamp, long nowNanos) {
        transits[count++ % WINDOW] = nowNanos - mediaNanos(timestamp);
        int filled = Math.min(count, WINDOW);
        System.arraycopy(transits, 0, sorted, 0, filled);
        Arrays.sort(sorted, 0, filled);
        fastest = sorted[0];
        long late = sorted[(filled - 1) * PERCENT / 100] - fastest;
        jitter = Math.max(minNanos, Math.min(maxNanos, late));
    }

    /** When a timestamp is due on our clock, were nothing kept back: as the fastest of the last ones came. */
    long earliest(long timestamp) {
        return mediaNanos(timestamp) + fastest;
    }

    boolean isKnown() {
        return count > 0;
    }

    /** The delay to play with. */
    long nanos() {
        return Math.max(jitter, asked);
    }

    /** The delay that jitter alone needs. */
    long jitterNanos() {
        return jitter;
    }

    /** The most that may be kept back. */
    long limitNanos() {
        return Math.max(maxNanos, asked);
    }

    void atLeast(long nanos) {
        asked = nanos;
    }

    void reset() {
        count = 0;
    }

    /** The place of a timestamp on the sender's clock, without overflow for whatever a stream may count up to. */
    private long mediaNanos(long timestamp) {
        return timestamp / clockRate * SECOND + timestamp % clockRate * SECOND / clockRate;
    }
}
