package org.webrtc4j.rtp.congestion;

/**
 * What the path carries without losing more than by its nature. Losses of the last seconds are explained by a capacity and by a
 * share that is lost at any rate: the pair that makes them most likely is taken, the higher capacity where two do equally well.
 */
final class LossBasedEstimate {

    private static final long OBSERVATION_NANOS = 250_000_000L;
    private static final int OBSERVATIONS = 20;
    private static final double AGEING = 0.9;
    private static final double LEAST_INHERENT = 1e-3;
    private static final double INITIAL_INHERENT = 0.01;
    /** Above this share, losses bound the rate whatever explains them. */
    private static final double LOSS_OFFSET = 0.05;

    private static final double BALANCE = 75_000;
    private static final double BANDWIDTH_BIAS = 2e-4;
    private static final double LOG_BIAS = 0.02;
    /** Above this share of losses the lower capacity is preferred. */
    private static final double MOST_LOSS_TO_RISE_AT = 0.2;

    private static final double PREFERENCE_SMOOTHING = 0.002;
    private static final double NEWTON_STEP = 0.75;
    private static final double EDGE = 1e-6;
    private static final double GROWTH = 1.02;
    private static final double BACKOFF = 0.95;
    private static final double RAMP_UP = 1.5;

    private final double[] packets = new double[OBSERVATIONS];
    private final double[] lost = new double[OBSERVATIONS];
    private final double[] rates = new double[OBSERVATIONS];
    private int observations;
    private long begunNanos = Long.MIN_VALUE;
    private long endNanos;
    private int partPackets;
    private int partLost;
    private long partBytes;

    private double rate;
    private double inherent = INITIAL_INHERENT;
    private boolean limiting;

    LossBasedEstimate(long startRate) {
        rate = startRate;
    }

    /** Bits per second; without a bound of its own it follows what delays say. */
    long rate() {
        return (long) rate;
    }

    /** Whether losses say less than delays. */
    boolean isLimiting() {
        return limiting;
    }

    /** A probe, or the user, has set the rate. */
    void set(long measured) {
        rate = measured;
        limiting = false;
    }

    void onReport(PacketReport report, long throughput, long delayBased) {
        for (int i = 0; i < report.size(); i++) {
            take(report, i);
        }
        if (!limiting) {
            rate = delayBased;
        }
        if (partPackets > 0 && endNanos - begunNanos >= OBSERVATION_NANOS) {
            observe();
            update(throughput, delayBased);
        }
        rate = Math.min(rate, (double) delayBased);
    }

    private void take(PacketReport report, int index) {
        long sent = report.sentNanos(index);
        if (partPackets == 0) {
            begunNanos = sent;
            endNanos = sent;
        }
        endNanos = Math.max(endNanos, sent);
        partPackets++;
        partBytes += report.bytes(index);
        partLost += report.isReceived(index) ? 0 : 1;
    }

    private void observe() {
        int slot = observations++ % OBSERVATIONS;
        packets[slot] = partPackets;
        lost[slot] = partLost;
        rates[slot] = partBytes * 8e9 / (endNanos - begunNanos);
        partPackets = 0;
        partLost = 0;
        partBytes = 0;
    }

    private void update(long throughput, long delayBased) {
        double average = averageLoss();
        double best = rate;
        double bestInherent = inherent;
        double bestScore = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < 5; i++) {
            double candidate =
                    switch (i) {
                        case 0 -> rate;
                        case 1 -> rate * GROWTH;
                        case 2 -> rate * BACKOFF;
                        case 3 -> throughput;
                        default -> delayBased;
                    };
            if (candidate > 0 && (candidate <= delayBased || i == 0)) {
                double share = refined(candidate);
                double score = score(candidate, share);
                if (score > bestScore) {
                    best = candidate;
                    bestInherent = share;
                    bestScore = score;
                }
            }
        }
        // More than the path loses by its nature: this is not the time to rise.
        if (best > rate && average > bestInherent && limiting) {
            best = rate;
        }
        if (limiting && best > rate && throughput != Throughput.UNKNOWN) {
            best = Math.max(rate, Math.min(best, RAMP_UP * (double) throughput));
        }
        if (average > LOSS_OFFSET) {
            best = Math.min(best, BALANCE / (average - LOSS_OFFSET));
        }
        inherent = bestInherent;
        rate = best;
        limiting = best < delayBased;
    }

    /** The weight of an observation so many before the last. */
    private static double weight(int age) {
        return Math.pow(AGEING, age);
    }

    private int held() {
        return Math.min(observations, OBSERVATIONS);
    }

    private int slot(int age) {
        return Math.floorMod(observations - 1 - age, OBSERVATIONS);
    }

    private double averageLoss() {
        double all = 0;
        double missing = 0;
        for (int age = 0; age < held(); age++) {
            all += weight(age) * packets[slot(age)];
            missing += weight(age) * lost[slot(age)];
        }
        return missing / all;
    }

    private static double mostInherent(double capacity) {
        return Math.min(1, LOSS_OFFSET + BALANCE / capacity);
    }

    private static double probability(double share, double capacity, double sending) {
        double excess = sending > capacity ? (sending - capacity) / sending : 0;
        return Math.max(EDGE, Math.min(share + (1 - share) * excess, 1 - EDGE));
    }

    /** One step of Newton's method towards the inherent share that fits a capacity best. */
    private double refined(double capacity) {
        double share = feasible(inherent, capacity);
        double first = 0;
        double second = 0;
        for (int age = 0; age < held(); age++) {
            int slot = slot(age);
            double p = probability(share, capacity, rates[slot]);
            double arrived = packets[slot] - lost[slot];
            first += weight(age) * (lost[slot] / p - arrived / (1 - p));
            second -= weight(age) * (lost[slot] / (p * p) + arrived / ((1 - p) * (1 - p)));
        }
        return second == 0 ? share : feasible(share - NEWTON_STEP * first / second, capacity);
    }

    private static double feasible(double share, double capacity) {
        return Math.max(LEAST_INHERENT, Math.min(share, mostInherent(capacity)));
    }

    private double score(double capacity, double share) {
        double kilobits = capacity / 1e3;
        double margin = MOST_LOSS_TO_RISE_AT - averageLoss();
        double preference = margin / (PREFERENCE_SMOOTHING + Math.abs(margin));
        double bias = preference * (BANDWIDTH_BIAS * kilobits + LOG_BIAS * Math.log1p(kilobits));
        double sum = 0;
        for (int age = 0; age < held(); age++) {
            int slot = slot(age);
            double p = probability(share, capacity, rates[slot]);
            double arrived = packets[slot] - lost[slot];
            sum += weight(age) * (lost[slot] * Math.log(p) + arrived * Math.log(1 - p) + bias * packets[slot]);
        }
        return sum;
    }
}
