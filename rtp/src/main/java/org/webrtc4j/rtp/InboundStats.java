package org.webrtc4j.rtp;

/**
 * A snapshot of a received stream, for W3C's inbound-rtp and remote-outbound-rtp.
 *
 * @param packetsReceived without retransmissions, with duplicates
 * @param bytesReceived of payload
 * @param headerBytesReceived of headers and padding
 * @param packetsLost expected less received, before repair; may be negative
 * @param packetsDiscarded refused: duplicates, too old, unconfirmed jumps, unknown payload types
 * @param jitterSeconds interarrival jitter
 * @param lastPacketNanos when the latest packet arrived, 0 for none
 * @param nackCount lost packets asked for, each time
 * @param nackPacketCount RTCP packets that did so
 * @param pliCount picture loss indications sent
 * @param firCount full intra requests sent
 * @param retransmittedPacketsReceived packets of the RTX stream, padding included
 * @param retransmittedBytesReceived of payload of these, with the original sequence numbers (RFC 4588 section 4)
 * @param retransmittedHeaderBytesReceived everything else of these: headers, padding
 * @param repairedPackets lost packets that came again
 * @param remoteReports sender reports received
 * @param remotePacketsSent packets its sender has sent, by the latest report
 * @param remoteBytesSent payload its sender has sent, by the latest report
 * @param remoteTimeMicros wall time of the latest report, microseconds since 1970, 0 for none
 * @param remoteReportNanos when the latest report arrived
 * @param roundTripNanos to the sender, by its answers to our reference times, 0 for none
 * @param roundTripTotalNanos sum of all measurements of it
 * @param roundTripMeasurements how many measurements there were
 * @param payloadType of the latest packet, -1 for none
 * @param audioLevel of the latest packet, 0 (loudest) to 127 (silence) in -dBov, -1 when not said
 * @param audioEnergy sum of squared amplitude times seconds, by the levels told; the loudest amplitude is 1
 * @param audioSeconds of sound whose level was told
 * @param fecPacketsReceived repair packets
 * @param fecBytesReceived of payload of these
 * @param fecPacketsDiscarded repair packets that were not needed or of no use
 * @param recoveredPackets lost packets that repair packets gave back
 */
public record InboundStats(
        long packetsReceived,
        long bytesReceived,
        long headerBytesReceived,
        long packetsLost,
        long packetsDiscarded,
        double jitterSeconds,
        long lastPacketNanos,
        long nackCount,
        long nackPacketCount,
        long pliCount,
        long firCount,
        long retransmittedPacketsReceived,
        long retransmittedBytesReceived,
        long retransmittedHeaderBytesReceived,
        long repairedPackets,
        long remoteReports,
        long remotePacketsSent,
        long remoteBytesSent,
        long remoteTimeMicros,
        long remoteReportNanos,
        long roundTripNanos,
        long roundTripTotalNanos,
        long roundTripMeasurements,
        int payloadType,
        int audioLevel,
        double audioEnergy,
        double audioSeconds,
        long fecPacketsReceived,
        long fecBytesReceived,
        long fecPacketsDiscarded,
        long recoveredPackets) {}
