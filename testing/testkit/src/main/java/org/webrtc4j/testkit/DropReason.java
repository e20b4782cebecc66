package org.webrtc4j.testkit;

/** Why a packet did not arrive. */
public enum DropReason {
    /** Lost by chance, or chosen by the test. */
    LOSS,
    /** Sent within a blackout. */
    BLACKOUT,
    /** Larger than the MTU. */
    TOO_LARGE,
    /** The queue before the bottleneck was full, in bytes or in time. */
    QUEUE_FULL,
    /** No such address in reach, or one of another family. */
    NO_ROUTE,
    /** Nobody listens at that port. */
    NO_SOCKET,
    /** The NAT has no mapping for that port. */
    NAT_UNMAPPED,
    /** The NAT's filter refuses that sender. */
    NAT_FILTERED,
    /** Sent to the NAT's own outer address from inside, and the NAT does no hairpinning. */
    NAT_HAIRPIN,
    /** The NAT has no free port. */
    NAT_FULL
}
