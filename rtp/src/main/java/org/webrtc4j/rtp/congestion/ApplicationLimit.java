package org.webrtc4j.rtp.congestion;

/** Whether the application sends so much less than it may that its rate says nothing about the path. */
final class ApplicationLimit {

    /** Of the target that is taken for full use. */
    private static final double USE = 0.65;

    private static final double WINDOW_SECONDS = 0.5;
    private static final double BEGIN = 0.8;
    private static final double END = 0.5;

    private double spareBits;
    private long updatedNanos = Long.MIN_VALUE;
    private boolean limited;

    boolean isLimited() {
        return limited;
    }

    void onSent(int bytes) {
        spareBits -= 8.0 * bytes;
    }

    void update(long target, long nowNanos) {
        double bits = target * USE;
        double most = bits * WINDOW_SECONDS;
        if (updatedNanos != Long.MIN_VALUE) {
            spareBits += bits * (nowNanos - updatedNanos) / 1e9;
        }
        spareBits = Math.max(-most, Math.min(spareBits, most));
        updatedNanos = nowNanos;
        if (spareBits > BEGIN * most) {
            limited = true;
        } else if (spareBits < END * most) {
            limited = false;
        }
    }
}
