package org.webrtc4j.sctp.tx;

import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.ProtocolEngine;
import org.webrtc4j.sctp.SendOptions;

/** One message on its way out: queued on its stream, then cut into fragments that all refer to it. */
final class OutboundMessage {

    final OutboundStream stream;
    final int ppid;
    final byte[] payload;
    final boolean unordered;
    /** Its bytes do not count in bufferedAmount. */
    final boolean control;

    final int maxRetransmits;
    final long expiresAtNanos;

    /** The stream sequence number, assigned with the first fragment. */
    int ssn;
    /** How many bytes have been cut off and sent at least once. */
    int sent;
    /** No fragment is sent any more; the peer is told to skip them (RFC 3758). */
    boolean abandoned;

    @Nullable
    OutboundMessage next;

    OutboundMessage(OutboundStream stream, int ppid, byte[] payload, SendOptions options, long nowNanos) {
        this.stream = stream;
        this.ppid = ppid;
        this.payload = payload;
        unordered = options.unordered();
        control = options.control();
        maxRetransmits =
                options.maxRetransmits() == SendOptions.UNLIMITED ? Integer.MAX_VALUE : options.maxRetransmits();
        expiresAtNanos = options.lifetimeNanos() == SendOptions.UNLIMITED
                ? ProtocolEngine.NEVER
                : nowNanos + options.lifetimeNanos();
    }

    int remaining() {
        return payload.length - sent;
    }

    boolean isExpired(long nowNanos) {
        return expiresAtNanos != ProtocolEngine.NEVER && expiresAtNanos - nowNanos <= 0;
    }
}
