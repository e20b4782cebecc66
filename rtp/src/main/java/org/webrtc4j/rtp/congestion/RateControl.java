package org.webrtc4j.rtp.congestion;

/**
 * Raises and lowers the rate by what the path says (draft-ietf-rmcat-gcc-02 section 5.5): down to what got through less 15 % when
 * a queue grows, up by 8 % a second while the link's capacity is not known, and by half a packet a response near it.
 */
final class RateControl {

    private static final double NEAR = 1.1;
    private static final double BACKOFF = 0.85;
    private static final long BACKOFF_MARGIN = 5_000;
    private static final double GROWTH_A_SECOND = 1.08;
    private static final long LEAST_GROWTH = 4_000;
    private static final double HEADROOM = 1.5;
    private static final long HEADROOM_BITS = 10_000;
    private static final long RESPONSE_NANOS = 100_000_000L;
    private static final long LEAST_PAUSE_NANOS = 10_000_000L;
    private static final long MOST_PAUSE_NANOS = 200_000_000L;
    private static final double FRAMES_A_SECOND = 30;
    private static final double PACKET_BITS = 1_200 * 8;

    private enum State {
        HOLD,
        INCREASE
    }

    private final LinkCapacity capacity = new LinkCapacity();
    private State state = State.HOLD;
    private long rate;
    private long rttNanos = 200_000_000L;
    private long changedNanos;
    private long decreasedNanos = Long.MIN_VALUE;
    /** The throughput has left what was taken for the link's capacity behind. */
    private boolean outgrown;

    RateControl(long startRate) {
        rate = startRate;
    }

    long rate() {
        return rate;
    }

    /** Faster than this nothing should leave: what the link carries where that is known, a multiple of the rate otherwise. */
    long pacing(long target, double usual) {
        long faster = (long) (usual * target);
        return capacity.isKnown() ? Math.max((long) (NEAR * target), Math.min(faster, capacity.rate())) : faster;
    }

    void onRoundTrip(long nanos) {
        rttNanos = nanos;
    }

    /** Sets what was measured. */
    void set(long measured, long nowNanos) {
        rate = measured;
        changedNanos = nowNanos;
    }

    void hold(long bound) {
        rate = Math.min(rate, bound);
    }

    /** Whether the capacity seems to have risen, since the last call. */
    boolean takeOutgrown() {
        boolean was = outgrown;
        outgrown = false;
        return was;
    }

    /** A queue still grows after a decrease: another one is due after a round trip, or when far less gets through. */
    boolean mayDecrease(long throughput, long nowNanos) {
        long pause = Math.max(LEAST_PAUSE_NANOS, Math.min(rttNanos, MOST_PAUSE_NANOS));
        return decreasedNanos == Long.MIN_VALUE
                || nowNanos - decreasedNanos >= pause
                || (throughput != Throughput.UNKNOWN && throughput < rate / 2);
    }

    void onOveruse(long throughput, long nowNanos) {
        long decreased = throughput == Throughput.UNKNOWN ? rate / 2 : (long) (throughput * BACKOFF);
        decreased = Math.max(decreased - BACKOFF_MARGIN, 0);
        if (decreased > rate && capacity.isKnown()) {
            decreased = (long) (BACKOFF * capacity.rate());
        }
        rate = Math.min(rate, decreased);
        if (throughput != Throughput.UNKNOWN) {
            if (capacity.isAbove(throughput)) {
                capacity.forget();
            }
            capacity.onOveruse(throughput);
        }
        state = State.HOLD;
        decreasedNanos = nowNanos;
        changedNanos = nowNanos;
    }

    /** A queue drains: wait until it is gone. */
    void onUnderuse(long nowNanos) {
        state = State.HOLD;
        changedNanos = nowNanos;
    }

    void onNormal(long throughput, boolean applicationLimited, long nowNanos) {
        if (state == State.HOLD) {
            state = State.INCREASE;
            changedNanos = nowNanos;
            return;
        }
        if (throughput != Throughput.UNKNOWN && capacity.isBelow(throughput)) {
            capacity.forget();
            outgrown = true;
        }
        double seconds = Math.min((nowNanos - changedNanos) / 1e9, 1);
        changedNanos = nowNanos;
        long bound = throughput == Throughput.UNKNOWN ? Long.MAX_VALUE : (long) (HEADROOM * throughput) + HEADROOM_BITS;
        if (rate >= bound || applicationLimited) {
            return;
        }
        double grown = capacity.isKnown()
                ? rate + seconds * growthNearCapacity()
                : Math.max(rate * Math.pow(GROWTH_A_SECOND, seconds), rate + 1_000 * seconds);
        rate = Math.min((long) grown, bound);
    }

    /** About one packet a response time. */
    private double growthNearCapacity() {
        double frame = rate / FRAMES_A_SECOND;
        double packets = Math.ceil(frame / PACKET_BITS);
        return Math.max(LEAST_GROWTH, frame / packets / ((rttNanos + RESPONSE_NANOS) / 1e9));
    }
}
