package org.webrtc4j.sctp.tx;

/** What one SACK, or a timer by which chunks are held lost, says of the path; one object per association, reused. */
final class AckSample {

    /** Serialized bytes newly acknowledged. */
    long bytes;
    /** In flight before this SACK. */
    long flightBefore;
    /** In flight after it, less what it showed to be lost. */
    long flightAfter;
    /** Round-trip time of the newest chunk acknowledged that was sent once; -1: none. */
    long rttNanos;
    /** 0 before the first sample. */
    long smoothedRttNanos;
    /** Serialized bytes delivered in the association's life, after this SACK. */
    long delivered;
    /** {@link #delivered} when the newest chunk acknowledged was sent; rounds are counted with it. */
    long deliveredBefore;
    /** Bytes per second by draft-cheng-iccrg-delivery-rate-estimation; 0: none. */
    long deliveryRate;
    /** That rate was held back by the application or the peer's window. */
    boolean appLimited;

    boolean cumulativeAdvanced;
    /** The window was what held the sender back. */
    boolean fullyUtilised;
    /** A recovery was on before this SACK, or begins with it. */
    boolean recovering;

    boolean recoveryBegins;
    /** Serialized bytes newly held lost. */
    long lostBytes;

    /** Nothing acknowledged and nothing lost yet. */
    void clear(long flight, long delivered, long smoothedRttNanos) {
        bytes = 0;
        flightBefore = flight;
        flightAfter = flight;
        rttNanos = -1;
        this.smoothedRttNanos = smoothedRttNanos;
        this.delivered = delivered;
        deliveredBefore = delivered;
        deliveryRate = 0;
        appLimited = false;
        cumulativeAdvanced = false;
        fullyUtilised = false;
        recovering = false;
        recoveryBegins = false;
        lostBytes = 0;
    }
}
