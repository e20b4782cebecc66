package org.webrtc4j.sctp.tx;

/**
 * What is known of the path: how much it delivers in a second and how much it holds, as measured, and the bounds that losses
 * have set to both: {@link #flightHigh} lasts, those called low hold until the next probe.
 */
final class PathModel {

    static final int LEAST_PACKETS = 4;

    /** What a bound is lowered to. */
    static final double BETA = 0.7;

    private static final long NONE = Long.MAX_VALUE;
    private static final double NANOS = 1e9;
    /** Of {@link #flightHigh}, what is left to others. */
    private static final double HEADROOM = 0.15;
    /** What leaves back to back: a millisecond's worth, within these. */
    private static final int LEAST_BURST_PACKETS = 2;

    private static final long MOST_BURST_BYTES = 64 * 1024;
    private static final int MILLIS_PER_SECOND = 1_000;
    private static final int BURSTS = 3;

    final BandwidthFilter bandwidth = new BandwidthFilter();
    final MinRttFilter minRtt = new MinRttFilter();
    final AckAggregation aggregation = new AckAggregation();

    private final int packetSize;
    private long flightHigh = NONE;
    private long bandwidthLow = NONE;
    private long flightLow = NONE;

    private long flightHighBefore = NONE;
    private long bandwidthLowBefore = NONE;
    private long flightLowBefore = NONE;

    PathModel(int packetSize) {
        this.packetSize = packetSize;
    }

    /** Bytes per second that the path is held to deliver now; 0 before the first sample. */
    long rate() {
        return Math.min(bandwidth.max(), bandwidthLow);
    }

    /** Bandwidth times round-trip time; 0 before both are known. */
    long product(long rate) {
        return minRtt.isKnown() ? (long) (rate * (minRtt.nanos() / NANOS)) : 0;
    }

    /** So many times what the path holds, and what it takes to keep it busy between bursts. */
    long flight(long rate, double gain) {
        long burst =
                Math.max(Math.min(rate / MILLIS_PER_SECOND, MOST_BURST_BYTES), (long) LEAST_BURST_PACKETS * packetSize);
        return Math.max((long) (gain * product(rate)), Math.max(BURSTS * burst, least()));
    }

    long least() {
        return (long) LEAST_PACKETS * packetSize;
    }

    /** What loss has shown to be too much; {@link Long#MAX_VALUE}: nothing. */
    long flightHigh() {
        return flightHigh;
    }

    void setFlightHigh(long bytes) {
        flightHigh = bytes;
    }

    /** {@link #flightHigh} less what is left to others. */
    long flightWithHeadroom() {
        if (flightHigh == NONE) {
            return NONE;
        }
        long headroom = Math.max(packetSize, (long) (HEADROOM * flightHigh));
        return Math.max(flightHigh - headroom, least());
    }

    long flightLow() {
        return flightLow;
    }

    /** A round has lost too much: what it delivered is what the path takes now, or somewhat less than before. */
    void lower(long rateOfRound, long deliveredInRound, long window) {
        long rate = bandwidthLow == NONE ? bandwidth.max() : bandwidthLow;
        long flight = flightLow == NONE ? window : flightLow;
        bandwidthLow = Math.max(rateOfRound, (long) (BETA * rate));
        flightLow = Math.max(deliveredInRound, (long) (BETA * flight));
    }

    /** A probe begins: what was too much then may not be now. */
    void forgetLow() {
        bandwidthLow = NONE;
        flightLow = NONE;
    }

    /** Remembers the bounds. */
    void remember() {
        flightHighBefore = flightHigh;
        bandwidthLowBefore = bandwidthLow;
        flightLowBefore = flightLow;
    }

    /** The losses since {@link #remember} were none. */
    void takeBack() {
        flightHigh = Math.max(flightHigh, flightHighBefore);
        bandwidthLow = Math.max(bandwidthLow, bandwidthLowBefore);
        flightLow = Math.max(flightLow, flightLowBefore);
    }
}
