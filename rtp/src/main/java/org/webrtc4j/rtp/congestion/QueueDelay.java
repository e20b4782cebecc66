package org.webrtc4j.rtp.congestion;

/**
 * How long packets wait in a queue that this flow has filled, by the least delay of the last seconds; and the share of the rate that
 * empties it within about a second, rather than to leave it as long as it is.
 */
final class QueueDelay {

    private static final long WINDOW_NANOS = 5_000_000_000L;
    private static final long LONG_NANOS = 150_000_000L;
    private static final long SHORT_NANOS = 30_000_000L;
    private static final long MOST_NANOS = 1_500_000_000L;
    private static final double LEAST_SHARE = 0.5;
    private static final double A_SECOND = 1e9;

    private long windowNanos;
    private long leastBefore = Long.MAX_VALUE;
    private long least = Long.MAX_VALUE;
    private long latest;
    private boolean draining;
    private long sinceNanos;

    void onReport(PacketReport report, long nowNanos) {
        if (nowNanos - windowNanos > WINDOW_NANOS) {
            windowNanos = nowNanos;
            leastBefore = least;
            least = Long.MAX_VALUE;
        }
        long shortest = Long.MAX_VALUE;
        for (int i = 0; i < report.size(); i++) {
            if (report.isReceived(i)) {
                shortest = Math.min(shortest, report.receivedNanos(i) - report.sentNanos(i));
            }
        }
        if (shortest != Long.MAX_VALUE) {
            least = Math.min(least, shortest);
            latest = shortest - Math.min(least, leastBefore);
        }
        draining &= latest > SHORT_NANOS && nowNanos - sinceNanos < MOST_NANOS;
    }

    /** The rate was lowered, because the queue grew. */
    void onOveruse(long nowNanos) {
        if (!draining && latest > LONG_NANOS) {
            draining = true;
            sinceNanos = nowNanos;
        }
    }

    boolean isDraining() {
        return draining;
    }

    /** What of the rate may be sent. */
    double share() {
        return draining ? Math.max(LEAST_SHARE, 1 - latest / A_SECOND) : 1;
    }
}
