package org.webrtc4j.sctp.tx;

/** How much may be in flight. Bytes are serialized bytes: chunk headers and padding count. */
public interface CongestionControl {

    /** Bytes that may be in flight. */
    long window();

    /** Where slow start ends, in bytes. */
    long slowStartThreshold();

    /**
     * Data was acknowledged outside of a recovery.
     *
     * @param bytes newly acknowledged
     * @param cumulativeAdvanced whether the cumulative TSN moved
     * @param fullyUtilised whether the window was what held the sender back
     */
    void onAcked(long bytes, boolean cumulativeAdvanced, boolean fullyUtilised);

    /** Loss was found by reports: a recovery begins. */
    void onLoss();

    /** T3 expired. */
    void onTimeout();

    /** Nothing was sent for a retransmission timeout. */
    void onIdle();
}
