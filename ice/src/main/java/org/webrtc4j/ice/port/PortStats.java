package org.webrtc4j.ice.port;

import java.util.Map;
import java.util.Optional;

/**
 * Counters of all ports on the loops of a provider, a snapshot; counted since the loops began.
 *
 * @param socketsOpened sockets bound
 * @param packetsReceived packets read
 * @param bytesReceived their bytes of UDP payload
 * @param packetsSent packets given to sockets
 * @param bytesSent their bytes of UDP payload
 * @param segmentedSends runs of packets that left as one send, segmented by the kernel
 * @param handedOff packets copied from the loop of a socket to the loop of an agent, or back
 * @param receiveBufferBytes what the system granted the first socket, as the system reports it; 0 before it was bound
 * @param sendBufferBytes what the system granted the first socket
 * @param drops packets dropped, by reason; reasons that never happened are absent
 * @param problem why the last connection without a port, or with fewer than it could have, did not get one
 */
public record PortStats(
        long socketsOpened,
        long packetsReceived,
        long bytesReceived,
        long packetsSent,
        long bytesSent,
        long segmentedSends,
        long handedOff,
        int receiveBufferBytes,
        int sendBufferBytes,
        Map<String, Long> drops,
        Optional<String> problem) {

    /**
     * Copies the map.
     *
     * @param socketsOpened sockets bound
     * @param packetsReceived packets read
     * @param bytesReceived their bytes of UDP payload
     * @param packetsSent packets given to sockets
     * @param bytesSent their bytes of UDP payload
     * @param segmentedSends runs of packets that left as one send
     * @param handedOff packets copied from loop to loop
     * @param receiveBufferBytes what the system granted to receive
     * @param sendBufferBytes what the system granted to send
     * @param drops packets dropped, by reason
     * @param problem why a port is missing
     */
    public PortStats {
        drops = Map.copyOf(drops);
    }
}
