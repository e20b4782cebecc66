package org.webrtc4j.ice.turn;

import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** A number that stands for a peer (RFC 8656 section 12), bound because data goes there. */
final class TurnChannel {

    /** A minute before the ten that it lives. */
    static final long REFRESH_NANOS = TimeUnit.MINUTES.toNanos(9);

    static final long LIFETIME_NANOS = TimeUnit.MINUTES.toNanos(10);

    final int number;
    final InetSocketAddress peer;
    /** The server has answered: until then data goes as indications. */
    boolean bound;

    long refreshNanos = Long.MAX_VALUE;
    long expiryNanos = Long.MAX_VALUE;
    long usedNanos;

    TurnChannel(int number, InetSocketAddress peer, long nowNanos) {
        this.number = number;
        this.peer = peer;
        usedNanos = nowNanos;
    }

    void bound(long nowNanos) {
        bound = true;
        refreshNanos = nowNanos + REFRESH_NANOS;
        expiryNanos = nowNanos + LIFETIME_NANOS;
    }
}
