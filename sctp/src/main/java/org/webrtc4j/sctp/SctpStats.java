package org.webrtc4j.sctp;

import java.util.Map;

/**
 * A snapshot of an association's counters.
 *
 * @param packetsSent packets given to the sink
 * @param packetsReceived packets taken in, dropped ones too
 * @param chunksSent DATA chunks sent, retransmissions included
 * @param chunksReceived DATA chunks accepted
 * @param chunksRetransmitted DATA chunks sent again
 * @param fastRecoveries times loss was found by reports or by time
 * @param spuriousRecoveries recoveries and timeouts taken back: nothing had been lost
 * @param timeouts times T3 expired with data outstanding
 * @param probes tail loss probes sent
 * @param messagesSent messages whose last fragment was sent
 * @param messagesReceived messages delivered
 * @param messagesAbandoned messages given up (RFC 3758)
 * @param bytesSent payload bytes first sent
 * @param bytesReceived payload bytes delivered
 * @param congestionWindow bytes that may be in flight
 * @param slowStartThreshold bytes
 * @param bytesInFlight serialized bytes sent and neither acknowledged nor held lost
 * @param peerWindow bytes the peer still has room for
 * @param packetSize bytes of the largest packet that may carry data now
 * @param receiveWindow bytes there is still room for here
 * @param bufferedBytes payload queued and never sent, all streams
 * @param smoothedRttNanos smoothed round-trip time, 0 before the first sample
 * @param rtoNanos the retransmission timeout
 * @param interleaving whether messages are interleaved (RFC 8260): both sides can
 * @param zeroChecksum whether packets leave without a checksum (RFC 9653): both sides take them
 * @param partialReliability whether messages may be given up: both sides can
 * @param drops what was dropped, by reason; reasons that never happened are absent
 */
public record SctpStats(
        long packetsSent,
        long packetsReceived,
        long chunksSent,
        long chunksReceived,
        long chunksRetransmitted,
        long fastRecoveries,
        long spuriousRecoveries,
        long timeouts,
        long probes,
        long messagesSent,
        long messagesReceived,
        long messagesAbandoned,
        long bytesSent,
        long bytesReceived,
        long congestionWindow,
        long slowStartThreshold,
        long bytesInFlight,
        long peerWindow,
        int packetSize,
        long receiveWindow,
        long bufferedBytes,
        long smoothedRttNanos,
        long rtoNanos,
        boolean interleaving,
        boolean zeroChecksum,
        boolean partialReliability,
        Map<SctpDrop, Long> drops) {}
