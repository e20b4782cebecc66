package org.webrtc4j.dtls.contract;

import java.time.Duration;
import java.util.PriorityQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.LoopTimer;
import org.webrtc4j.common.ProtocolEngine;
import org.webrtc4j.common.TimeSource;

/** A loop in real time on the test's thread, for implementations that have a clock of their own. */
public final class RealTimeLoop implements DrivenLoop {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private record Deadline(long nanos, Timer timer) {}

    private final class Timer implements LoopTimer {
        private final Runnable task;
        private long armedNanos = ProtocolEngine.NEVER;

        Timer(Runnable task) {
            this.task = task;
        }

        @Override
        public void arm(long deadlineNanos) {
            armedNanos = deadlineNanos;
            if (deadlineNanos != ProtocolEngine.NEVER) {
                deadlines.add(new Deadline(deadlineNanos, this));
            }
        }
    }

    private final Thread thread = Thread.currentThread();
    private final TimeSource clock = TimeSource.system();
    private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final PriorityQueue<Deadline> deadlines = new PriorityQueue<>((a, b) -> Long.signum(a.nanos - b.nanos));

    /** Creates a loop of the calling thread. */
    public RealTimeLoop() {}

    @Override
    public void runUntil(String what, BooleanSupplier happened) {
        long end = clock.nanoTime() + LIMIT.toNanos();
        while (!happened.getAsBoolean()) {
            if (!step(end)) {
                throw new AssertionError("Did not happen within " + LIMIT + ": " + what);
            }
        }
    }

    @Override
    public void runFor(long nanos) {
        long end = clock.nanoTime() + nanos;
        boolean more = true;
        while (more) {
            more = step(end);
        }
    }

    /** Runs one task, or the timers that are due; false at the end of the given time. */
    private boolean step(long endNanos) {
        long now = clock.nanoTime();
        Deadline next = deadlines.peek();
        if (next != null && next.nanos - now <= 0) {
            deadlines.remove();
            if (next.timer.armedNanos == next.nanos) {
                next.timer.armedNanos = ProtocolEngine.NEVER;
                next.timer.task.run();
            }
            return true;
        }
        if (endNanos - now <= 0) {
            return false;
        }
        long wait = next == null ? endNanos - now : Math.min(endNanos - now, next.nanos - now);
        Runnable task = poll(wait);
        if (task != null) {
            task.run();
        }
        return true;
    }

    private @Nullable Runnable poll(long waitNanos) {
        try {
            return tasks.poll(waitNanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            thread.interrupt();
            throw new AssertionError("The test was interrupted", e);
        }
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public LoopTimer newTimer(Runnable task) {
        return new Timer(task);
    }

    @Override
    public TimeSource clock() {
        return clock;
    }

    @Override
    public boolean inLoop() {
        return Thread.currentThread() == thread;
    }
}
