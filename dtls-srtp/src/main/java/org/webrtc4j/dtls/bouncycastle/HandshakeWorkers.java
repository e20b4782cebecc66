package org.webrtc4j.dtls.bouncycastle;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how many handshakes of one role run at once and how many wait, over any executor. Clients and servers have one
 * each: with a common one, the clients of a process could hold every worker while their own servers wait.
 *
 * <p>Safe from any thread. The lock guards the bookkeeping only; no task runs under it.
 */
final class HandshakeWorkers {

    private final Executor executor;
    private final int maxRunning;
    private final int maxWaiting;
    private final Set<HandshakeTask> running = new HashSet<>();
    private final Deque<HandshakeTask> waiting = new ArrayDeque<>();
    private boolean closed;

    HandshakeWorkers(Executor executor, int maxRunning, int maxWaiting) {
        this.executor = executor;
        this.maxRunning = maxRunning;
        this.maxWaiting = maxWaiting;
    }

    /** Runs a handshake now or when a worker is free; false when too many wait, or after close. */
    boolean submit(HandshakeTask task) {
        synchronized (this) {
            if (closed) {
                return false;
            }
            if (running.size() >= maxRunning) {
                if (waiting.size() >= maxWaiting) {
                    return false;
                }
                waiting.addLast(task);
                return true;
            }
            running.add(task);
        }
        try {
            executor.execute(() -> runFrom(task));
            return true;
        } catch (RuntimeException e) {
            // An executor that is shut down or full: the same to us.
            synchronized (this) {
                running.remove(task);
            }
            return false;
        }
    }

    /** Forgets a handshake that still waits. */
    synchronized void withdraw(HandshakeTask task) {
        waiting.remove(task);
    }

    /** Ends those that run and those that wait. */
    void close() {
        List<HandshakeTask> all;
        synchronized (this) {
            closed = true;
            all = new ArrayList<>(running);
            all.addAll(waiting);
            waiting.clear();
        }
        all.forEach(HandshakeTask::shutDown);
    }

    synchronized int runningCount() {
        return running.size();
    }

    synchronized int waitingCount() {
        return waiting.size();
    }

    private void runFrom(HandshakeTask first) {
        for (HandshakeTask task = first; task != null; task = nextAfter(task)) {
            task.run();
        }
    }

    private synchronized @Nullable HandshakeTask nextAfter(HandshakeTask done) {
        running.remove(done);
        HandshakeTask next = waiting.pollFirst();
        if (next != null) {
            running.add(next);
        }
        return next;
    }
}
