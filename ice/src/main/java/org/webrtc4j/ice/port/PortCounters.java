package org.webrtc4j.ice.port;

import java.util.concurrent.atomic.AtomicLongArray;

/** The counters of one loop: written by the loop alone, without fences, and read by anyone. */
final class PortCounters {

    private final AtomicLongArray values = new AtomicLongArray(PortCounter.values().length);

    void count(PortCounter counter) {
        add(counter, 1);
    }

    void add(PortCounter counter, long amount) {
        int index = counter.ordinal();
        values.setOpaque(index, values.getPlain(index) + amount);
    }

    long get(PortCounter counter) {
        return values.getOpaque(counter.ordinal());
    }
}
