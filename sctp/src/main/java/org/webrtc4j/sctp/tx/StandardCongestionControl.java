package org.webrtc4j.sctp.tx;

/** The congestion control of RFC 9260 section 7.2, counting bytes. */
public final class StandardCongestionControl implements CongestionControl {

    private static final int LEAST_PACKETS_AFTER_LOSS = 4;

    private final int packetSize;
    private final long initialWindow;
    private long window;
    private long threshold;
    private long partialBytesAcked;

    public StandardCongestionControl(int packetSize, int initialPackets, long peerWindow) {
        this.packetSize = packetSize;
        initialWindow = (long) packetSize * initialPackets;
        window = initialWindow;
        threshold = Math.max(peerWindow, initialWindow);
    }

    @Override
    public long window() {
        return window;
    }

    @Override
    public long slowStartThreshold() {
        return threshold;
    }

    @Override
    public void onAcked(long bytes, boolean cumulativeAdvanced, boolean fullyUtilised) {
        if (window <= threshold) {
            // Section 7.2.1 lets the window grow by what was acknowledged, at most L packets per SACK. One SACK covers
            // a
            // whole received batch here, so the limit is the window: at most doubled per round trip. Bursts have a
            // limit
            // of their own.
            if (cumulativeAdvanced && fullyUtilised) {
                window += Math.min(bytes, window);
            }
            return;
        }
        // Section 7.2.2: one packet per window acknowledged.
        partialBytesAcked += bytes;
        if (partialBytesAcked >= window) {
            partialBytesAcked -= window;
            if (fullyUtilised) {
                window += packetSize;
            }
        }
    }

    @Override
    public void onLoss() {
        threshold = Math.max(window / 2, (long) LEAST_PACKETS_AFTER_LOSS * packetSize);
        window = threshold;
        partialBytesAcked = 0;
    }

    @Override
    public void onTimeout() {
        threshold = Math.max(window / 2, (long) LEAST_PACKETS_AFTER_LOSS * packetSize);
        window = packetSize;
        partialBytesAcked = 0;
    }

    @Override
    public void onIdle() {
        // Section 7.2.1: what the path took then is no promise now. The threshold remembers it.
        if (window > initialWindow) {
            threshold = Math.max(threshold, window * 3 / 4);
            window = initialWindow;
            partialBytesAcked = 0;
        }
    }
}
