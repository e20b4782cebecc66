package org.webrtc4j.ice.agent;

import java.util.concurrent.TimeUnit;
import org.webrtc4j.common.ProtocolEngine;

/**
 * How long a generation checks without success before it has failed (RFC 8863). Until something of the peer is there to
 * check, or never will be, its trickle is waited for without end.
 */
final class Patience {

    /**
     * 500 ms doubled seven times, the time one check takes by the book (RFC 8863 section 4). Each candidate that is
     * signalled begins it anew.
     */
    static final long NANOS = TimeUnit.MILLISECONDS.toNanos(39_500);

    private long endNanos = ProtocolEngine.NEVER;

    void extend(long nowNanos) {
        endNanos = nowNanos + NANOS;
    }

    boolean isOver(long nowNanos) {
        return endNanos - nowNanos <= 0;
    }

    long endNanos() {
        return endNanos;
    }
}
