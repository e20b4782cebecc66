package org.webrtc4j;

/**
 * The type of a statistics object.
 *
 * @see <a href="https://www.w3.org/TR/webrtc-stats/#summary">the specification</a>
 */
public enum RTCStatsType {
    /** {@link RTCPeerConnectionStats}. */
    PEER_CONNECTION("peer-connection"),

    /** {@link RTCDataChannelStats}. */
    DATA_CHANNEL("data-channel"),

    /** {@link RTCTransportStats}. */
    TRANSPORT("transport"),

    /** {@link RTCIceCandidatePairStats}. */
    CANDIDATE_PAIR("candidate-pair"),

    /** {@link RTCIceCandidateStats} of this side. */
    LOCAL_CANDIDATE("local-candidate"),

    /** {@link RTCIceCandidateStats} of the other side. */
    REMOTE_CANDIDATE("remote-candidate"),

    /** {@link RTCCertificateStats}. */
    CERTIFICATE("certificate"),

    /** {@link RTCCodecStats}. */
    CODEC("codec"),

    /** {@link RTCInboundRtpStreamStats}. */
    INBOUND_RTP("inbound-rtp"),

    /** {@link RTCOutboundRtpStreamStats}. */
    OUTBOUND_RTP("outbound-rtp"),

    /** {@link RTCRemoteInboundRtpStreamStats}. */
    REMOTE_INBOUND_RTP("remote-inbound-rtp"),

    /** {@link RTCRemoteOutboundRtpStreamStats}. */
    REMOTE_OUTBOUND_RTP("remote-outbound-rtp"),

    /** {@link RTCMediaSourceStats}. */
    MEDIA_SOURCE("media-source"),

    /** {@link RTCAudioPlayoutStats}. */
    MEDIA_PLAYOUT("media-playout"),

    /** {@link RTCSctpTransportStats}; not in the standard. */
    SCTP_TRANSPORT("sctp-transport");

    private final String wireName;

    RTCStatsType(String wireName) {
        this.wireName = wireName;
    }

    /**
     * Returns the value as the W3C text has it.
     *
     * @return the text
     */
    public String wireName() {
        return wireName;
    }

    /**
     * Finds the value of a W3C text.
     *
     * @param text the text, in lower case
     * @return the value
     * @throws DOMException TypeError when there is none
     */
    public static RTCStatsType fromWireName(String text) {
        for (RTCStatsType value : values()) {
            if (value.wireName.equals(text)) {
                return value;
            }
        }
        throw DOMException.typeError("No RTCStatsType is called " + text);
    }

    /** Returns {@link #wireName()}. */
    @Override
    public String toString() {
        return wireName;
    }
}
