package org.webrtc4j.benchmarks.soak;

import com.google.gson.JsonObject;
import io.netty.buffer.PooledByteBufAllocator;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * What the process holds while nothing is under way.
 *
 * @param at since the beginning
 * @param heapBytes after a collection
 * @param directBytes of the JDK's direct buffers
 * @param nettyBytes of direct memory that Netty's pool has taken from the system, in use or not
 * @param threads alive
 * @param megabytesPerSecond of both directions, in the interval before
 */
record SoakSample(
        Duration at, long heapBytes, long directBytes, long nettyBytes, int threads, double megabytesPerSecond) {

    /** What the finalisation of one collection leaves is found by the next. */
    private static final int COLLECTIONS = 3;

    static SoakSample take(Duration at, double megabytesPerSecond) {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return new SoakSample(
                at,
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .filter(pool -> pool.getName().equals("direct"))
                        .mapToLong(BufferPoolMXBean::getMemoryUsed)
                        .sum(),
                PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory(),
                ManagementFactory.getThreadMXBean().getThreadCount(),
                megabytesPerSecond);
    }

    JsonObject json() {
        JsonObject json = new JsonObject();
        json.addProperty("seconds", at.toMillis() / 1e3);
        json.addProperty("heapBytes", heapBytes);
        json.addProperty("directBytes", directBytes);
        json.addProperty("nettyDirectBytes", nettyBytes);
        json.addProperty("threads", threads);
        json.addProperty("megabytesPerSecond", megabytesPerSecond);
        return json;
    }
}
