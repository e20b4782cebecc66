package org.webrtc4j.sctp.tx;

/** How fast packets leave where a window decides how much may be in flight. */
final class WindowPacing {

    private static final double SECOND_NANOS = 1e9;

    private WindowPacing() {}

    /**
     * Twice the window per round trip lets slow start double it; after that a quarter more than the window, so that the
     * window decides and not the clock.
     *
     * @return bytes per second; 0 before the first round-trip sample
     */
    static long rate(long window, long threshold, long smoothedRttNanos) {
        if (smoothedRttNanos == 0) {
            return 0;
        }
        long perRoundTrip = window < threshold ? 2 * window : window + window / 4;
        return Math.max(1, (long) (perRoundTrip * SECOND_NANOS / smoothedRttNanos));
    }
}
