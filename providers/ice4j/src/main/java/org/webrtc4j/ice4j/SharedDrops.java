package org.webrtc4j.ice4j;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/** What an agent dropped, counted on its loop and on the threads of ice4j. */
final class SharedDrops {

    private static final Drop[] REASONS = Drop.values();

    private final AtomicLongArray counts = new AtomicLongArray(REASONS.length);

    void count(Drop reason) {
        counts.incrementAndGet(reason.ordinal());
    }

    /** The counters that are not zero, under the names that statistics use. */
    Map<String, Long> snapshot() {
        Map<String, Long> snapshot = new LinkedHashMap<>();
        for (Drop reason : REASONS) {
            long count = counts.get(reason.ordinal());
            if (count > 0) {
                snapshot.put(reason.text(), count);
            }
        }
        return snapshot;
    }
}
