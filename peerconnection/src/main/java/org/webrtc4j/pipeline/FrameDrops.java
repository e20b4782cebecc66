package org.webrtc4j.pipeline;

import java.util.LinkedHashMap;
import java.util.Map;
import org.webrtc4j.media.assembly.AssemblyStats;

/** Frames that were dropped, by reason, of everything one receiver has put together. */
final class FrameDrops {

    private long incomplete;
    private long malformed;
    private long withoutKey;
    private long overflown;

    void add(AssemblyStats stats) {
        incomplete += stats.framesIncomplete();
        malformed += stats.framesMalformed();
        withoutKey += stats.framesWithoutKey();
        overflown += stats.framesOverflown();
    }

    void add(FrameDrops others) {
        incomplete += others.incomplete;
        malformed += others.malformed;
        withoutKey += others.withoutKey;
        overflown += others.overflown;
    }

    /** Reasons that never happened are absent. */
    Map<String, Long> byReason() {
        Map<String, Long> drops = new LinkedHashMap<>();
        drops.put("incomplete", incomplete);
        drops.put("malformed", malformed);
        drops.put("no-key-frame", withoutKey);
        drops.put("overflow", overflown);
        drops.values().removeIf(count -> count == 0);
        return drops;
    }
}
