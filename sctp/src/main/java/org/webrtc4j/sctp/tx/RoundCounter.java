package org.webrtc4j.sctp.tx;

/** Counts round trips: one is over when something is acknowledged that was sent after it began. */
final class RoundCounter {

    private long end;
    private long count;

    /** Begins a round now. */
    void restart(long delivered) {
        end = delivered;
    }

    /** Tells whether a round begins with this acknowledgement. */
    boolean onAcked(AckSample sample) {
        if (sample.deliveredBefore < end) {
            return false;
        }
        end = sample.delivered;
        count++;
        return true;
    }

    /** Rounds begun so far. */
    long count() {
        return count;
    }
}
