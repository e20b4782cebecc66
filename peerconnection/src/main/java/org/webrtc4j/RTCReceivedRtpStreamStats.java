package org.webrtc4j;

/**
 * An RTP stream, as its receiver sees it.
 *
 * @see <a href="https://www.w3.org/TR/webrtc-stats/#receivedrtpstats-dict*">the specification</a>
 */
public sealed interface RTCReceivedRtpStreamStats extends RTCRtpStreamStats
        permits RTCInboundRtpStreamStats, RTCRemoteInboundRtpStreamStats {

    /**
     * Returns how many packets have come.
     *
     * @return packets
     */
    long packetsReceived();

    /**
     * Returns how many packets are missing, by RFC 3550 section 6.4.1.
     *
     * @return packets expected less those received; may be negative
     */
    long packetsLost();

    /**
     * Returns the interarrival jitter.
     *
     * @return seconds
     */
    double jitter();
}
