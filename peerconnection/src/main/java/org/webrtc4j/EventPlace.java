package org.webrtc4j;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.EventLoop;

/**
 * Where everything visible of one connection happens, one task after the other: the W3C's event loop for it.
 *
 * <p>That place is the connection's loop, where tasks run inside the driver's turn, or the user's Executor, on which
 * never more than one task runs at a time however many threads it has. When that Executor refuses, the place moves back
 * to the loop for good, so that futures still complete, and the refusal is reported once.
 */
final class EventPlace {

    /** How many tasks run before an Executor's thread is given back. */
    static final int TASKS_PER_RUN = 256;

    private final EventLoop loop;
    private final Runnable requestTurn;
    private final Consumer<Throwable> onThrown;
    private final Consumer<RejectedExecutionException> onRejected;
    private final Object monitor = new Object();
    private final Queue<Runnable> tasks = new ArrayDeque<>();

    private @Nullable Executor executor;
    private boolean running;
    private int peak;
    private volatile @Nullable Thread runner;

    /**
     * Creates a place.
     *
     * @param requestTurn makes the driver call {@link #drainInTurn} soon, once however often it is called
     * @param onThrown takes what a task threw
     * @param onRejected told once when the Executor refuses
     */
    EventPlace(
            EventLoop loop,
            @Nullable Executor executor,
            Runnable requestTurn,
            Consumer<Throwable> onThrown,
            Consumer<RejectedExecutionException> onRejected) {
        this.loop = loop;
        this.executor = executor;
        this.requestTurn = requestTurn;
        this.onThrown = onThrown;
        this.onRejected = onRejected;
    }

    /** Tells whether waiting here would wait for oneself: the caller is on the loop or in a task of this place. */
    boolean here() {
        return loop.inLoop() || runner == Thread.currentThread();
    }

    /** The most tasks that ever waited. */
    int peak() {
        synchronized (monitor) {
            return peak;
        }
    }

    /** Queues a task behind those given before. It never runs inside this call. Safe from any thread. */
    void execute(Runnable task) {
        Executor target;
        synchronized (monitor) {
            tasks.add(task);
            peak = Math.max(peak, tasks.size());
            if (running) {
                return;
            }
            target = executor;
            // On the loop the turn empties the queue; asking twice for a turn costs nothing.
            running = target != null;
        }
        start(target);
    }

    /** Runs what is queued, on the loop; does nothing while the place is an Executor. Returns whether something ran. */
    boolean drainInTurn() {
        synchronized (monitor) {
            if (executor != null || tasks.isEmpty()) {
                return false;
            }
        }
        for (int i = 0; i < TASKS_PER_RUN; i++) {
            Runnable task;
            synchronized (monitor) {
                task = tasks.poll();
            }
            if (task == null) {
                return true;
            }
            run(task);
        }
        requestTurn.run();
        return true;
    }

    private void start(@Nullable Executor target) {
        if (target == null) {
            requestTurn.run();
            return;
        }
        try {
            target.execute(this::runOnExecutor);
        } catch (RejectedExecutionException refused) {
            synchronized (monitor) {
                executor = null;
                running = false;
            }
            onRejected.accept(refused);
            requestTurn.run();
        }
    }

    private void runOnExecutor() {
        runner = Thread.currentThread();
        for (int i = 0; i < TASKS_PER_RUN; i++) {
            Runnable task;
            synchronized (monitor) {
                task = tasks.poll();
                if (task == null) {
                    runner = null;
                    running = false;
                    return;
                }
            }
            run(task);
        }
        runner = null;
        Executor target;
        synchronized (monitor) {
            target = executor;
            running = target != null;
        }
        start(target);
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable thrown) {
            onThrown.accept(thrown);
        }
    }
}
