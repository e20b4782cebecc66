package org.webrtc4j.rtp.congestion;

/**
 * Says when the next packet may leave, so that a large frame does not fill the queues of the path at once. An engine: confined to one
 * thread, time is given. What waits, and in which order, is not its concern.
 */
public interface Pacer {

    /**
     * Sets how fast packets leave.
     *
     * @param bitsPerSecond of whole RTP packets
     */
    void setRate(long bitsPerSecond);

    /**
     * Takes note of a packet that leaves, whether it was asked for or not.
     *
     * @param bytes its size
     * @param nowNanos the time of this turn
     */
    void onSent(int bytes, long nowNanos);

    /**
     * Tells whether a packet may leave.
     *
     * @param nowNanos the time of this turn
     * @return false when it has to wait
     */
    boolean maySend(long nowNanos);

    /**
     * Returns when the next packet may leave, if none may now.
     *
     * @return absolute nanoseconds, perhaps in the past
     */
    long nextNanos();
}
