package org.webrtc4j;

import org.jspecify.annotations.Nullable;

/**
 * What the receiver of a stream reports.
 *
 * @param id stable over the life of the object
 * @param timestamp when the report of the other side arrived, in milliseconds since 1970-01-01T00:00:00Z
 * @param ssrc its synchronisation source
 * @param kind audio or video
 * @param transportId the id of the transport
 * @param codecId the id of the codec; null before the first packet
 * @param packetsReceived packets received, retransmissions not counted
 * @param packetsLost packets expected less those received; may be negative
 * @param jitter interarrival jitter, in seconds
 * @param localId the id of the stream that is sent
 * @param roundTripTime the latest round trip, in seconds; null before the first
 * @param totalRoundTripTime the sum of all round trips, in seconds
 * @param fractionLost share of packets lost between the last two reports, 0 to 1
 * @param roundTripTimeMeasurements how many round trips were measured
 * @see <a href="https://www.w3.org/TR/webrtc-stats/#remoteinboundrtpstats-dict*">the specification</a>
 */
public record RTCRemoteInboundRtpStreamStats(
        String id,
        double timestamp,
        long ssrc,
        String kind,
        String transportId,
        @Nullable String codecId,
        long packetsReceived,
        long packetsLost,
        double jitter,
        String localId,
        @Nullable Double roundTripTime,
        double totalRoundTripTime,
        double fractionLost,
        long roundTripTimeMeasurements)
        implements RTCReceivedRtpStreamStats {

    @Override
    public RTCStatsType type() {
        return RTCStatsType.REMOTE_INBOUND_RTP;
    }
}
