package org.webrtc4j.rtp;

import org.webrtc4j.common.ProtocolEngine;

/** Comparison of absolute times that may be never. */
final class Deadlines {

    private Deadlines() {}

    /** The earlier of two; compared by difference, as a clock may be negative and may wrap (System.nanoTime). */
    static long earlier(long a, long b) {
        if (a == ProtocolEngine.NEVER || b == ProtocolEngine.NEVER) {
            return Math.min(a, b);
        }
        return a - b < 0 ? a : b;
    }
}
