package org.webrtc4j.ice.turn;

import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** Leave for one peer's address to send through the relay (RFC 8656 section 9). */
final class TurnPermission {

    /** A minute before the five that it lives. */
    static final long REFRESH_NANOS = TimeUnit.MINUTES.toNanos(4);

    static final long LIFETIME_NANOS = TimeUnit.MINUTES.toNanos(5);

    enum State {
        ASKED,
        GRANTED,
        REFUSED
    }

    /** The peer for whose sake it was asked; other ports of its address share it. */
    final InetSocketAddress peer;

    State state = State.ASKED;
    /** When it is prolonged; refused ones are forgotten then, and may be asked for again. */
    long refreshNanos = Long.MAX_VALUE;

    long expiryNanos = Long.MAX_VALUE;
    long usedNanos;

    TurnPermission(InetSocketAddress peer, long nowNanos) {
        this.peer = peer;
        usedNanos = nowNanos;
    }

    void granted(long nowNanos) {
        state = State.GRANTED;
        refreshNanos = nowNanos + REFRESH_NANOS;
        expiryNanos = nowNanos + LIFETIME_NANOS;
    }

    void refused(long nowNanos) {
        state = State.REFUSED;
        refreshNanos = Long.MAX_VALUE;
        expiryNanos = nowNanos + LIFETIME_NANOS;
    }
}
