package org.webrtc4j.benchmarks;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.common.LoopTimer;
import org.webrtc4j.common.ProtocolEngine;
import org.webrtc4j.common.TimeSource;

/** A loop that turns when it is told to, on the thread that made it; several may share a thread. Allocates nothing. */
public final class MemoryLoop implements EventLoop {

    private static final long PAUSE_NANOS = 100_000;
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Thread thread = Thread.currentThread();
    private final TimeSource clock = TimeSource.system();
    private final List<Timer> timers = new ArrayList<>();
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();

    /** Creates a loop of the calling thread. */
    public MemoryLoop() {}

    @Override
    public void execute(Runnable task) {
        synchronized (tasks) {
            tasks.add(task);
        }
    }

    @Override
    public LoopTimer newTimer(Runnable task) {
        Timer made = new Timer(task);
        timers.add(made);
        return made;
    }

    @Override
    public TimeSource clock() {
        return clock;
    }

    @Override
    public boolean inLoop() {
        return Thread.currentThread() == thread;
    }

    /**
     * Runs the tasks that are there, those they add, and the timers that are due.
     *
     * @return false when there was nothing
     */
    public boolean run() {
        boolean ran = false;
        for (Runnable task = poll(); task != null; task = poll()) {
            task.run();
            ran = true;
        }
        long now = clock.nanoTime();
        for (int i = 0; i < timers.size(); i++) {
            ran |= timers.get(i).runIfDue(now);
        }
        return ran;
    }

    @SuppressWarnings("NullAway") // null is the end of the queue
    private Runnable poll() {
        synchronized (tasks) {
            return tasks.poll();
        }
    }

    /**
     * Runs loops of this thread until something is so.
     *
     * @param condition asked again and again
     * @param loops in turn
     * @throws IllegalStateException when it takes too long
     */
    public static void runUntil(BooleanSupplier condition, MemoryLoop... loops) {
        long end = System.nanoTime() + LIMIT_NANOS;
        while (!condition.getAsBoolean()) {
            boolean ran = false;
            for (MemoryLoop loop : loops) {
                ran |= loop.run();
            }
            if (!ran) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("The connections could not be set up");
            }
        }
    }

    private static final class Timer implements LoopTimer {

        private final Runnable task;
        private long deadlineNanos = ProtocolEngine.NEVER;

        Timer(Runnable task) {
            this.task = task;
        }

        @Override
        public void arm(long deadlineNanos) {
            this.deadlineNanos = deadlineNanos;
        }

        boolean runIfDue(long now) {
            if (deadlineNanos == ProtocolEngine.NEVER || deadlineNanos - now > 0) {
                return false;
            }
            deadlineNanos = ProtocolEngine.NEVER;
            task.run();
            return true;
        }
    }
}
