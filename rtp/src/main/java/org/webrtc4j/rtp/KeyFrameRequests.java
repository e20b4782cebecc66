package org.webrtc4j.rtp;

import org.webrtc4j.common.ProtocolEngine;

/** A key frame that is wanted, and asked for at most once in an interval; what is wanted too soon is asked for later. */
final class KeyFrameRequests {

    private final long intervalNanos;
    private boolean wanted;
    private boolean asked;
    private long lastNanos;

    KeyFrameRequests(long intervalNanos) {
        this.intervalNanos = intervalNanos;
    }

    void want() {
        wanted = true;
    }

    /** Tells, once for what is wanted, that it is time to ask. */
    boolean take(long nowNanos) {
        if (!wanted || (asked && nowNanos - lastNanos < intervalNanos)) {
            return false;
        }
        wanted = false;
        asked = true;
        lastNanos = nowNanos;
        return true;
    }

    long nextTimeout(long nowNanos) {
        if (!wanted) {
            return ProtocolEngine.NEVER;
        }
        return asked ? lastNanos + intervalNanos : nowNanos;
    }
}
