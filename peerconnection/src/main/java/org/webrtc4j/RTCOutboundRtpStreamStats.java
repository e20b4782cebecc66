package org.webrtc4j;

import org.jspecify.annotations.Nullable;

/**
 * A stream that is sent, with its retransmissions.
 *
 * <p>Frames come encoded from their source: one that was sent counts as encoded. Of forwarded packets the frames that have
 * ended are counted as sent.
 *
 * @param id stable over the life of the object
 * @param timestamp milliseconds since 1970-01-01T00:00:00Z; the same in a whole report
 * @param ssrc its synchronisation source
 * @param kind audio or video
 * @param transportId the id of the transport
 * @param codecId the id of the codec; null before the first packet
 * @param packetsSent packets sent, retransmissions and padding included
 * @param bytesSent bytes of payload, retransmissions included
 * @param mid the mid of the transceiver
 * @param mediaSourceId the id of what is sent; null without a track
 * @param remoteId the id of what its receiver reports; null before the first report
 * @param rid which stream of a simulcast it is; null without simulcast
 * @param encodingIndex its place among the encodings of its sender
 * @param headerBytesSent bytes of RTP headers and padding
 * @param retransmittedPacketsSent packets sent again
 * @param retransmittedBytesSent bytes of payload of these
 * @param rtxSsrc the source of its retransmissions; null without RTX
 * @param frameWidth of the latest key frame, in pixels; null when it is not known
 * @param frameHeight of the latest key frame, in pixels; null when it is not known
 * @param framesPerSecond frames of the last second; null for audio
 * @param framesSent frames sent; null for audio
 * @param framesEncoded frames of the source that were sent, forwarded ones not counted; null for audio
 * @param keyFramesEncoded key frames among them; null for audio
 * @param nackCount RTCP packets that asked for lost packets
 * @param firCount full intra requests received; null for audio
 * @param pliCount picture loss indications received; null for audio
 * @param active whether it may be sent
 * @see <a href="https://www.w3.org/TR/webrtc-stats/#outboundrtpstats-dict*">the specification</a>
 */
public record RTCOutboundRtpStreamStats(
        String id,
        double timestamp,
        long ssrc,
        String kind,
        String transportId,
        @Nullable String codecId,
        long packetsSent,
        long bytesSent,
        String mid,
        @Nullable String mediaSourceId,
        @Nullable String remoteId,
        @Nullable String rid,
        int encodingIndex,
        long headerBytesSent,
        long retransmittedPacketsSent,
        long retransmittedBytesSent,
        @Nullable Long rtxSsrc,
        @Nullable Integer frameWidth,
        @Nullable Integer frameHeight,
        @Nullable Double framesPerSecond,
        @Nullable Long framesSent,
        @Nullable Long framesEncoded,
        @Nullable Long keyFramesEncoded,
        long nackCount,
        @Nullable Long firCount,
        @Nullable Long pliCount,
        boolean active)
        implements RTCSentRtpStreamStats {

    @Override
    public RTCStatsType type() {
        return RTCStatsType.OUTBOUND_RTP;
    }
}
