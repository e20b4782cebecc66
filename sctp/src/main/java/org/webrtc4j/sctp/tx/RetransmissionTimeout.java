package org.webrtc4j.sctp.tx;

import org.webrtc4j.sctp.SctpOptions;

/** The retransmission timeout (RFC 9260 section 6.3.1, RFC 6298). */
public final class RetransmissionTimeout {

    /** A clock that jumps must not freeze the association. */
    private static final long MAX_SAMPLE_NANOS = 60_000_000_000L;
    /** Least variance, so that a very even path does not time out on the first hiccup. */
    private static final long GRANULARITY_NANOS = 1_000_000L;

    private final long minNanos;
    private final long maxNanos;
    private final long backoffMaxNanos;
    private long smoothedNanos;
    private long varianceNanos;
    private long timeoutNanos;

    public RetransmissionTimeout(SctpOptions options) {
        minNanos = options.rtoMinNanos();
        maxNanos = options.rtoMaxNanos();
        backoffMaxNanos = options.backoffMaxNanos();
        timeoutNanos = options.rtoInitialNanos();
    }

    /** Takes a round-trip time of something sent once (Karn's rule is the caller's); negative ones are ignored. */
    public void observe(long rttNanos) {
        if (rttNanos < 0) {
            return;
        }
        long sample = Math.min(rttNanos, MAX_SAMPLE_NANOS);
        if (smoothedNanos == 0) {
            smoothedNanos = Math.max(sample, 1);
            varianceNanos = sample / 2;
        } else {
            // RTTVAR first, with the old SRTT: alpha 1/8, beta 1/4.
            varianceNanos += (Math.abs(smoothedNanos - sample) - varianceNanos) / 4;
            smoothedNanos = Math.max(smoothedNanos + (sample - smoothedNanos) / 8, 1);
        }
        long timeout = smoothedNanos + Math.max(4 * varianceNanos, GRANULARITY_NANOS);
        timeoutNanos = Math.min(Math.max(timeout, minNanos), maxNanos);
    }

    /** Doubles the timeout, up to the limit of backing off (section 6.3.3 E2). */
    public void backOff() {
        timeoutNanos = backedOff(timeoutNanos);
    }

    /** What a timeout becomes when it doubles: never less than it was, never beyond the limit by doubling. */
    public long backedOff(long nanos) {
        return Math.max(nanos, Math.min(2 * nanos, Math.min(backoffMaxNanos, maxNanos)));
    }

    public long timeoutNanos() {
        return timeoutNanos;
    }

    /** The smoothed round-trip time, 0 before the first sample. */
    public long smoothedNanos() {
        return smoothedNanos;
    }
}
