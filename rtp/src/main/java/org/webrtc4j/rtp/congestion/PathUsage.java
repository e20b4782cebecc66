package org.webrtc4j.rtp.congestion;

/** What the change of delays says about the path (draft-ietf-rmcat-gcc-02 section 5.4). */
enum PathUsage {
    /** A queue drains. */
    UNDERUSED,
    NORMAL,
    /** A queue grows. */
    OVERUSED
}
