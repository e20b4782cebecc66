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

    /** Its place among all messages of the association. */
    long place;

    /** The stream sequence number (RFC 9260) or message identifier (RFC 8260), assigned with the first fragment. */
    int number;
    /** How many bytes have been cut off and sent at least once. */
    int sent;
    /** Into how many fragments they were cut: the next fragment sequence number. */
    int fragments;
    /** TSNs of the first fragment and the last one so far; between them there may be those of other messages. */
    long firstTsn = -1;

    long lastTsn = -1;
    /** It is among those under way; see {@link Admission}. */
    boolean counted;
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

    /** A chunk of it has been given a TSN; returns the fragment's sequence number. */
    int fragment(long tsn) {
        if (fragments == 0) {
            firstTsn = tsn;
        }
        lastTsn = tsn;
        return fragments++;
    }

    /** To be sent from its beginning, as if it never had been. */
    void startAgain() {
        sent = 0;
        fragments = 0;
        lastTsn = -1;
        counted = false;
    }

    int remaining() {
        return payload.length - sent;
    }

    boolean isExpired(long nowNanos) {
        return expiresAtNanos != ProtocolEngine.NEVER && expiresAtNanos - nowNanos <= 0;
    }
}
