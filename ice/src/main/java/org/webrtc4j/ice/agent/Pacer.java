package org.webrtc4j.ice.agent;

import java.util.concurrent.TimeUnit;

/**
 * When checks of one agent may leave (RFC 8445 section 14.2): a token bucket whose tokens come every Ta.
 *
 * <p>A burst lets a clean path connect in a few round trips; some of it is kept for triggered and nominating checks, which
 * matter more than the next ordinary one.
 */
public final class Pacer {

    /** One token comes every so often. */
    public static final long TA_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** How many checks may leave at once. */
    public static final int BURST = 5;

    /** How many of them ordinary checks leave alone. */
    public static final int KEPT_FOR_URGENT = 2;

    private final CheckBudget budget;
    private int tokens = BURST;
    private long refillNanos;

    /**
     * Creates a pacer with a full burst.
     *
     * @param budget of the loop
     */
    public Pacer(CheckBudget budget) {
        this.budget = budget;
    }

    /**
     * Takes a token of this agent and one of the loop's budget.
     *
     * @param urgent true for triggered and nominating checks
     * @param nowNanos the time of this turn
     * @return false when the check has to wait
     */
    public boolean tryTake(boolean urgent, long nowNanos) {
        refill(nowNanos);
        if (tokens <= (urgent ? 0 : KEPT_FOR_URGENT) || !budget.tryTake(nowNanos)) {
            return false;
        }
        if (tokens == BURST) {
            refillNanos = nowNanos + TA_NANOS;
        }
        tokens--;
        return true;
    }

    /**
     * Returns when {@link #tryTake} is worth another call.
     *
     * @param urgent true for triggered and nominating checks
     * @param nowNanos the time of this turn
     * @return now or later
     */
    public long nextAvailable(boolean urgent, long nowNanos) {
        refill(nowNanos);
        int missing = (urgent ? 1 : KEPT_FOR_URGENT + 1) - tokens;
        if (missing <= 0) {
            return budget.nextAvailable(nowNanos);
        }
        return refillNanos + (missing - 1) * TA_NANOS;
    }

    private void refill(long nowNanos) {
        while (tokens < BURST && refillNanos - nowNanos <= 0) {
            tokens++;
            refillNanos += TA_NANOS;
        }
    }
}
