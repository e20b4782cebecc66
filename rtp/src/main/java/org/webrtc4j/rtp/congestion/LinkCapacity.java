package org.webrtc4j.rtp.congestion;

/** What got through when queues grew: the capacity of the narrowest link, and how sure that is. */
final class LinkCapacity {

    private static final double WEIGHT = 0.05;
    private static final double LEAST_DEVIATION = 0.4;
    private static final double MOST_DEVIATION = 2.5;

    /** Kilobits per second, or below 0. */
    private double estimate = -1;

    private double deviation = LEAST_DEVIATION;

    boolean isKnown() {
        return estimate >= 0;
    }

    void forget() {
        estimate = -1;
    }

    void onOveruse(long throughput) {
        double sample = throughput / 1e3;
        estimate = estimate < 0 ? sample : (1 - WEIGHT) * estimate + WEIGHT * sample;
        double error = estimate - sample;
        deviation = (1 - WEIGHT) * deviation + WEIGHT * error * error / Math.max(estimate, 1);
        deviation = Math.max(LEAST_DEVIATION, Math.min(deviation, MOST_DEVIATION));
    }

    long rate() {
        return (long) (estimate * 1e3);
    }

    boolean isBelow(long throughput) {
        return isKnown() && throughput > (estimate + spread()) * 1e3;
    }

    boolean isAbove(long throughput) {
        return isKnown() && throughput < (estimate - spread()) * 1e3;
    }

    private double spread() {
        return 3 * Math.sqrt(deviation * estimate);
    }
}
