package org.webrtc4j.sctp.tx;

/** What one SACK has changed; one object per association, reused. */
final class AckResult {

    enum Verdict {
        APPLIED,
        OLD,
        INVALID
    }

    /** Serialized bytes acknowledged for the first time. */
    long bytes;

    boolean cumulativeAdvanced;
    /** The highest TSN acknowledged for the first time, or -1. */
    long highestNewlyAcked;
    /** Latest send time of a chunk sent once and acknowledged now. */
    long sampleSentAt;

    boolean hasSample;
    /** Chunks found lost by reports. */
    int losses;

    void clear() {
        bytes = 0;
        cumulativeAdvanced = false;
        highestNewlyAcked = -1;
        hasSample = false;
        sampleSentAt = 0;
        losses = 0;
    }
}
