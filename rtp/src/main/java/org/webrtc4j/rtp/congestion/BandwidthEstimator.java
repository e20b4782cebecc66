package org.webrtc4j.rtp.congestion;

/**
 * Says how much a connection may send, from what its receiver reports. An engine: confined to one thread, time is given.
 *
 * <p>Rates are bits per second of whole RTP packets, headers included.
 */
public interface BandwidthEstimator {

    /** No probe is to be sent. */
    int NO_PROBE = 0;

    /**
     * Takes note of a packet that leaves.
     *
     * @param bytes its size
     * @param probe the probe that it belongs to, or {@link #NO_PROBE}
     * @param nowNanos the time of this turn
     */
    void onSent(int bytes, int probe, long nowNanos);

    /**
     * Takes a report of the receiver.
     *
     * @param report what became of packets, borrowed for the call
     * @param nowNanos the time of this turn
     */
    void onReport(PacketReport report, long nowNanos);

    /**
     * Takes a measured round trip.
     *
     * @param nanos its time
     */
    void onRoundTrip(long nanos);

    /**
     * Takes a limit of the receiver (REMB).
     *
     * @param bitsPerSecond the most it wants
     */
    void onRemoteLimit(long bitsPerSecond);

    /**
     * Sets the bounds of the estimate.
     *
     * @param leastBitsPerSecond it never falls below
     * @param mostBitsPerSecond it never rises above; not probed for either
     */
    void setBounds(long leastBitsPerSecond, long mostBitsPerSecond);

    /**
     * Lets time pass.
     *
     * @param nowNanos the time of this turn
     */
    void handleTimeout(long nowNanos);

    /**
     * Returns when {@link #handleTimeout} wants to be called next.
     *
     * @return absolute nanoseconds, or {@link Long#MAX_VALUE}
     */
    long nextTimeout();

    /**
     * Returns what media, repair and padding may have together.
     *
     * @return bits per second
     */
    long targetRate();

    /**
     * Returns how fast what is queued leaves.
     *
     * @return bits per second
     */
    long pacingRate();

    /**
     * Returns the probe that is to be sent now: packets, padding if there are no others, at its own rate.
     *
     * @return its number for {@link #onSent}, or {@link #NO_PROBE}
     */
    int probe();

    /**
     * Returns the rate of the probe.
     *
     * @return bits per second, while {@link #probe} is not {@link #NO_PROBE}
     */
    long probeRate();
}
