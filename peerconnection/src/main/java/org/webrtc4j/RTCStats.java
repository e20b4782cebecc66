package org.webrtc4j;

/**
 * The statistics of one object at one time. A member that is null is absent.
 *
 * @see <a href="https://www.w3.org/TR/webrtc/#rtcstats-dictionary">the specification</a>
 */
public sealed interface RTCStats
        permits RTCAudioPlayoutStats,
                RTCCertificateStats,
                RTCCodecStats,
                RTCDataChannelStats,
                RTCIceCandidatePairStats,
                RTCIceCandidateStats,
                RTCMediaSourceStats,
                RTCPeerConnectionStats,
                RTCRtpStreamStats,
                RTCSctpTransportStats,
                RTCTransportStats {

    /**
     * Returns the name of the object within its connection.
     *
     * @return stable over the life of the object
     */
    String id();

    /**
     * Returns when the statistics were taken.
     *
     * @return milliseconds since 1970-01-01T00:00:00Z; the same in a whole report, but for what the other side has reported:
     *     that is as old as its report
     */
    double timestamp();

    /**
     * Returns what the object is.
     *
     * @return the type
     */
    RTCStatsType type();
}
