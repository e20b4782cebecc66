package org.webrtc4j.rtp;

import org.webrtc4j.rtp.wire.NtpTime;

/** Round trips by the answers to reports (RFC 3550 section 6.4.1): the latest, their sum, and a smoothed one. */
final class RoundTrip {

    /** Taken before the first measurement. */
    static final long UNKNOWN_NANOS = 100_000_000L;

    private static final int MAX_UNITS = 60 << 16;
    private static final long SMOOTHING = 8;

    private long latest;
    private long total;
    private long measurements;
    private long smoothed;

    /** Takes an answer: when it came, to what, and how long the other side held it, all in 1/65536 seconds. */
    long onAnswer(int now, int sent, long held) {
        // An answer in less than no time comes from clocks that round.
        int units = now - sent - (int) held;
        if (units > MAX_UNITS || units < -MAX_UNITS) {
            return 0;
        }
        long nanos = Math.max(1, NtpTime.toNanos(Math.max(0, units)));
        onMeasured(nanos);
        return nanos;
    }

    void onMeasured(long nanos) {
        latest = nanos;
        total += nanos;
        smoothed = measurements++ == 0 ? nanos : smoothed + (nanos - smoothed) / SMOOTHING;
    }

    long latestNanos() {
        return latest;
    }

    long totalNanos() {
        return total;
    }

    long measurements() {
        return measurements;
    }

    long smoothedNanos() {
        return measurements == 0 ? UNKNOWN_NANOS : smoothed;
    }
}
