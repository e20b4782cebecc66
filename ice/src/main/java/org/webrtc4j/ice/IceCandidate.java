package org.webrtc4j.ice;

import org.jspecify.annotations.Nullable;

/**
 * A candidate (RFC 8445 section 5.1) with what signalling says of it (RFC 8839 section 5.1).
 *
 * @param foundation groups candidates of one type, base, server and protocol; 1 to 32 ice-chars
 * @param protocol UDP or TCP
 * @param priority 1 to 2^31 - 1 (RFC 8445 section 5.1.2)
 * @param address an IP address literal, or a name: a .local name or one that a server advertises
 * @param port 0 to 65535; 9 for active TCP candidates
 * @param type how it was obtained
 * @param tcpType the TCP role (RFC 6544), or null for UDP
 * @param relatedAddress the base of a reflexive or relayed candidate, or null
 * @param relatedPort the port of the base, or -1
 * @param ufrag the generation it belongs to, or null when signalling did not say
 * @param url the server it was obtained from, or null
 * @param relayProtocol how the TURN server is reached (udp, tcp, tls), or null
 */
public record IceCandidate(
        String foundation,
        IceProtocol protocol,
        long priority,
        String address,
        int port,
        IceCandidateType type,
        @Nullable IceTcpType tcpType,
        @Nullable String relatedAddress,
        int relatedPort,
        @Nullable String ufrag,
        @Nullable String url,
        @Nullable String relayProtocol) {

    /** The component of every candidate: RTP and RTCP share one (RFC 5761). */
    public static final int COMPONENT = 1;

    /** The port of an active TCP candidate, which stands for any: the system chooses one for each connection (RFC 6544). */
    public static final int ACTIVE_PORT = 9;

    /** Leaves addresses out; they are for debug logs only. */
    @Override
    public String toString() {
        return type.text() + "/" + protocol.text();
    }
}
