package org.webrtc4j;

import org.jspecify.annotations.Nullable;

/**
 * A candidate.
 *
 * @param id stable over the life of the object
 * @param timestamp milliseconds since 1970-01-01T00:00:00Z; the same in a whole report
 * @param type local-candidate or remote-candidate
 * @param transportId the id of its transport
 * @param address its address; null for a peer-reflexive one not signalled
 * @param port its port
 * @param protocol udp or tcp
 * @param candidateType how it was obtained
 * @param priority its priority
 * @param url the server it was obtained from, or null
 * @param relayProtocol how the TURN server is reached, or null
 * @param foundation its foundation
 * @param relatedAddress the address it was derived from, or null
 * @param relatedPort the port it was derived from, or null
 * @param usernameFragment its generation, or null
 * @param tcpType the TCP role, or null
 * @see <a href="https://www.w3.org/TR/webrtc-stats/#icecandidate-dict*">the specification</a>
 */
public record RTCIceCandidateStats(
        String id,
        double timestamp,
        RTCStatsType type,
        String transportId,
        @Nullable String address,
        int port,
        String protocol,
        RTCIceCandidateType candidateType,
        long priority,
        @Nullable String url,
        @Nullable RTCIceServerTransportProtocol relayProtocol,
        String foundation,
        @Nullable String relatedAddress,
        @Nullable Integer relatedPort,
        @Nullable String usernameFragment,
        @Nullable RTCIceTcpCandidateType tcpType)
        implements RTCStats {}
