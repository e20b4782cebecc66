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

    /** Of the chunk sent last among those newly acknowledged, for the delivery rate. */
    boolean hasNewest;

    long newestOrder;
    long newestSentAt;
    long newestDelivered;
    long newestDeliveredAt;
    long newestFirstSentAt;
    boolean newestLimited;

    /** Chunks found lost by reports. */
    int losses;

    long lostBytes;

    void clear() {
        bytes = 0;
        cumulativeAdvanced = false;
        highestNewlyAcked = -1;
        hasSample = false;
        sampleSentAt = 0;
        hasNewest = false;
        losses = 0;
        lostBytes = 0;
    }
}
