package org.webrtc4j.rtp;

import java.util.EnumMap;
import java.util.Map;

/** How often what was dropped for which reason. */
final class DropCounters {

    private final long[] counts = new long[RtpDrop.values().length];

    void count(RtpDrop reason) {
        counts[reason.ordinal()]++;
    }

    long of(RtpDrop reason) {
        return counts[reason.ordinal()];
    }

    Map<RtpDrop, Long> snapshot() {
        Map<RtpDrop, Long> map = new EnumMap<>(RtpDrop.class);
        for (RtpDrop reason : RtpDrop.values()) {
            if (counts[reason.ordinal()] > 0) {
                map.put(reason, counts[reason.ordinal()]);
            }
        }
        return map;
    }
}
