package org.webrtc4j.turnserver.engine;

import java.util.Map;

/**
 * What a server has done so far.
 *
 * @param allocations how many there are now
 * @param allocationsMade how many there were in all
 * @param permissions how many there are now, expired ones included until the next sweep
 * @param channels how many there are now, likewise
 * @param packetsToPeers packets relayed from clients
 * @param bytesToPeers their data, without any header
 * @param packetsToClients packets relayed from peers
 * @param bytesToClients their data, without any header
 * @param errors how many error responses were sent, by code
 * @param drops how many packets were dropped, by reason
 */
public record TurnServerStats(
        int allocations,
        long allocationsMade,
        int permissions,
        int channels,
        long packetsToPeers,
        long bytesToPeers,
        long packetsToClients,
        long bytesToClients,
        Map<Integer, Long> errors,
        Map<String, Long> drops) {

    /**
     * Copies the maps.
     *
     * @param allocations how many there are now
     * @param allocationsMade how many there were in all
     * @param permissions how many there are now
     * @param channels how many there are now
     * @param packetsToPeers packets relayed from clients
     * @param bytesToPeers their data
     * @param packetsToClients packets relayed from peers
     * @param bytesToClients their data
     * @param errors error responses by code
     * @param drops packets dropped by reason
     */
    public TurnServerStats {
        errors = Map.copyOf(errors);
        drops = Map.copyOf(drops);
    }
}
