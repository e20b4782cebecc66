package org.webrtc4j.sctp.tx;

/** CUBIC (RFC 9438) with HyStart++ (RFC 9406), paced: reduces less than standard control, and grows by time, not by round trips. */
final class CubicCongestionControl implements CongestionControl {

    /** What a reduction leaves (RFC 9438 section 4.6). */
    static final double BETA = 0.7;

    private static final int LEAST_PACKETS_AFTER_LOSS = 4;

    private final int packetSize;
    private final long initialWindow;
    private final HyStart hyStart = new HyStart();
    private final CubicCurve curve;
    private double window;
    private long threshold;
    private long smoothedRttNanos;

    /** What the last reduction changed, for the case that it was a mistake (RFC 9438 section 4.9). */
    private final CubicCurve curveBefore;

    private double windowBefore;
    private long thresholdBefore;

    CubicCongestionControl(int packetSize, int initialPackets, long peerWindow) {
        this.packetSize = packetSize;
        initialWindow = (long) packetSize * initialPackets;
        window = initialWindow;
        threshold = Math.max(peerWindow, initialWindow);
        curve = new CubicCurve(packetSize);
        curveBefore = new CubicCurve(packetSize);
        windowBefore = window;
        thresholdBefore = threshold;
    }

    @Override
    public long window() {
        return (long) window;
    }

    @Override
    public long slowStartThreshold() {
        return threshold;
    }

    @Override
    public long pacingRate() {
        return WindowPacing.rate(window(), threshold, smoothedRttNanos);
    }

    @Override
    public void onSent(long bytes, long flightBefore, long nowNanos) {
        // Only acknowledgements count here.
    }

    @Override
    public void onAcked(AckSample sample, long nowNanos) {
        smoothedRttNanos = sample.smoothedRttNanos;
        if (sample.recovering) {
            return;
        }
        if (window < threshold) {
            slowStart(sample);
        } else if (sample.fullyUtilised) {
            window = curve.grow(window, sample.bytes, smoothedRttNanos, nowNanos);
        } else {
            curve.pause(nowNanos);
        }
    }

    private void slowStart(AckSample sample) {
        hyStart.onAcked(sample);
        if (sample.cumulativeAdvanced && sample.fullyUtilised) {
            window += hyStart.growth(Math.min(sample.bytes, window()));
        }
        if (hyStart.isOver()) {
            threshold = window();
            hyStart.end();
        }
    }

    @Override
    public void onLoss(AckSample sample, long lostBytes, long nowNanos) {
        if (sample.recoveryBegins) {
            reduce();
            window = threshold;
        }
    }

    @Override
    public void onTimeout(long nowNanos) {
        // A second timeout in a row finds the window at one packet: the first one's memory is the one to keep.
        if (window > packetSize) {
            reduce();
            curve.forget();
            window = packetSize;
        }
    }

    private void reduce() {
        curveBefore.set(curve);
        windowBefore = window;
        thresholdBefore = threshold;
        curve.reduced(window);
        threshold = Math.max((long) (window * BETA), (long) LEAST_PACKETS_AFTER_LOSS * packetSize);
        hyStart.end();
    }

    @Override
    public void onSpurious(long nowNanos) {
        if (window < windowBefore) {
            window = windowBefore;
            threshold = thresholdBefore;
            curve.set(curveBefore);
        }
    }

    @Override
    public void onRecoveryExit(long nowNanos) {
        // The window has been the threshold since the recovery began.
    }

    @Override
    public void onIdle(long nowNanos) {
        // RFC 9260 section 7.2.1: what the path took then is no promise now. The threshold remembers it.
        if (window > initialWindow) {
            threshold = Math.max(threshold, (long) (window * 3 / 4));
            window = initialWindow;
        }
    }
}
