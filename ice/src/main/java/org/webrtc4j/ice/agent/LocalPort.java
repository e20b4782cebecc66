package org.webrtc4j.ice.agent;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.webrtc4j.ice.IceCandidateType;

/**
 * A base (RFC 8445 section 5.1.1): where checks leave and arrive. Reflexive and advertised candidates have no pairs of
 * their own, they would be pruned for those of their base (section 6.1.2.4).
 *
 * @param id the owner's number for it
 * @param base its address
 * @param localPreference unique among the ports of an agent
 * @param type HOST for a local address, RELAYED for one at a TURN server
 */
record LocalPort(int id, InetSocketAddress base, int localPreference, IceCandidateType type) {

    /** The priority of the base, by which its pairs are ordered. */
    long priority() {
        return CandidatePriority.of(type, localPreference);
    }

    /** What PRIORITY in a check says (RFC 8445 section 7.1.1). */
    long peerReflexivePriority() {
        return CandidatePriority.of(IceCandidateType.PEER_REFLEXIVE, localPreference);
    }

    /**
     * Tells whether packets could travel: the same family, and link-local and loopback addresses among themselves (RFC
     * 8445 section 6.1.2.2).
     */
    boolean reaches(InetAddress remote) {
        InetAddress local = base.getAddress();
        return local.getClass() == remote.getClass()
                && local.isLoopbackAddress() == remote.isLoopbackAddress()
                && (local.isLinkLocalAddress() == remote.isLinkLocalAddress() || local.getAddress().length == 4);
    }
}
