package org.webrtc4j.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.TimeSource;

/**
 * The clock of a test and the one queue of everything that will happen in it, ordered by time, then by insertion.
 *
 * <p>Nothing happens unless the test steps or runs; the clock stands still while a task runs and leaps to the next one
 * between tasks. Confined to the thread that made it: a task given by another thread would make runs unrepeatable, so it
 * is refused.
 */
public final class VirtualTime implements TimeSource {

    /** How many tasks may run at one instant before a run fails because time stands still: {@value}. */
    public static final int MAX_STEPS_PER_INSTANT = 1_000_000;

    /** The reading at which a clock starts: {@value} ns, not zero, so that a forgotten origin shows. */
    public static final long START_NANOS = 1_000_000_000_000L;

    // 2026-01-01T00:00:00Z.
    private static final long START_EPOCH_MICROS = 1_767_225_600_000_000L;

    private final Thread owner = Thread.currentThread();
    private final PriorityQueue<VirtualEvent> queue = new PriorityQueue<>();
    private final List<Throwable> failures = new ArrayList<>();
    private long nowNanos = START_NANOS;
    private long inserted;
    private long steps;
    private int stepsAtInstant;
    private boolean stepping;
    private @Nullable VirtualLoop current;
    private @Nullable RandomGenerator timerChance;
    private long maxEarlyNanos;
    private long maxLateNanos;

    /** Creates a clock at {@link #START_NANOS}, with nothing to do. */
    public VirtualTime() {}

    @Override
    public long nanoTime() {
        return nowNanos;
    }

    @Override
    public long epochMicros(long nowNanos) {
        return START_EPOCH_MICROS + (nowNanos - START_NANOS) / 1_000;
    }

    /**
     * Returns how much virtual time has passed.
     *
     * @return time since the clock was made
     */
    public Duration elapsed() {
        return Duration.ofNanos(nowNanos - START_NANOS);
    }

    /**
     * Returns how many tasks have run.
     *
     * @return tasks and timers, of all loops
     */
    public long steps() {
        return steps;
    }

    /**
     * Makes a loop that shares this clock and queue.
     *
     * @param name for messages
     * @return a new loop
     */
    public VirtualLoop newLoop(String name) {
        return new VirtualLoop(this, name);
    }

    /**
     * Has a task run outside any loop.
     *
     * @param atNanos when; a time that has passed means now, after what waits already
     * @param task what to run
     */
    public void at(long atNanos, Runnable task) {
        enqueue(atNanos, null, task);
    }

    /**
     * Has a task run outside any loop.
     *
     * @param delay from now
     * @param task what to run
     */
    public void after(Duration delay, Runnable task) {
        at(nowNanos + delay.toNanos(), task);
    }

    /**
     * Lets the clock leap without running anything, as it does for a process that was suspended: what is due then runs
     * late.
     *
     * @param by how far
     */
    public void leap(Duration by) {
        checkThread();
        advanceTo(nowNanos + by.toNanos());
    }

    /**
     * Lets timers armed from now on fire early or late by chance, as real loops let them: {@link
     * org.webrtc4j.common.LoopTimer} allows both, and an engine must take them without harm. Without this they fire at
     * their deadline exactly.
     *
     * @param random decides how much
     * @param early the most a timer fires before its deadline
     * @param late the most it fires after it
     */
    public void disturbTimers(RandomGenerator random, Duration early, Duration late) {
        timerChance = random;
        maxEarlyNanos = early.toNanos();
        maxLateNanos = late.toNanos();
    }

    /**
     * Runs the next task, moving the clock to its time. What it throws is kept for {@link #takeFailures} or the next run.
     *
     * @return false when there is nothing left to run
     * @throws IllegalStateException when called by a task: a loop that waits for itself would wait forever
     */
    public boolean step() {
        checkMayRun();
        VirtualEvent event = nextEvent();
        if (event == null) {
            return false;
        }
        queue.remove();
        advanceTo(event.atNanos);
        if (++stepsAtInstant > MAX_STEPS_PER_INSTANT) {
            throw new AssertionError("Time stands still: " + MAX_STEPS_PER_INSTANT + " tasks at " + elapsed()
                    + ", the last of " + event);
        }
        steps++;
        run(event);
        return true;
    }

    /**
     * Runs until a condition holds.
     *
     * @param condition asked before the first and after every task
     * @param limit how much virtual time it may take
     * @throws AssertionError when the condition does not hold in time; what a task threw is rethrown instead
     */
    public void runUntil(BooleanSupplier condition, Duration limit) {
        if (!reaches(condition, limit)) {
            throw new AssertionError("Not reached within " + limit + " of virtual time, at " + elapsed());
        }
    }

