package org.webrtc4j.sctp.tx;

/**
 * The path's round-trip time without our own queue: the least of the last ten seconds. When none as low was seen for half of
 * that, it is time to let the queue drain and look.
 */
final class MinRttFilter {

    private static final long PROBE_INTERVAL_NANOS = 5_000_000_000L;
    private static final long WINDOW_NANOS = 10_000_000_000L;

    private static final long NONE = Long.MAX_VALUE;

    private long leastNanos = NONE;
    private long leastAt;
    /** The least since the last look. */
    private long recentNanos = NONE;

    private long recentAt;
    private boolean due;

    /** Takes a round-trip time, or none: -1. */
    void update(long rttNanos, long nowNanos) {
        due = recentNanos != NONE && nowNanos - recentAt > PROBE_INTERVAL_NANOS;
        if (rttNanos >= 0 && (due || rttNanos <= recentNanos)) {
            recentNanos = rttNanos;
            recentAt = nowNanos;
        }
        boolean old = leastNanos != NONE && nowNanos - leastAt > WINDOW_NANOS;
        if (recentNanos <= leastNanos || old) {
            leastNanos = recentNanos;
            leastAt = recentAt;
        }
    }

    /** Whether the last update found that nothing as low has been seen for long. */
    boolean isProbeDue() {
        return due;
    }

    /** A look is over: the next one is due in a whole interval. */
    void probed(long nowNanos) {
        recentAt = nowNanos;
        due = false;
    }

    boolean isKnown() {
        return leastNanos != NONE;
    }

    /** {@link Long#MAX_VALUE} before the first sample. */
    long nanos() {
        return leastNanos;
    }
}
