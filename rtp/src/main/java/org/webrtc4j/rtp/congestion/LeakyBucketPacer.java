package org.webrtc4j.rtp.congestion;

/** A leaky bucket: packets leave at the rate, and those of {@link #BURST_NANOS} may leave at once, so that a timer need not fire for each. */
public final class LeakyBucketPacer implements Pacer {

    /** What may leave at once after a pause. */
    public static final long BURST_NANOS = 5_000_000L;

    private static final long NANOS_PER_BYTE_AT_1_BIT = 8_000_000_000L;
    private static final long LEAST_RATE = 1_000;

    private long rate = LEAST_RATE;
    private boolean begun;
    private long nextNanos;

    /** Creates a pacer whose rate is to be set. */
    public LeakyBucketPacer() {}

    @Override
    public void setRate(long bitsPerSecond) {
        rate = Math.max(LEAST_RATE, bitsPerSecond);
    }

    @Override
    public void onSent(int bytes, long nowNanos) {
        long from = begun ? Math.max(nextNanos, nowNanos - BURST_NANOS) : nowNanos - BURST_NANOS;
        begun = true;
        nextNanos = from + bytes * NANOS_PER_BYTE_AT_1_BIT / rate;
    }

    @Override
    public boolean maySend(long nowNanos) {
        return !begun || nextNanos - nowNanos <= 0;
    }

    @Override
    public long nextNanos() {
        return nextNanos;
    }
}
