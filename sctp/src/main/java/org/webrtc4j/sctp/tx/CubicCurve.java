package org.webrtc4j.sctp.tx;

/**
 * The window as a cubic function of the time since the last reduction (RFC 9438 section 4.2): fast back towards where the
 * last loss was, flat around it, then faster and faster beyond. Beside it the window that standard control would have,
 * which is a floor (section 4.3). Windows are bytes.
 */
final class CubicCurve {

    /** In packets per second cubed. */
    private static final double C = 0.4;

    private static final double NANOS = 1e9;
    private static final double MOST_GROWTH = 1.5;
    /** As aggressive as standard control with half as reduction: 3 (1 - beta) / (1 + beta). */
    private static final double ALPHA = 3 * (1 - CubicCongestionControl.BETA) / (1 + CubicCongestionControl.BETA);

    private final double packetSize;
    private boolean begun;
    private long beginNanos;
    private long lastNanos;
    /** Where the curve is flat. */
    private double plateau;
    /** How many seconds it takes to get there. */
    private double seconds;

    private double standard;
    /** Where the last reduction began: from there on the floor grows like standard control does. */
    private double before;

    CubicCurve(int packetSize) {
        this.packetSize = packetSize;
    }

    /** A copy, to go back to. */
    void set(CubicCurve other) {
        begun = other.begun;
        beginNanos = other.beginNanos;
        lastNanos = other.lastNanos;
        plateau = other.plateau;
        seconds = other.seconds;
        standard = other.standard;
        before = other.before;
    }

    /** The window was reduced from here: the next curve comes back to it, or less far when flows make room (section 4.7). */
    void reduced(double window) {
        plateau = window < plateau ? window * (1 + CubicCongestionControl.BETA) / 2 : window;
        before = window;
        begun = false;
    }

    /** A timeout: the next curve begins where slow start ends (section 4.8). */
    void forget() {
        plateau = 0;
        begun = false;
    }

    /** Time does not count while the window is not what holds the sender back (section 5.8). */
    void pause(long nowNanos) {
        if (begun) {
            beginNanos += nowNanos - lastNanos;
            lastNanos = nowNanos;
        }
    }

    /** The window after this much was acknowledged in congestion avoidance. */
    double grow(double window, long acked, long rttNanos, long nowNanos) {
        if (!begun) {
            begin(window, nowNanos);
        }
        lastNanos = nowNanos;
        double elapsed = (nowNanos - beginNanos) / NANOS;
        standard += (standard < before ? ALPHA : 1) * packetSize * acked / window;
        if (at(elapsed) < standard) {
            return Math.max(window, standard);
        }
        double target = Math.min(Math.max(at(elapsed + rttNanos / NANOS), window), MOST_GROWTH * window);
        return window + (target - window) * Math.min(1, acked / window);
    }

    private void begin(double window, long nowNanos) {
        begun = true;
        beginNanos = nowNanos;
        plateau = Math.max(plateau, window);
        // StrictMath: the same on every machine.
        seconds = StrictMath.cbrt((plateau - window) / packetSize / C);
        standard = window;
    }

    private double at(double elapsed) {
        double t = elapsed - seconds;
        return plateau + C * packetSize * t * t * t;
    }
}
