package org.webrtc4j.ice.contract;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.ice.IceAgent;
import org.webrtc4j.ice.IceAgentFactory;
import org.webrtc4j.ice.IceAgentOptions;
import org.webrtc4j.testkit.VirtualLoop;
import org.webrtc4j.testkit.VirtualTime;

/**
 * Agents on real loops and sockets, for tests that are written for virtual time: what is asked of an agent is asked on its
 * own loop while the test waits, what it tells is told again on the test's, and virtual time goes no faster than the real
 * one meanwhile. That an agent calls back on its loop only is checked on the way.
 */
public final class RealLoopAgents implements IceAgentFactory {

    private static final Duration STEP = Duration.ofMillis(1);

    private final VirtualTime time;
    private final Supplier<EventLoop> loops;
    private final IceAgentFactory inner;
    private final BlockingQueue<Runnable> told = new LinkedBlockingQueue<>();
    private long originNanos;
    private boolean pumping;
    private int open;

    /**
     * Wraps a factory.
     *
     * @param time of the test
     * @param loops gives the real loop of each agent
     * @param inner makes the agents
     */
    public RealLoopAgents(VirtualTime time, Supplier<EventLoop> loops, IceAgentFactory inner) {
        this.time = time;
        this.loops = loops;
        this.inner = inner;
    }

    @Override
    public IceAgent create(EventLoop loop, IceAgentOptions options) {
        EventLoop real = loops.get();
        IceAgentOptions withLoopback = new IceAgentOptions(
                options.name(), options.servers(), options.lite(), options.resolveMdns(), true, options.parameters());
        IceAgent agent = RealLoopAgent.on(real, () -> inner.create(real, withLoopback));
        open++;
        if (!pumping) {
            pumping = true;
            originNanos = System.nanoTime() - time.elapsed().toNanos();
            pump();
        }
        return new RealLoopAgent(this, (VirtualLoop) loop, real, agent);
    }

    @Override
    public void close() {
        inner.close();
    }

    /** Runs a task on a loop of the test, in the order in which it was told; from any thread. */
    void tell(VirtualLoop loop, Runnable task) {
        told.add(() -> loop.run(task));
    }

    /** Hands on what was told until now; on the test's thread. */
    void handOn() {
        for (Runnable next = told.poll(); next != null; next = told.poll()) {
            next.run();
        }
    }

    void closed() {
        open--;
    }

    /** Hands on what was told until the real time has come to where the virtual one is. */
    private void pump() {
        try {
            long ahead = time.elapsed().toNanos() - (System.nanoTime() - originNanos);
            Runnable first = told.poll(Math.max(0, ahead), TimeUnit.NANOSECONDS);
            if (first != null) {
                first.run();
                handOn();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        pumping = open > 0 || !told.isEmpty();
        if (pumping) {
            time.after(STEP, this::pump);
        }
    }
}
