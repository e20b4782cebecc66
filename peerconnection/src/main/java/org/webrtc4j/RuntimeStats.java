package org.webrtc4j;

import java.util.List;
import java.util.Map;

/**
 * The counters of a runtime, a snapshot.
 *
 * @param connections connections that are not closed
 * @param connectionsByState of those, how many are in each state
 * @param created connections ever created
 * @param refused connections refused because the limit was reached, or while draining or shut down
 * @param bufferedBytes bytes given to send and not yet sent, over all connections
 * @param loopLagNanos how late the timers of each loop ran lately, at worst; empty for loops that do not measure it
 * @param packetDrops packets that the ports dropped, by reason
 * @param queuePeaks the most that ever waited in the queues of any one connection, closed ones too
 */
public record RuntimeStats(
        int connections,
        Map<RTCPeerConnectionState, Integer> connectionsByState,
        long created,
        long refused,
        long bufferedBytes,
        List<Long> loopLagNanos,
        Map<String, Long> packetDrops,
        QueuePeaks queuePeaks) {

    /**
     * Copies the maps.
     *
     * @param connections connections that are not closed
     * @param connectionsByState of those, how many are in each state
     * @param created connections ever created
     * @param refused connections refused
     * @param bufferedBytes bytes given to send and not yet sent
     * @param loopLagNanos how late the timers of each loop ran lately
     * @param packetDrops packets that the ports dropped, by reason
     * @param queuePeaks the most that ever waited in the queues of one connection
     */
    public RuntimeStats {
        connectionsByState = Map.copyOf(connectionsByState);
        loopLagNanos = List.copyOf(loopLagNanos);
        packetDrops = Map.copyOf(packetDrops);
    }
}
