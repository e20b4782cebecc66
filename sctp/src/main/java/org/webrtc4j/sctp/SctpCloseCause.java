package org.webrtc4j.sctp;

/**
 * Why an association is over.
 *
 * @param kind who ended it and how
 * @param causeCode the error cause code of the ABORT sent or received (RFC 9260 section 3.3.10), 0 when it had none; the
 *     {@code sctpCauseCode} of W3C's RTCError
 * @param message one sentence for a log
 */
public record SctpCloseCause(Kind kind, int causeCode, String message) {

    /** Who ended the association and how. */
    public enum Kind {
        /** A graceful shutdown, begun here, is complete. */
        LOCAL_SHUTDOWN,
        /** A graceful shutdown, begun by the peer, is complete. */
        PEER_SHUTDOWN,
        /** {@code abort} was called. */
        LOCAL_ABORT,
        /** The peer sent ABORT. */
        PEER_ABORT,
        /** The peer did not answer as often as the options allow. */
        TOO_MANY_RETRIES,
        /** The peer broke the protocol in a way that cannot be survived. */
        PROTOCOL_VIOLATION,
        /** The peer needs more memory than the options grant. */
        OUT_OF_RESOURCE
    }
}
