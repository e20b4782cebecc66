package org.webrtc4j;

import org.jspecify.annotations.Nullable;

/**
 * An SCTP association. Not in the standard (proposed in w3c/webrtc-stats, number 821).
 *
 * @param id stable over the life of the object
 * @param timestamp milliseconds since 1970-01-01T00:00:00Z; the same in a whole report
 * @param transportId the id of the DTLS transport below
 * @param state its state
 * @param smoothedRoundTripTime the smoothed round-trip time, in seconds; null before the first
 * @param congestionWindow bytes that may be in flight
 * @param receiverWindow bytes that the other side takes
 * @param unacknowledgedBytes bytes in flight
 * @param mtu the largest SCTP packet, in bytes
 * @param packetsSent SCTP packets sent
 * @param packetsReceived SCTP packets received
 * @param retransmittedChunks DATA chunks sent again
 * @param messageInterleaving whether I-DATA is in use (RFC 8260)
 * @param zeroChecksum whether the checksum is left out (RFC 9653)
 * @param partialReliability whether the other side knows partial reliability (RFC 3758)
 */
public record RTCSctpTransportStats(
        String id,
        double timestamp,
        String transportId,
        RTCSctpTransportState state,
        @Nullable Double smoothedRoundTripTime,
        long congestionWindow,
        long receiverWindow,
        long unacknowledgedBytes,
        int mtu,
        long packetsSent,
        long packetsReceived,
        long retransmittedChunks,
        boolean messageInterleaving,
        boolean zeroChecksum,
        boolean partialReliability)
        implements RTCStats {

    @Override
    public RTCStatsType type() {
        return RTCStatsType.SCTP_TRANSPORT;
    }
}
