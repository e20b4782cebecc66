package org.webrtc4j.sctp.tx;

/** The highest delivery rate of the last two probing cycles: what the path has shown that it can. */
final class BandwidthFilter {

    private long thisCycle;
    private long lastCycle;

    /** Takes a sample; what the sender held back counts only where it is a record all the same. */
    void update(long rate, boolean limited) {
        if (!limited || rate >= max()) {
            thisCycle = Math.max(thisCycle, rate);
        }
    }

    /** A cycle is over; one without a sample changes nothing. */
    void advance() {
        if (thisCycle > 0) {
            lastCycle = thisCycle;
            thisCycle = 0;
        }
    }

    /** Bytes per second; 0 before the first sample. */
    long max() {
        return Math.max(thisCycle, lastCycle);
    }
}
