package org.webrtc4j.sctp.tx;

/** How much may be in flight, and how fast it leaves. Bytes are serialized bytes: chunk headers and padding count. */
public interface CongestionControl {

    /** Bytes that may be in flight. */
    long window();

    /** Where slow start ends, in bytes; the window for a controller that has none. */
    long slowStartThreshold();

    /**
     * Packets are of another size from now on (RFC 8899).
     *
     * @param bytes of chunks in the largest packet
     */
    default void onPacketSize(int bytes) {
        // What is in flight counts in bytes all the same.
    }

    /** Bytes per second at which packets leave; 0: as fast as the window lets them, before the first round-trip sample. */
    long pacingRate();

    /**
     * A chunk leaves, new or sent again.
     *
     * @param bytes its size
     * @param flightBefore what was in flight without it
     * @param nowNanos the time of this turn
     */
    void onSent(long bytes, long flightBefore, long nowNanos);

    /** A SACK acknowledged something new, in a recovery or outside; {@link #onLoss} came first if it showed a loss, too. */
    void onAcked(AckSample sample, long nowNanos);

    /**
     * Chunks are newly held lost, by a SACK or by a timer.
     *
     * @param sample with {@link AckSample#recoveryBegins} at the first of a recovery
     * @param lostBytes their size
     * @param nowNanos the time of this turn
     */
    void onLoss(AckSample sample, long lostBytes, long nowNanos);

    /** T3 expired: everything in flight is held lost. */
    void onTimeout(long nowNanos);

    /** The last beginning of a recovery, or the last timeout, was a mistake: what it changed is taken back. */
    void onSpurious(long nowNanos);

    /** Everything that was outstanding when the recovery began is acknowledged. */
    void onRecoveryExit(long nowNanos);

    /** Nothing was sent for a retransmission timeout. */
    void onIdle(long nowNanos);
}
