package org.webrtc4j.ice.turn;

import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A request under way, and when it is sent again (RFC 8489 section 6.2.1, with the waits capped). */
final class TurnTransaction {

    static final long RTO_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    static final long MAX_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(1_600);
    /** How often a request is sent before the server counts as silent: after 9.5 s. */
    static final int MAX_SENDS = 7;

    /** How long a silent server is asked on for an allocation, from the first request: as long as a check has time. */
    static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(39_500);

    /** How long an answer is awaited over a reliable transport. */
    static final long RELIABLE_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(9_500);

    /** How often one request is begun anew because of its credentials: after 401, and for nonces that went stale. */
    static final int MAX_CHALLENGES = 4;

    final int type;
    /** The peer of a permission or channel. */
    final @Nullable InetSocketAddress peer;

    final int channel;
    int idHigh;
    long idLow;
    boolean signed;
    int sends;
    int challenges;
    long deadlineNanos;

    TurnTransaction(int type, @Nullable InetSocketAddress peer, int channel) {
        this.type = type;
        this.peer = peer;
        this.channel = channel;
    }

    /** Counts a sending and sets the deadline. */
    void sent(boolean reliable, long nowNanos) {
        long wait = reliable ? RELIABLE_WAIT_NANOS : Math.min(RTO_NANOS << Math.min(sends, MAX_SENDS), MAX_WAIT_NANOS);
        sends = reliable ? MAX_SENDS : sends + 1;
        deadlineNanos = nowNanos + wait;
    }

    boolean isAnsweredBy(int responseType) {
        return (responseType & ~0x0110) == type && (responseType & 0x0100) != 0;
    }
}
