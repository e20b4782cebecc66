package org.webrtc4j.driver;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the driver dropped, by reason. */
final class DriverCounters {

    private static final DriverDrop[] REASONS = DriverDrop.values();

    private final long[] drops = new long[REASONS.length];

    void count(DriverDrop reason) {
        drops[reason.ordinal()]++;
    }

    Map<String, Long> snapshot() {
        Map<String, Long> snapshot = new LinkedHashMap<>();
        for (DriverDrop reason : REASONS) {
            if (drops[reason.ordinal()] > 0) {
                snapshot.put(reason.text, drops[reason.ordinal()]);
            }
        }
        return snapshot;
    }
}
