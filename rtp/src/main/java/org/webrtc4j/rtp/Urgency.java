package org.webrtc4j.rtp;

/** What packets are for, the most urgent first: the order in which they leave where they wait. */
enum Urgency {
    /** Sound leaves at once: it is little, and waits for nothing. */
    AUDIO,
    RETRANSMISSION,
    VIDEO,
    /** Repair packets for what may be lost. */
    REPAIR,
    /** Nothing, to find out whether the path carries more. */
    PADDING;

    private static final Urgency[] ALL = values();

    static Urgency of(int ordinal) {
        return ALL[ordinal];
    }

    boolean isMedia() {
        return this == AUDIO || this == VIDEO;
    }
}
