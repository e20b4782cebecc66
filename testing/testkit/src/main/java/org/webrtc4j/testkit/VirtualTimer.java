package org.webrtc4j.testkit;

import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.LoopTimer;
import org.webrtc4j.common.ProtocolEngine;

/**
 * A timer with at most one live entry in the queue: while the deadline only moves later, the entry stays where it is and
 * is put back when its time comes. Fires exactly at its deadline, unless {@link VirtualTime#disturbTimers} says otherwise.
 */
final class VirtualTimer implements LoopTimer {

    private final VirtualTime time;
    private final VirtualLoop loop;
    private final Runnable task;
    private long deadlineNanos = ProtocolEngine.NEVER;
    private @Nullable VirtualEvent entry;

    VirtualTimer(VirtualTime time, VirtualLoop loop, Runnable task) {
        this.time = time;
        this.loop = loop;
        this.task = task;
    }

    @Override
    public void arm(long newDeadlineNanos) {
        if (!loop.inLoop()) {
            throw new IllegalStateException("A timer of " + loop + " armed outside of it");
        }
        if (newDeadlineNanos == deadlineNanos) {
            return;
        }
        loop.countTimers(deadlineNanos, newDeadlineNanos);
        deadlineNanos = newDeadlineNanos;
        if (deadlineNanos != ProtocolEngine.NEVER && (entry == null || entry.atNanos > deadlineNanos)) {
            insert();
        }
    }

    /** Tells whether the timer is to fire at this entry of the queue. */
    boolean isDue(VirtualEvent event) {
        long firesFromNanos = deadlineNanos - time.maxEarlyNanos();
        return event == entry && firesFromNanos <= Math.max(event.atNanos, time.nanoTime()) && !loop.isShutdown();
    }

    /** Called when an entry that is not due has been taken off the queue: too early, superseded or disarmed. */
    void reinsert(VirtualEvent event) {
        if (event != entry) {
            return;
        }
        entry = null;
        if (deadlineNanos != ProtocolEngine.NEVER && !loop.isShutdown()) {
            insert();
        }
    }

    private void insert() {
        entry = time.insert(time.disturbed(deadlineNanos), loop, this::fire, this);
    }

    private void fire() {
        entry = null;
        loop.countTimers(deadlineNanos, ProtocolEngine.NEVER);
        deadlineNanos = ProtocolEngine.NEVER;
        task.run();
    }
}
