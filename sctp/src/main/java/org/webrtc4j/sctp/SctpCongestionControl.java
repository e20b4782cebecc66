package org.webrtc4j.sctp;

/** Which congestion controller the sender of an association uses. */
public enum SctpCongestionControl {
    /** The controller of RFC 9260 section 7.2, counting bytes: half the window on loss, one packet more per round trip. */
    STANDARD
}
