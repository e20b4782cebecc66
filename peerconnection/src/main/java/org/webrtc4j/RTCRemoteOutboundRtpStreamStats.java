package org.webrtc4j;

import org.jspecify.annotations.Nullable;

/**
 * What the sender of a stream reports.
 *
 * @param id stable over the life of the object
 * @param timestamp when the report of the other side arrived, in milliseconds since 1970-01-01T00:00:00Z
 * @param ssrc its synchronisation source
 * @param kind audio or video
 * @param transportId the id of the transport
 * @param codecId the id of the codec; null before the first packet
 * @param packetsSent packets sent, as the other side counts them
 * @param bytesSent bytes of payload, as the other side counts them
 * @param localId the id of the stream that is received
 * @param remoteTimestamp when the report was made by the clock of the other side, in milliseconds since
 *     1970-01-01T00:00:00Z
 * @param reportsSent how many reports have come
 * @param roundTripTime the latest round trip by extended reports, in seconds; null before the first (RFC 3611)
 * @param totalRoundTripTime the sum of these round trips, in seconds
 * @param roundTripTimeMeasurements how many of them were measured
 * @see <a href="https://www.w3.org/TR/webrtc-stats/#remoteoutboundrtpstats-dict*">the specification</a>
 */
public record RTCRemoteOutboundRtpStreamStats(
        String id,
        double timestamp,
        long ssrc,
        String kind,
        String transportId,
        @Nullable String codecId,
        long packetsSent,
        long bytesSent,
        String localId,
        double remoteTimestamp,
        long reportsSent,
        @Nullable Double roundTripTime,
        double totalRoundTripTime,
        long roundTripTimeMeasurements)
        implements RTCSentRtpStreamStats {

    @Override
    public RTCStatsType type() {
        return RTCStatsType.REMOTE_OUTBOUND_RTP;
    }
}
