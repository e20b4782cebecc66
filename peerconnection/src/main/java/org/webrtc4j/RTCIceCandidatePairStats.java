package org.webrtc4j;

import org.jspecify.annotations.Nullable;

/**
 * A pair of candidates.
 *
 * @param id stable over the life of the object
 * @param timestamp milliseconds since 1970-01-01T00:00:00Z; the same in a whole report
 * @param transportId the id of its transport
 * @param localCandidateId the id of the local candidate
 * @param remoteCandidateId the id of the remote candidate
 * @param state the state of its checks
 * @param nominated whether it was nominated
 * @param packetsSent packets sent on it, STUN left out
 * @param packetsReceived packets received on it, STUN left out
 * @param bytesSent payload bytes of those sent
 * @param bytesReceived payload bytes of those received
 * @param lastPacketSentTimestamp when a packet was last sent, in milliseconds since 1970; null when never
 * @param lastPacketReceivedTimestamp when a packet was last received, in milliseconds since 1970; null when never
 * @param totalRoundTripTime the sum of all round-trip times measured, in seconds
 * @param currentRoundTripTime the latest round-trip time, in seconds; null before the first
 * @param availableOutgoingBitrate bits a second; null while nothing estimates it
 * @param availableIncomingBitrate bits a second; null while nothing estimates it
 * @param requestsReceived checks received
 * @param requestsSent checks sent, without retransmissions
 * @param responsesReceived answers received
 * @param responsesSent answers sent
 * @param consentRequestsSent consent checks sent (RFC 7675)
 * @param packetsDiscardedOnSend packets dropped before sending; null when not known for one pair
 * @param bytesDiscardedOnSend bytes of those; null when not known for one pair
 * @see <a href="https://www.w3.org/TR/webrtc-stats/#candidatepair-dict*">the specification</a>
 */
public record RTCIceCandidatePairStats(
        String id,
        double timestamp,
        String transportId,
        String localCandidateId,
        String remoteCandidateId,
        RTCStatsIceCandidatePairState state,
        boolean nominated,
        long packetsSent,
        long packetsReceived,
        long bytesSent,
        long bytesReceived,
        @Nullable Double lastPacketSentTimestamp,
        @Nullable Double lastPacketReceivedTimestamp,
        double totalRoundTripTime,
        @Nullable Double currentRoundTripTime,
        @Nullable Double availableOutgoingBitrate,
        @Nullable Double availableIncomingBitrate,
        long requestsReceived,
        long requestsSent,
        long responsesReceived,
        long responsesSent,
        long consentRequestsSent,
        @Nullable Long packetsDiscardedOnSend,
        @Nullable Long bytesDiscardedOnSend)
        implements RTCStats {

    @Override
    public RTCStatsType type() {
        return RTCStatsType.CANDIDATE_PAIR;
    }
}
