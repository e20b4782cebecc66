package org.webrtc4j.common;

import java.util.concurrent.Executor;

/**
 * The single thread of control on which a connection lives for life: its engines, timers, packets and events.
 *
 * <p>Implemented on Netty's loops by the ice module and in virtual time by the testkit. All methods are safe from any
 * thread unless they say otherwise.
 */
public interface EventLoop extends Executor {

    /**
     * Runs a task on the loop, after those given before it. Never runs it inside the call.
     *
     * @param task what to run; an exception it throws is logged by the loop and harms no other task
     * @throws java.util.concurrent.RejectedExecutionException when the loop has been shut down
     */
    @Override
    void execute(Runnable task);

    /**
     * Makes a timer that runs the given task on the loop. The timer is confined to the loop.
     *
     * @param task what to run; may re-arm the timer
     * @return a timer, not armed
     */
    LoopTimer newTimer(Runnable task);

    /**
     * Returns the clock on which timers of this loop are armed.
     *
     * @return the loop's clock
     */
    TimeSource clock();

    /**
     * Tells whether the caller runs on this loop.
     *
     * @return true on the loop
     */
    boolean inLoop();
}