    /**
     * Runs until a condition holds or time is over. What a task throws is thrown here, at once.
     *
     * @param condition asked before the first and after every task
     * @param limit how much virtual time it may take; the clock stands at its end if the condition never held
     * @return whether the condition holds
     * @throws IllegalStateException when called by a task
     */
    public boolean reaches(BooleanSupplier condition, Duration limit) {
        checkMayRun();
        long endNanos = nowNanos + limit.toNanos();
        rethrow();
        while (!condition.getAsBoolean()) {
            VirtualEvent next = nextEvent();
            if (next == null || next.atNanos > endNanos) {
                advanceTo(endNanos);
                return false;
            }
            step();
            rethrow();
        }
        return true;
    }

    /**
     * Runs everything due within a time; the clock stands at its end afterwards.
     *
     * @param duration how much virtual time passes
     */
    public void runFor(Duration duration) {
        reaches(() -> false, duration);
    }

    /**
     * Runs until nothing is left to do.
     *
     * @param limit how much virtual time it may take
     * @throws AssertionError when something is still scheduled at the end
     */
    public void runUntilIdle(Duration limit) {
        runUntil(this::isIdle, limit);
    }

    /**
     * Tells whether nothing is scheduled: no task, no armed timer, no packet under way.
     *
     * @return true when {@link #step} would return false
     */
    public boolean isIdle() {
        return nextEvent() == null;
    }

    /**
     * Returns what tasks have thrown since the last call, and forgets it.
     *
     * @return in the order of being thrown
     */
    public List<Throwable> takeFailures() {
        List<Throwable> taken = List.copyOf(failures);
        failures.clear();
        return taken;
    }

    void enqueue(long atNanos, @Nullable VirtualLoop loop, Runnable task) {
        insert(atNanos, loop, task, null);
    }

    VirtualEvent insert(long atNanos, @Nullable VirtualLoop loop, Runnable task, @Nullable VirtualTimer timer) {
        checkThread();
        VirtualEvent event = new VirtualEvent(Math.max(atNanos, nowNanos), inserted++, loop, task, timer);
        queue.add(event);
        return event;
    }

    long maxEarlyNanos() {
        return maxEarlyNanos;
    }

    long disturbed(long deadlineNanos) {
        return timerChance == null
                ? deadlineNanos
                : deadlineNanos + timerChance.nextLong(-maxEarlyNanos, maxLateNanos + 1);
    }

    boolean isCurrent(VirtualLoop loop) {
        return Thread.currentThread() == owner && current == loop;
    }

    void runAs(VirtualLoop loop, Runnable task) {
        checkThread();
        VirtualLoop before = current;
        current = loop;
        try {
            task.run();
        } finally {
            current = before;
        }
    }

    /** Drops timer entries that were superseded; they cost nothing and do not move the clock. */
    private @Nullable VirtualEvent nextEvent() {
        for (VirtualEvent event = queue.peek(); event != null; event = queue.peek()) {
            if (event.timer == null || event.timer.isDue(event)) {
                return event;
            }
            queue.remove();
            event.timer.reinsert(event);
        }
        return null;
    }

    // A task may throw anything, an AssertionError above all; the test gets it.
    private void run(VirtualEvent event) {
        stepping = true;
        current = event.loop;
        try {
            event.task.run();
        } catch (Throwable failure) {
            failures.add(failure);
        } finally {
            current = null;
            stepping = false;
        }
    }

    private void advanceTo(long atNanos) {
        if (atNanos > nowNanos) {
            nowNanos = atNanos;
            stepsAtInstant = 0;
        }
    }

    private void rethrow() {
        if (failures.isEmpty()) {
            return;
        }
        List<Throwable> taken = takeFailures();
        Throwable first = taken.get(0);
        taken.stream().skip(1).filter(other -> other != first).forEach(first::addSuppressed);
        if (first instanceof Error error) {
            throw error;
        }
        if (first instanceof RuntimeException exception) {
            throw exception;
        }
        throw new AssertionError("A task failed", first);
    }

    private void checkMayRun() {
        checkThread();
        if (stepping) {
            throw new IllegalStateException("A task must not run the clock: that is what blocking a loop is");
        }
    }

    private void checkThread() {
        if (Thread.currentThread() != owner) {
            throw new IllegalStateException("Virtual time belongs to " + owner.getName() + " and must not be used by "
                    + Thread.currentThread().getName());
        }
    }
}
