package org.webrtc4j.sctp;

/** What became of a message given to {@code send}. */
public enum SendStatus {
    /** Accepted; it leaves at the end of this turn or when the windows allow. */
    QUEUED,
    /** Refused: the stream already holds {@link SctpOptions#streamBufferSize()} bytes. */
    BUFFER_FULL,
    /** Refused: larger than the peer accepts ({@link SctpOptions#maxSendMessageSize()}). */
    TOO_LARGE,
    /** Refused: a message of zero bytes cannot be expressed in SCTP (RFC 9260 section 3.3.1). */
    EMPTY,
    /** Refused: the stream does not exist, or not among the streams the peer accepts. */
    NO_SUCH_STREAM,
    /** Refused: the association is shutting down or over. */
    CLOSED
}
