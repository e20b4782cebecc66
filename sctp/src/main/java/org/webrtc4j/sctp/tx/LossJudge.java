package org.webrtc4j.sctp.tx;

/**
 * Tells losses by a full queue from those that the path has of its own, round by round.
 *
 * <p>What is lost while round-trip times say that nothing waits is held to be the path's own, up to a limit: a very short
 * queue may overflow without being seen. While something waits, a round has too much loss when it exceeds what the path has
 * of its own by more than two percent.
 */
final class LossJudge {

    private static final double MOST_BESIDE_OWN = 0.02;
    /** Without a queue to be seen. */
    private static final double MOST_UNEXPLAINED = 0.15;
    /** More than this is never held to be the path's own. */
    private static final double MOST_OWN = 0.10;
    /** So many packets are chance. */
    private static final int CHANCE_PACKETS = 2;
    /** A queue is seen by round-trip times higher by so much. */
    private static final int VISIBLE_DIVISOR = 8;

    private static final long LEAST_VISIBLE_NANOS = 250_000L;
    private static final double FADE = 7.0 / 8;
    private static final long NONE = Long.MAX_VALUE;

    private final long chanceBytes;
    private long lost;
    private long delivered;
    private long flight;
    private long roundRttNanos = NONE;
    private long lastRoundRttNanos = NONE;
    private double ownLost;
    private double ownTotal;

    LossJudge(int packetSize) {
        chanceBytes = (long) CHANCE_PACKETS * packetSize;
    }

    void onLoss(long bytes) {
        lost += bytes;
    }

    void onAcked(AckSample sample) {
        delivered += sample.bytes;
        if (sample.rttNanos >= 0) {
            roundRttNanos = Math.min(roundRttNanos, sample.rttNanos);
        }
    }

    /**
     * Begins a round.
     *
     * @param flightNow what is in flight at its beginning
     * @param probing whether the round that ends sent more than the path was known to take: its losses are no evidence
     * @param minRttNanos the path's round-trip time
     */
    void beginRound(long flightNow, boolean probing, long minRttNanos) {
        if (!probing && !isQueueVisible(minRttNanos) && !isTooMuch(minRttNanos)) {
            ownLost = ownLost * FADE + lost;
            ownTotal = ownTotal * FADE + lost + delivered;
        }
        lastRoundRttNanos = roundRttNanos;
        roundRttNanos = NONE;
        lost = 0;
        delivered = 0;
        flight = flightNow;
    }

    boolean hasLost() {
        return lost > 0;
    }

    /** Whether this round has lost more so far than the path does of its own. */
    boolean isTooMuch(long minRttNanos) {
        double threshold = isQueueVisible(minRttNanos) ? own() + MOST_BESIDE_OWN : MOST_UNEXPLAINED;
        return lost > chanceBytes + threshold * Math.max(flight, lost + delivered);
    }

    /** The share of bytes that the path loses of its own. */
    double own() {
        return ownTotal == 0 ? 0 : Math.min(ownLost / ownTotal, MOST_OWN);
    }

    private boolean isQueueVisible(long minRttNanos) {
        long visible = minRttNanos + Math.max(minRttNanos / VISIBLE_DIVISOR, LEAST_VISIBLE_NANOS);
        long last = lastRoundRttNanos == NONE ? 0 : lastRoundRttNanos;
        long now = roundRttNanos == NONE ? 0 : roundRttNanos;
        return Math.max(last, now) > visible;
    }
}
