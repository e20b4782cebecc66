package org.webrtc4j.dtls.guard;

import java.util.Map;
import java.util.TreeMap;

/** A counter per {@link DropReason}. Confined to the endpoint's loop. */
public final class DropCounters {

    private final long[] counts = new long[DropReason.values().length];

    /** Creates counters at zero. */
    public DropCounters() {}

    /**
     * Counts one drop.
     *
     * @param reason why
     */
    public void count(DropReason reason) {
        counts[reason.ordinal()]++;
    }

    /**
     * Returns one counter.
     *
     * @param reason which
     * @return drops so far
     */
    public long get(DropReason reason) {
        return counts[reason.ordinal()];
    }

    /**
     * Returns the counters that are not zero.
     *
     * @return by name, a copy
     */
    public Map<String, Long> snapshot() {
        Map<String, Long> snapshot = new TreeMap<>();
        for (DropReason reason : DropReason.values()) {
            if (get(reason) > 0) {
                snapshot.put(reason.text(), get(reason));
            }
        }
        return snapshot;
    }
}
