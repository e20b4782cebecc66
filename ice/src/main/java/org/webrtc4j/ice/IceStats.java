package org.webrtc4j.ice;

import java.util.List;
import java.util.Map;

/**
 * Counters of a transport, a snapshot.
 *
 * @param packetsSent packets of the layers above that left
 * @param packetsReceived packets handed to the layers above
 * @param bytesSent bytes of those sent
 * @param bytesReceived bytes of those received
 * @param selectedPairChanges how often the selected pair changed
 * @param drops packets dropped in either direction, by reason
 * @param localCandidates all local candidates of the current generation
 * @param remoteCandidates all remote candidates of the current generation
 * @param pairs every pair known, with its own counters
 */
public record IceStats(
        long packetsSent,
        long packetsReceived,
        long bytesSent,
        long bytesReceived,
        int selectedPairChanges,
        Map<String, Long> drops,
        List<IceCandidate> localCandidates,
        List<IceCandidate> remoteCandidates,
        List<Pair> pairs) {

    /**
     * Copies the collections.
     *
     * @param packetsSent packets of the layers above that left
     * @param packetsReceived packets handed to the layers above
     * @param bytesSent bytes of those sent
     * @param bytesReceived bytes of those received
     * @param selectedPairChanges how often the selected pair changed
     * @param drops packets dropped in either direction, by reason
     * @param localCandidates all local candidates of the current generation
     * @param remoteCandidates all remote candidates of the current generation
     * @param pairs every pair known, with its own counters
     */
    public IceStats {
        drops = Map.copyOf(drops);
        localCandidates = List.copyOf(localCandidates);
        remoteCandidates = List.copyOf(remoteCandidates);
        pairs = List.copyOf(pairs);
    }

    /** The state of a pair, as RTCStatsIceCandidatePairState names it. */
    public enum PairState {
        /** Not yet checked. */
        WAITING,
        /** A check is under way. */
        IN_PROGRESS,
        /** A check succeeded. */
        SUCCEEDED,
        /** Checks ended without success. */
        FAILED
    }

    /**
     * The counters of one pair, as RTCIceCandidatePairStats has them.
     *
     * @param local the local candidate
     * @param remote the remote candidate
     * @param state the state of its checks
     * @param nominated whether it was nominated
     * @param packetsSent packets of the layers above sent on it
     * @param packetsReceived packets of the layers above received on it
     * @param bytesSent bytes of those sent
     * @param bytesReceived bytes of those received
     * @param totalRoundTripNanos the sum of all round-trip times measured
     * @param currentRoundTripNanos the latest round-trip time, or -1
     * @param requestsReceived checks received
     * @param requestsSent checks sent, without retransmissions and consent
     * @param responsesReceived answers received
     * @param responsesSent answers sent
     * @param consentRequestsSent consent checks sent (RFC 7675)
     * @param lastSentNanos when a packet of the layers above was last sent, or -1
     * @param lastReceivedNanos when one was last received, or -1
     */
    public record Pair(
            IceCandidate local,
            IceCandidate remote,
            PairState state,
            boolean nominated,
            long packetsSent,
            long packetsReceived,
            long bytesSent,
            long bytesReceived,
            long totalRoundTripNanos,
            long currentRoundTripNanos,
            long requestsReceived,
            long requestsSent,
            long responsesReceived,
            long responsesSent,
            long consentRequestsSent,
            long lastSentNanos,
            long lastReceivedNanos) {}
}
