package org.webrtc4j.sctp;

/**
 * Which stream's turn it is when several have something to send (RFC 8260 section 3).
 *
 * <p>A turn is a message where messages are not interleaved, since the fragments of one may not be mixed with those of
 * another (RFC 9260 section 6.9), and a fragment where they are ({@link SctpOptions#interleaving()}).
 */
public enum SctpScheduler {
    /** Streams take turns, whatever their priorities and however long a turn is. */
    ROUND_ROBIN,
    /**
     * Streams share bytes in the ratio of their priorities (RFC 8260 section 3.6, RFC 8831 section 6.4). Equal priorities and
     * sizes are round robin.
     */
    WEIGHTED_FAIR,
    /** Messages leave in the order in which they were queued, whatever their streams and priorities. */
    FIRST_COME
}
