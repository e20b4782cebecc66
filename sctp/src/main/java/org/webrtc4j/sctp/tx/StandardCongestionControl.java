package org.webrtc4j.sctp.tx;

/** The congestion control of RFC 9260 section 7.2, counting bytes, paced. */
public final class StandardCongestionControl implements CongestionControl {

    private static final int LEAST_PACKETS_AFTER_LOSS = 4;

    private int packetSize;
    private final long initialWindow;
    private long window;
    private long threshold;
    private long partialBytesAcked;
    private long smoothedRttNanos;

    /** What the last reduction changed, for the case that it was a mistake. */
    private long windowBefore;

    private long thresholdBefore;

    public StandardCongestionControl(int packetSize, int initialPackets, long peerWindow) {
        this.packetSize = packetSize;
        initialWindow = (long) packetSize * initialPackets;
        window = initialWindow;
        threshold = Math.max(peerWindow, initialWindow);
        windowBefore = window;
        thresholdBefore = threshold;
    }

    @Override
    public long window() {
        return window;
    }

    @Override
    public void onPacketSize(int bytes) {
        packetSize = bytes;
    }

    @Override
    public long slowStartThreshold() {
        return threshold;
    }

    @Override
    public long pacingRate() {
        return WindowPacing.rate(window, threshold, smoothedRttNanos);
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
        if (window <= threshold) {
            // Section 7.2.1 lets the window grow by what was acknowledged, at most L packets per SACK. One SACK covers
            // a whole received batch here, so the limit is the window: at most doubled per round trip. Pacing keeps
            // that from being a burst.
            if (sample.cumulativeAdvanced && sample.fullyUtilised) {
                long most = Math.max(window, threshold) + packetSize;
                window = Math.min(window + Math.min(sample.bytes, window), most);
            }
            return;
        }
        // Section 7.2.2: one packet per window acknowledged.
        partialBytesAcked += sample.bytes;
        if (partialBytesAcked >= window) {
            partialBytesAcked -= window;
            if (sample.fullyUtilised) {
                window += packetSize;
            }
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
            window = packetSize;
        }
    }

    private void reduce() {
        windowBefore = window;
        thresholdBefore = threshold;
        threshold = Math.max(window / 2, (long) LEAST_PACKETS_AFTER_LOSS * packetSize);
        partialBytesAcked = 0;
    }

    @Override
    public void onSpurious(long nowNanos) {
        window = Math.max(window, windowBefore);
        threshold = Math.max(threshold, thresholdBefore);
    }

    @Override
    public void onRecoveryExit(long nowNanos) {
        // The window has been the threshold since the recovery began.
    }

    @Override
    public void onIdle(long nowNanos) {
        // Section 7.2.1: what the path took then is no promise now. The threshold remembers it.
        if (window > initialWindow) {
            threshold = Math.max(threshold, window * 3 / 4);
            window = initialWindow;
            partialBytesAcked = 0;
        }
    }
}
