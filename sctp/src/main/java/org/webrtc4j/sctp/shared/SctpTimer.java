package org.webrtc4j.sctp.shared;

/** The timers of one association (RFC 9260 section 16, RFC 6525 section 5). */
public enum SctpTimer {
    /** T1-init and T1-cookie: the set-up. */
    T1,
    /** T2-shutdown: SHUTDOWN and SHUTDOWN ACK. */
    T2,
    /** T3-rtx: outstanding data; a closed window of the peer, too. */
    T3,
    /** Tail loss probe, before T3 would cost the window. */
    PROBE,
    /** A chunk that something sent later has overtaken is held lost (RFC 8985). */
    REORDERING,
    /** The pacer lets the next packets leave. */
    PACING,
    /** The delayed acknowledgement. */
    SACK,
    /** An unanswered RE-CONFIG request. */
    RECONFIG,
    /** Idle time until the next HEARTBEAT, or until its answer is late. */
    HEARTBEAT,
    /** The answer to a probe of the path's packet size, or the next search (RFC 8899 section 5.1.1). */
    PATH_MTU,
    /** T5-shutdown-guard: the end of a shutdown that never ends (RFC 9260 section 9.2). */
    SHUTDOWN_GUARD
}
