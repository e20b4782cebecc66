package org.webrtc4j.ice.agent;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.IceCandidateType;
import org.webrtc4j.ice.IceProtocol;
import org.webrtc4j.ice.IceTcpType;

/**
 * A base (RFC 8445 section 5.1.1): where checks leave and arrive. Reflexive and advertised candidates have no pairs of
 * their own, they would be pruned for those of their base (section 6.1.2.4).
 *
 * @param id the owner's number for it
 * @param base its address; of an active one that of the interface, with {@link IceCandidate#ACTIVE_PORT}
 * @param localPreference unique among the ports of an agent
 * @param type HOST for a local address, RELAYED for one at a TURN server
 * @param tcpType whether it opens or accepts TCP connections (RFC 6544), or null for UDP
 */
record LocalPort(
        int id,
        InetSocketAddress base,
        int localPreference,
        IceCandidateType type,
        @Nullable IceTcpType tcpType) {

    IceProtocol protocol() {
        return tcpType == null ? IceProtocol.UDP : IceProtocol.TCP;
    }

    boolean isActive() {
        return tcpType == IceTcpType.ACTIVE;
    }

    /** What connects to this port, seen from here (RFC 6544 section 4.5). */
    @Nullable
    IceTcpType peerTcpType() {
        return tcpType == null ? null : tcpType == IceTcpType.ACTIVE ? IceTcpType.PASSIVE : IceTcpType.ACTIVE;
    }

    /** The priority of the base, by which its pairs are ordered. */
    long priority() {
        return CandidatePriority.of(type, protocol(), localPreference);
    }

    /** What PRIORITY in a check says (RFC 8445 section 7.1.1). */
    long peerReflexivePriority() {
        return CandidatePriority.of(IceCandidateType.PEER_REFLEXIVE, protocol(), localPreference);
    }

    /**
     * Tells whether checks may leave from here to a candidate of the peer. From a passive port they only answer to those of
     * the peer, on its connection (RFC 6544 section 6.2).
     */
    boolean mayCheck(IceCandidate remote, InetAddress address) {
        return remote.protocol() == protocol()
                && (tcpType == null || (isActive() && remote.tcpType() == IceTcpType.PASSIVE))
                && reaches(address);
    }

    /**
     * Tells whether packets could travel: the same family, and link-local and loopback addresses among themselves (RFC
     * 8445 section 6.1.2.2).
     */
    private boolean reaches(InetAddress remote) {
        InetAddress local = base.getAddress();
        return local.getClass() == remote.getClass()
                && local.isLoopbackAddress() == remote.isLoopbackAddress()
                && (local.isLinkLocalAddress() == remote.isLinkLocalAddress() || local.getAddress().length == 4);
    }
}
