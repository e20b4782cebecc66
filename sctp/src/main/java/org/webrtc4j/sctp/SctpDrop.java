package org.webrtc4j.sctp;

/** Why something received was dropped; counted in {@link SctpStats#drops()}. */
public enum SctpDrop {
    /** Fewer bytes than a header and one chunk. */
    SHORT_PACKET,
    /** Source or destination port not of this association. */
    WRONG_PORT,
    /** CRC32c does not match (RFC 9260 section 6.8). */
    BAD_CHECKSUM,
    /** Verification tag of someone else (RFC 9260 section 8.5). */
    WRONG_TAG,
    /** INIT, INIT ACK or SHUTDOWN COMPLETE bundled with other chunks. */
    BUNDLED,
    /** A chunk whose lengths contradict each other. */
    MALFORMED_CHUNK,
    /** A chunk type not known here. */
    UNKNOWN_CHUNK,
    /** A chunk that this state does not expect. */
    UNEXPECTED_CHUNK,
    /** A state cookie that is not ours or has been changed. */
    FOREIGN_COOKIE,
    /** A state cookie too old (RFC 9260 section 5.2.6). */
    STALE_COOKIE,
    /** DATA received before. */
    DUPLICATE_DATA,
    /** DATA further ahead than the tracker reaches. */
    DATA_TOO_FAR,
    /** DATA for which there is no room in the receive window. */
    WINDOW_FULL,
    /** DATA on a stream beyond those negotiated. */
    INVALID_STREAM,
    /** A fragment that belongs to no message: no beginning, a beginning inside, or stream, order or number changing. */
    ORPHAN_FRAGMENT,
    /** An ordered message whose stream sequence number or message identifier has been delivered or is there already. */
    STALE_SSN,
    /** I-DATA whose message identifier is further ahead than what is missing or waits can explain. */
    MESSAGE_TOO_FAR,
    /** SACK that acknowledges less than an earlier one. */
    OLD_SACK,
    /** SACK naming TSNs never sent, or with impossible gap blocks. */
    INVALID_SACK,
    /** FORWARD-TSN or I-FORWARD-TSN at or behind the cumulative TSN, beyond the window, or not negotiated. */
    INVALID_FORWARD_TSN,
    /** RE-CONFIG that makes no sense. */
    INVALID_RECONFIG,
    /** HEARTBEAT ACK with a nonce not outstanding. */
    FOREIGN_HEARTBEAT_ACK,
    /** An answer not given because {@link SctpOptions#maxQueuedReplies()} are waiting. */
    REPLY_LIMIT,
    /** An ERROR not sent because ten were sent within the second. */
    ERROR_RATE_LIMIT
}
