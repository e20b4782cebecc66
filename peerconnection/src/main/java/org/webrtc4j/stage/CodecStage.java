package org.webrtc4j.stage;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One step of a stream on the codec executor: tasks run one after the other in their order, whatever the executor is. Where
 * it cannot keep up the oldest is dropped and counted, for what is late in a call is worth nothing. Safe from any thread.
 */
public final class CodecStage {

    private static final Logger LOG = LoggerFactory.getLogger(CodecStage.class);

    private final Executor executor;
    private final int capacity;
    private final Object monitor = new Object();
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean running;
    private boolean ended;
    private boolean warned;
    private long dropped;

    /**
     * Creates a stage.
     *
     * @param executor where tasks run
     * @param capacity how many may wait, beside the one that runs
     */
    public CodecStage(Executor executor, int capacity) {
        this.executor = executor;
        this.capacity = capacity;
    }

    /**
     * Gives a task, unless the stage has ended.
     *
     * @param task what it throws is logged once and harms no other
     */
    public void submit(Runnable task) {
        synchronized (monitor) {
            if (ended) {
                return;
            }
            if (waiting.size() == capacity) {
                waiting.remove();
                dropped++;
            }
            waiting.add(task);
            if (running) {
                return;
            }
            running = true;
        }
        start();
    }

    /** What waits is forgotten. */
    public void clear() {
        synchronized (monitor) {
            waiting.clear();
        }
    }

    /** Takes no more tasks and forgets those that wait. */
    public void end() {
        synchronized (monitor) {
            ended = true;
            waiting.clear();
        }
    }

    /**
     * Tells whether a task runs or waits.
     *
     * @return false when one given now would run at once
     */
    public boolean isBusy() {
        synchronized (monitor) {
            return running;
        }
    }

    /**
     * Counts what was too slow.
     *
     * @return tasks dropped so far
     */
    public long dropped() {
        synchronized (monitor) {
            return dropped;
        }
    }

    private void start() {
        try {
            executor.execute(this::runNext);
        } catch (RejectedExecutionException fullOrEnded) {
            synchronized (monitor) {
                dropped += waiting.size();
                waiting.clear();
                running = false;
            }
        }
    }

    private void runNext() {
        Runnable task = next();
        if (task != null) {
            // Whatever is thrown: a library that is not there, an assertion of a codec. The stage must not stay busy.
            try {
                task.run();
            } catch (Throwable thrown) {
                warn(thrown);
            }
        }
        synchronized (monitor) {
            if (waiting.isEmpty()) {
                running = false;
                return;
            }
        }
        // The next one behind those of other streams.
        start();
    }

    private @Nullable Runnable next() {
        synchronized (monitor) {
            return waiting.poll();
        }
    }

    private void warn(Throwable thrown) {
        if (!warned) {
            warned = true;
            LOG.warn("A codec, source or sink threw; its stream goes on, and further ones are not reported", thrown);
        }
    }
}
