package org.webrtc4j.sctp.tx;

/** What one SACK has changed; one object per association, reused. */
final class AckResult {

    enum Verdict {
        APPLIED,
        OLD,
        INVALID
    }

    /** More retransmissions overtaken by their originals are not told one by one. */
    static final int MAX_OVERTAKEN = 16;

    /** Serialized bytes acknowledged for the first time. */
    long bytes;

    boolean cumulativeAdvanced;
    /** The highest TSN acknowledged for the first time, or -1. */
    long highestNewlyAcked;
    /** The highest TSN in a gap block, or the cumulative one. */
    long highestReported;
    /** Latest send time of a chunk sent once and acknowledged now. */
    long sampleSentAt;

    boolean hasSample;
    /** A chunk sent once came after one sent later: packets change places on this path. */
    boolean reordered;

    /** Of the chunk sent last among those newly acknowledged. */
    boolean hasNewest;

    long newestOrder;
    long newestSentAt;
    long newestDelivered;
    long newestDeliveredAt;
    long newestFirstSentAt;
    boolean newestLimited;

    /** Chunks acknowledged too soon for their last transmission: an earlier one had arrived. */
    final long[] overtaken = new long[MAX_OVERTAKEN];

    int overtakenCount;

    void clear() {
        bytes = 0;
        cumulativeAdvanced = false;
        highestNewlyAcked = -1;
        highestReported = -1;
        hasSample = false;
        sampleSentAt = 0;
        reordered = false;
        hasNewest = false;
        newestOrder = 0;
        overtakenCount = 0;
    }

    void overtaken(long tsn) {
        if (overtakenCount < MAX_OVERTAKEN) {
            overtaken[overtakenCount++] = tsn;
        }
    }
}
