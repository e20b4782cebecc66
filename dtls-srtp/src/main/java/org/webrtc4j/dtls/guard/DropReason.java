package org.webrtc4j.dtls.guard;

import java.util.Locale;

/** Why a datagram or a record was not used. */
public enum DropReason {
    /** A record header that is none, or a record longer than its datagram (RFC 6347 section 4.1). */
    MALFORMED_RECORD,
    /** A content type that DTLS 1.2 does not have, unified headers of DTLS 1.3 included. */
    UNKNOWN_CONTENT_TYPE,
    /** A record longer than may be. */
    OVERSIZED_RECORD,
    /** An epoch other than 0 and 1: there is no renegotiation. */
    WRONG_EPOCH,
    /** A handshake fragment that contradicts itself or its record (RFC 6347 section 4.2.2). */
    MALFORMED_HANDSHAKE,
    /** A handshake message declared longer than {@link HandshakeGuard#MAX_MESSAGE_BYTES}. */
    OVERSIZED_MESSAGE,
    /** A handshake message numbered beyond {@link HandshakeGuard#MAX_MESSAGE_SEQ}. */
    MESSAGE_TOO_FAR_AHEAD,
    /** A fragment of another type or length than the first one of its message. */
    CONTRADICTING_FRAGMENT,
    /** More than {@link HandshakeGuard#MAX_FRAGMENTS} fragments of one message. */
    TOO_MANY_FRAGMENTS,
    /** More than {@link HandshakeGuard#MAX_DATAGRAMS} datagrams in one handshake. */
    HANDSHAKE_TOO_LONG,
    /** A ChangeCipherSpec or a record behind it that came too early, beyond what is held. */
    TOO_EARLY,
    /** An alert without protection, which anybody could have sent. */
    PLAINTEXT_ALERT,
    /** Any other record without protection where there must be one. */
    PLAINTEXT_RECORD,
    /** A datagram before the handshake was started, or data before its end, beyond what is held. */
    HELD_TOO_MUCH,
    /** A datagram for a server whose handshake has not begun, and which begins none. */
    BEFORE_CLIENT_HELLO,
    /** The handshake worker is behind. */
    INBOX_FULL,
    /** A protected record that is too short or fails authentication. */
    NOT_AUTHENTIC,
    /** A protected record that was received before, or is so old that this cannot be told (RFC 6347 section 4.1.2.6). */
    REPLAYED,
    /** An authentic record that carries nothing. */
    EMPTY_RECORD,
    /** An authentic message that would begin another handshake: answered with no_renegotiation. */
    RENEGOTIATION,
    /** An authentic handshake message that repeats what is done, where nothing has to be resent. */
    LATE_HANDSHAKE,
    /** A datagram after the end. */
    AFTER_END;

    /**
     * Returns the name under which the drops are counted.
     *
     * @return lower case, words joined by hyphens
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
