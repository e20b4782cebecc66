package org.webrtc4j.testkit;

import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.common.LoopTimer;
import org.webrtc4j.common.ProtocolEngine;
import org.webrtc4j.common.TimeSource;

/**
 * An event loop in virtual time. Several loops of one {@link VirtualTime} take turns on the test's thread, and {@link
 * #inLoop} tells them apart as if each had its own.
 */
public final class VirtualLoop implements EventLoop {

    private final VirtualTime time;
    private final String name;
    private boolean shutdown;
    private int armedTimers;

    VirtualLoop(VirtualTime time, String name) {
        this.time = time;
        this.name = name;
    }

    @Override
    public void execute(Runnable task) {
        if (shutdown) {
            throw new RejectedExecutionException(name + " has been shut down");
        }
        time.enqueue(time.nanoTime(), this, task);
    }

    @Override
    public LoopTimer newTimer(Runnable task) {
        return new VirtualTimer(time, this, task);
    }

    @Override
    public TimeSource clock() {
        return time;
    }

    @Override
    public boolean inLoop() {
        return time.isCurrent(this);
    }

    /**
     * Lets the test do something on the loop at once, instead of posting a task and stepping.
     *
     * @param task runs within this call; what it throws is thrown here
     */
    public void run(Runnable task) {
        time.runAs(this, task);
    }

    /**
     * Lets the test ask something on the loop at once.
     *
     * @param <T> what is asked for
     * @param question runs within this call; what it throws is thrown here
     * @return its answer
     */
    public <T> T call(Supplier<T> question) {
        Object[] answer = new Object[1];
        time.runAs(this, () -> answer[0] = question.get());
        @SuppressWarnings("unchecked") // put there by the line above
        T typed = (T) answer[0];
        return typed;
    }

    /** Ends the loop: tasks given so far still run, further ones are refused, timers no longer fire. */
    public void shutdown() {
        shutdown = true;
    }

    /**
     * Tells whether {@link #shutdown} was called.
     *
     * @return true from then on
     */
    public boolean isShutdown() {
        return shutdown;
    }

    /**
     * Returns how many timers of this loop are armed: none may be left at the end of a call.
     *
     * @return armed timers
     */
    public int armedTimers() {
        return armedTimers;
    }

    void countTimers(long oldDeadlineNanos, long newDeadlineNanos) {
        armedTimers +=
                (newDeadlineNanos == ProtocolEngine.NEVER ? 0 : 1) - (oldDeadlineNanos == ProtocolEngine.NEVER ? 0 : 1);
    }

    @Override
    public String toString() {
        return name;
    }
}
