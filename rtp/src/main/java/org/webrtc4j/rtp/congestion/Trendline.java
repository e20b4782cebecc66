package org.webrtc4j.rtp.congestion;

/**
 * Whether delays rise: the slope of a line through the last smoothed delays, against a threshold that follows it, so that
 * flows that only react to loss do not starve this one (draft-ietf-rmcat-gcc-02 section 5.4).
 */
final class Trendline {

    private static final int WINDOW = 20;
    private static final double SMOOTHING = 0.9;
    private static final double GAIN = 4;
    private static final int MAX_DELTAS = 60;
    private static final double K_UP = 0.0087;
    private static final double K_DOWN = 0.039;
    private static final double OVERUSE_MILLIS = 10;
    private static final double MAX_ADAPTED_MILLIS = 15;
    private static final double LEAST_THRESHOLD = 6;
    private static final double MOST_THRESHOLD = 600;
    private static final double MAX_STEP_MILLIS = 100;

    private final double[] times = new double[WINDOW];
    private final double[] delays = new double[WINDOW];
    private int count;
    private long firstArrival;
    private double accumulated;
    private double smoothed;
    private double threshold = 12.5;
    private double previousTrend;
    private double overusing = -1;
    private int overuses;
    private long adaptedNanos;
    private PathUsage usage = PathUsage.NORMAL;

    PathUsage usage() {
        return usage;
    }

    /** Takes what two neighbouring groups differ by, and when the later one arrived. */
    void add(long arrivalDelta, long sendDelta, long arrivalNanos) {
        if (count == 0) {
            firstArrival = arrivalNanos;
            adaptedNanos = arrivalNanos;
        }
        accumulated += (arrivalDelta - sendDelta) / 1e6;
        smoothed = SMOOTHING * smoothed + (1 - SMOOTHING) * accumulated;
        int slot = count % WINDOW;
        times[slot] = (arrivalNanos - firstArrival) / 1e6;
        delays[slot] = smoothed;
        count++;
        double trend = count >= WINDOW ? slope() : previousTrend;
        detect(trend, sendDelta / 1e6, arrivalNanos);
    }

    private double slope() {
        double meanTime = 0;
        double meanDelay = 0;
        for (int i = 0; i < WINDOW; i++) {
            meanTime += times[i] / WINDOW;
            meanDelay += delays[i] / WINDOW;
        }
        double together = 0;
        double squares = 0;
        for (int i = 0; i < WINDOW; i++) {
            double time = times[i] - meanTime;
            together += time * (delays[i] - meanDelay);
            squares += time * time;
        }
        return squares == 0 ? previousTrend : together / squares;
    }

    private void detect(double trend, double sendMillis, long nowNanos) {
        double modified = Math.min(count, MAX_DELTAS) * trend * GAIN;
        if (count < 2) {
            usage = PathUsage.NORMAL;
        } else if (modified > threshold) {
            overusing = overusing < 0 ? sendMillis / 2 : overusing + sendMillis;
            overuses++;
            if (overusing > OVERUSE_MILLIS && overuses > 1 && trend >= previousTrend) {
                overusing = 0;
                overuses = 0;
                usage = PathUsage.OVERUSED;
            }
        } else {
            overusing = -1;
            overuses = 0;
            usage = modified < -threshold ? PathUsage.UNDERUSED : PathUsage.NORMAL;
        }
        previousTrend = trend;
        adapt(modified, nowNanos);
    }

    private void adapt(double modified, long nowNanos) {
        double size = Math.abs(modified);
        // A sudden jump, of a route for instance, is not what it is to follow.
        if (size <= threshold + MAX_ADAPTED_MILLIS) {
            double k = size < threshold ? K_DOWN : K_UP;
            double millis = Math.min((nowNanos - adaptedNanos) / 1e6, MAX_STEP_MILLIS);
            threshold += k * (size - threshold) * millis;
            threshold = Math.max(LEAST_THRESHOLD, Math.min(threshold, MOST_THRESHOLD));
        }
        adaptedNanos = nowNanos;
    }
}
