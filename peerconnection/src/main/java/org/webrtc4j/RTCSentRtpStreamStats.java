package org.webrtc4j;

/**
 * An RTP stream, as its sender sees it.
 *
 * @see <a href="https://www.w3.org/TR/webrtc-stats/#sentrtpstats-dict*">the specification</a>
 */
public sealed interface RTCSentRtpStreamStats extends RTCRtpStreamStats
        permits RTCOutboundRtpStreamStats, RTCRemoteOutboundRtpStreamStats {

    /**
     * Returns how many packets have left.
     *
     * @return packets
     */
    long packetsSent();

    /**
     * Returns how much has left.
     *
     * @return bytes of payload
     */
    long bytesSent();
}
