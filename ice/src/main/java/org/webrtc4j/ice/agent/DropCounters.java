package org.webrtc4j.ice.agent;

import java.util.LinkedHashMap;
import java.util.Map;

/** Counts what was dropped, by reason. */
public final class DropCounters {

    private final long[] counts = new long[DropReason.values().length];

    /** Creates counters at zero. */
    public DropCounters() {}

    /**
     * Counts one.
     *
     * @param reason why
     */
    public void count(DropReason reason) {
        counts[reason.ordinal()]++;
    }

    /**
     * Returns one counter.
     *
     * @param reason why
     * @return how many
     */
    public long get(DropReason reason) {
        return counts[reason.ordinal()];
    }

    /**
     * Returns the counters that are not zero, by their text.
     *
     * @return a new map
     */
    public Map<String, Long> snapshot() {
        Map<String, Long> snapshot = new LinkedHashMap<>();
        for (DropReason reason : DropReason.values()) {
            if (get(reason) > 0) {
                snapshot.put(reason.text(), get(reason));
            }
        }
        return snapshot;
    }
}
