package org.webrtc4j.stage;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads on which the codecs of a runtime run: made at need, and gone again when nothing is to be done. */
public final class CodecWorkers implements Executor, AutoCloseable {

    /** So many stages may wait for a thread; a further one is refused and loses its frames. */
    public static final int MAX_WAITING = 4_096;

    private static final int IDLE_SECONDS = 10;

    private final ThreadPoolExecutor pool;

    /**
     * Creates workers; no thread is started yet.
     *
     * @param threads how many there are at most
     */
    public CodecWorkers(int threads) {
        AtomicInteger started = new AtomicInteger();
        pool = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING), task -> {
                    Thread thread = new Thread(task, "webrtc4j-codec-" + started.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
    }

    @Override
    public void execute(Runnable task) {
        pool.execute(task);
    }

    /** Ends the threads; what waits is not done any more. */
    @Override
    public void close() {
        pool.shutdownNow();
    }
}
