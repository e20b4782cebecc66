package org.webrtc4j.sctp.tx;

/** The least round-trip time of the last ten to twenty seconds: paths change, and a floor that is too low costs patience. */
final class LeastRtt {

    private static final long PERIOD_NANOS = 10_000_000_000L;

    private long current;
    private long previous;
    private long since;
    private boolean known;

    void clear() {
        known = false;
    }

    void observe(long rttNanos, long nowNanos) {
        if (rttNanos < 0) {
            return;
        }
        if (!known) {
            known = true;
            current = rttNanos;
            previous = rttNanos;
            since = nowNanos;
        } else if (nowNanos - since >= PERIOD_NANOS) {
            previous = current;
            current = rttNanos;
            since = nowNanos;
        } else {
            current = Math.min(current, rttNanos);
        }
    }

    /** 0 before the first sample. */
    long nanos() {
        return known ? Math.min(current, previous) : 0;
    }
}
