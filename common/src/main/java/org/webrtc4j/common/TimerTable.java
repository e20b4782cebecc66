package org.webrtc4j.common;

import java.util.Arrays;

/**
 * All timers of one engine: a deadline per constant of an enum, and the earliest of them.
 *
 * <p>Not thread-safe; belongs to its engine. Nothing is allocated after construction.
 *
 * @param <T> the engine's timers
 */
public final class TimerTable<T extends Enum<T>> {

    private final long[] deadlines;

    /**
     * Creates a table with every timer stopped.
     *
     * @param timers the enum that names the timers
     */
    public TimerTable(Class<T> timers) {
        deadlines = new long[timers.getEnumConstants().length];
        Arrays.fill(deadlines, ProtocolEngine.NEVER);
    }

    /**
     * Starts or restarts a timer.
     *
     * @param timer which
     * @param deadlineNanos absolute time at which it expires
     */
    public void start(T timer, long deadlineNanos) {
        deadlines[timer.ordinal()] = deadlineNanos;
    }

    /**
     * Stops a timer; a stopped one stays stopped.
     *
     * @param timer which
     */
    public void stop(T timer) {
        deadlines[timer.ordinal()] = ProtocolEngine.NEVER;
    }

    /** Stops every timer. */
    public void stopAll() {
        Arrays.fill(deadlines, ProtocolEngine.NEVER);
    }

    /**
     * Tells whether a timer runs.
     *
     * @param timer which
     * @return true between start and stop or expiry
     */
    public boolean isRunning(T timer) {
        return deadlines[timer.ordinal()] != ProtocolEngine.NEVER;
    }

    /**
     * Returns the deadline of a timer.
     *
     * @param timer which
     * @return absolute nanoseconds, or {@link ProtocolEngine#NEVER} when stopped
     */
    public long deadline(T timer) {
        return deadlines[timer.ordinal()];
    }

    /**
     * Stops a timer whose deadline has come, and says so.
     *
     * @param timer which
     * @param nowNanos the time of this turn
     * @return true once per start, when the deadline is not after now
     */
    public boolean expire(T timer, long nowNanos) {
        long deadline = deadlines[timer.ordinal()];
        // Compared by difference: nanoTime may be negative and may wrap (System.nanoTime).
        if (deadline == ProtocolEngine.NEVER || deadline - nowNanos > 0) {
            return false;
        }
        deadlines[timer.ordinal()] = ProtocolEngine.NEVER;
        return true;
    }

    /**
     * Returns the earliest deadline.
     *
     * @return absolute nanoseconds, or {@link ProtocolEngine#NEVER}
     */
    public long nextTimeout() {
        long next = ProtocolEngine.NEVER;
        for (long deadline : deadlines) {
            if (deadline < next) {
                next = deadline;
            }
        }
        return next;
    }
}
