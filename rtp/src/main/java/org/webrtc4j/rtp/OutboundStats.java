package org.webrtc4j.rtp;

/**
 * A snapshot of a sent stream, for W3C's outbound-rtp and remote-inbound-rtp.
 *
 * @param packetsSent without retransmissions
 * @param bytesSent of payload, without retransmissions
 * @param headerBytesSent of headers, without retransmissions
 * @param retransmittedPacketsSent packets sent again
 * @param retransmittedBytesSent of payload of these, with the original sequence numbers (RFC 4588 section 4)
 * @param retransmittedHeaderBytesSent everything else of these and of packets of padding: headers, padding
 * @param paddingPacketsSent packets of padding only
 * @param lastPacketNanos when the latest packet was sent, 0 for none
 * @param nackCount packets asked for by the receiver, each time
 * @param nackPacketCount RTCP packets that did so
 * @param pliCount picture loss indications received
 * @param firCount full intra requests received, repetitions not counted
 * @param reportsSent sender reports sent
 * @param remoteReports reports received about the stream
 * @param remoteReportNanos when the latest one arrived, 0 for none
 * @param remotePacketsReceived packets received there, by the latest report
 * @param remotePacketsLost packets lost, by the latest report
 * @param remoteFractionLost share of packets lost between the last two reports, 0 to 1
 * @param remoteJitterSeconds interarrival jitter at the receiver
 * @param remoteHighestSequence highest number received, with wraps above it
 * @param roundTripNanos latest round trip, 0 for none
 * @param roundTripTotalNanos sum of all measurements
 * @param roundTripMeasurements how many measurements there were
 * @param payloadType of the latest packet, -1 for none
 * @param fecPacketsSent repair packets
 * @param fecBytesSent of payload of these
 * @param totalSendDelayNanos how long packets waited for the pacer, together
 */
public record OutboundStats(
        long packetsSent,
        long bytesSent,
        long headerBytesSent,
        long retransmittedPacketsSent,
        long retransmittedBytesSent,
        long retransmittedHeaderBytesSent,
        long paddingPacketsSent,
        long lastPacketNanos,
        long nackCount,
        long nackPacketCount,
        long pliCount,
        long firCount,
        long reportsSent,
        long remoteReports,
        long remoteReportNanos,
        long remotePacketsReceived,
        long remotePacketsLost,
        double remoteFractionLost,
        double remoteJitterSeconds,
        long remoteHighestSequence,
        long roundTripNanos,
        long roundTripTotalNanos,
        long roundTripMeasurements,
        int payloadType,
        long fecPacketsSent,
        long fecBytesSent,
        long totalSendDelayNanos) {}
