package org.webrtc4j.sctp.tx;

/**
 * By how much acknowledgements come in lumps: the most, in the last rounds, by which what was acknowledged in a stretch of
 * time exceeded the bandwidth. So much more has to be in flight for the path to be busy until the next lump.
 */
final class AckAggregation {

    private static final int ROUNDS = 10;
    /** Lumps longer than this are not bridged. */
    private static final double MOST_SECONDS = 0.1;

    private static final double NANOS = 1e9;

    private long stretchBegan;
    private long stretchBytes;
    private long thisHalf;
    private long lastHalf;
    private long halfBegan;

    /** Takes what a SACK acknowledged while the bandwidth was held to be this. */
    void update(long acked, long bandwidth, long window, long round, long nowNanos) {
        if (round - halfBegan >= ROUNDS / 2) {
            lastHalf = thisHalf;
            thisHalf = 0;
            halfBegan = round;
        }
        double expected = bandwidth * ((nowNanos - stretchBegan) / NANOS);
        if (stretchBytes <= expected) {
            stretchBytes = 0;
            stretchBegan = nowNanos;
            expected = 0;
        }
        stretchBytes += acked;
        thisHalf = Math.max(thisHalf, Math.min(stretchBytes - (long) expected, window));
    }

    /** Bytes. */
    long extra(long bandwidth) {
        return Math.min(Math.max(thisHalf, lastHalf), (long) (bandwidth * MOST_SECONDS));
    }
}
