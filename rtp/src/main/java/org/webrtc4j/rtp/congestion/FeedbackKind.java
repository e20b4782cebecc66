package org.webrtc4j.rtp.congestion;

/** What the other side tells of the arrival of packets. */
public enum FeedbackKind {
    /** Nothing: nothing is estimated and nothing waits. */
    NONE,
    /** By the transport's numbers (draft-holmer-rmcat-transport-wide-cc-extensions-01): of packets that carry one. */
    TRANSPORT,
    /** Stream by stream (RFC 8888): of all packets. */
    BY_STREAM
}
