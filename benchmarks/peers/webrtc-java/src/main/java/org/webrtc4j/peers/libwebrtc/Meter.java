package org.webrtc4j.peers.libwebrtc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Counts messages from the first to the last. */
final class Meter {
    private final List<Long> buckets = new ArrayList<>();
    private long bytes;
    private long msgs;
    private long firstNanos;
    private long lastNanos;

    boolean isEmpty() {
        return msgs == 0;
    }

    void add(int size, long nowNanos) {
        if (isEmpty()) {
            firstNanos = nowNanos;
        }
        lastNanos = nowNanos;
        msgs++;
        bytes += size;
        int second = (int) ((nowNanos - firstNanos) / 1_000_000_000L);
        while (buckets.size() <= second) {
            buckets.add(0L);
        }
        buckets.set(second, buckets.get(second) + size);
    }

    /** What the result event holds. */
    Map<String, Object> result() {
        double ms = (lastNanos - firstNanos) / 1e6;
        double mbps = ms > 0 ? bytes / 1e3 / ms : 0;
        return Map.of("bytes", bytes, "msgs", msgs, "ms", ms, "mbps", mbps, "buckets", buckets);
    }
}
