package org.webrtc4j.benchmarks.datagram;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** CPU time and allocation of the thread that calls. */
final class ThreadMeter {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private long nanos;
    private long bytes;

    void start() {
        bytes = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
        nanos = THREADS.getCurrentThreadCpuTime();
    }

    Cost stop() {
        long end = THREADS.getCurrentThreadCpuTime();
        return new Cost(
                end - nanos,
                THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - bytes);
    }
}
