package org.webrtc4j.sctp.tx;

/**
 * Ends the first slow start before it loses (HyStart++, RFC 9406): when the least round-trip time of a round is higher than
 * that of the round before, growth slows down to a quarter, and ends unless the rise turns out to have been noise.
 */
final class HyStart {

    // RFC 9406 section 4.3.
    private static final long LEAST_RISE_NANOS = 4_000_000L;
    private static final long MOST_RISE_NANOS = 16_000_000L;
    private static final int RISE_DIVISOR = 8;
    private static final int SAMPLES = 8;
    private static final int CONSERVATIVE_DIVISOR = 4;
    private static final int CONSERVATIVE_ROUNDS = 5;

    private static final long NONE = Long.MAX_VALUE;

    private final RoundCounter rounds = new RoundCounter();
    private long lastRoundNanos = NONE;
    private long thisRoundNanos = NONE;
    private int samples;
    /** The round-trip time that began the conservative phase; {@link #NONE} outside of it. */
    private long baselineNanos = NONE;

    private int conservativeRounds;
    private boolean over;
    private boolean ended;

    /** Looks at an acknowledgement in slow start. */
    void onAcked(AckSample sample) {
        if (ended) {
            return;
        }
        if (rounds.onAcked(sample)) {
            beginRound();
        }
        if (sample.rttNanos < 0 || over) {
            return;
        }
        thisRoundNanos = Math.min(thisRoundNanos, sample.rttNanos);
        samples++;
        if (samples < SAMPLES) {
            return;
        }
        if (baselineNanos != NONE) {
            if (thisRoundNanos < baselineNanos) {
                baselineNanos = NONE;
                conservativeRounds = 0;
            }
        } else if (lastRoundNanos != NONE && thisRoundNanos >= lastRoundNanos + rise()) {
            baselineNanos = thisRoundNanos;
        }
    }

    private void beginRound() {
        lastRoundNanos = thisRoundNanos;
        thisRoundNanos = NONE;
        samples = 0;
        if (baselineNanos != NONE) {
            conservativeRounds++;
            over |= conservativeRounds >= CONSERVATIVE_ROUNDS;
        }
    }

    private long rise() {
        return Math.max(LEAST_RISE_NANOS, Math.min(lastRoundNanos / RISE_DIVISOR, MOST_RISE_NANOS));
    }

    /** By how much the window grows for what was acknowledged. */
    long growth(long acked) {
        return ended || baselineNanos == NONE ? acked : acked / CONSERVATIVE_DIVISOR;
    }

    /** Whether slow start ends here. */
    boolean isOver() {
        return over && !ended;
    }

    /** The first slow start is over; later ones know where to end. */
    void end() {
        ended = true;
    }
}
