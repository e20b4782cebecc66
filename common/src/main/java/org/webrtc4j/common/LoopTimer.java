package org.webrtc4j.common;

/**
 * One re-armable timer of an {@link EventLoop}, confined to that loop.
 *
 * <p>Made to be armed at every turn: an implementation does not touch the loop's queue while the deadline only moves
 * later, and fires early rather than scheduling again (an engine takes an early call without harm).
 */
public interface LoopTimer {

    /**
     * Sets the deadline, replacing the previous one.
     *
     * @param deadlineNanos absolute time on the loop's clock; {@link ProtocolEngine#NEVER} disarms
     */
    void arm(long deadlineNanos);

    /** Disarms the timer; the task does not run after this, unless armed again. */
    default void cancel() {
        arm(ProtocolEngine.NEVER);
    }
}
