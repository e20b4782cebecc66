package org.webrtc4j.sctp;

/** Which congestion controller the sender of an association uses. */
public enum SctpCongestionControl {
    /** The controller of RFC 9260 section 7.2, counting bytes: half the window on loss, one packet more per round trip. */
    STANDARD,

    /** CUBIC (RFC 9438) with HyStart++ (RFC 9406): recovers faster on fast, long paths; queues of most of the internet know it. */
    CUBIC,

    /**
     * Of the BBR family: sends at the rate that the path delivers, and takes losses for congestion only where they are more
     * than the path has of its own. For long paths that lose; beside flows of the others it takes more than its share there.
     */
    MODEL
}
