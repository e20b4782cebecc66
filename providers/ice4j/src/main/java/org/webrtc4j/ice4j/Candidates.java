package org.webrtc4j.ice4j;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.ice4j.Transport;
import org.ice4j.TransportAddress;
import org.ice4j.ice.Candidate;
import org.ice4j.ice.CandidateType;
import org.ice4j.ice.Component;
import org.ice4j.ice.RemoteCandidate;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.IceCandidateType;
import org.webrtc4j.ice.IceProtocol;
import org.webrtc4j.ice.agent.IpLiteral;

/** Candidates as ice4j has them, and as the interface has them. */
final class Candidates {

    private Candidates() {}

    /** A candidate of ice4j, local or remote. */
    static IceCandidate ours(Candidate<?> candidate, @Nullable String ufrag, @Nullable String url) {
        TransportAddress address = candidate.getTransportAddress();
        TransportAddress related = candidate.getRelatedAddress();
        IceCandidateType type = type(candidate.getType());
        return new IceCandidate(
                candidate.getFoundation(),
                IceProtocol.UDP,
                candidate.getPriority(),
                IpLiteral.text(address.getAddress()),
                address.getPort(),
                type,
                null,
                related == null ? null : IpLiteral.text(related.getAddress()),
                related == null ? -1 : related.getPort(),
                ufrag,
                url,
                type == IceCandidateType.RELAYED && url != null ? "udp" : null);
    }

    /** A signalled candidate whose address was looked at. */
    static RemoteCandidate theirs(IceCandidate candidate, InetAddress address, Component component) {
        return new RemoteCandidate(
                new TransportAddress(address, candidate.port(), Transport.UDP),
                component,
                type(candidate.type()),
                candidate.foundation(),
                candidate.priority(),
                null,
                null);
    }

    /** An address that equals those of sockets. */
    static InetSocketAddress plain(TransportAddress address) {
        return new InetSocketAddress(address.getAddress(), address.getPort());
    }

    private static IceCandidateType type(CandidateType type) {
        return switch (type) {
            case SERVER_REFLEXIVE_CANDIDATE, STUN_CANDIDATE -> IceCandidateType.SERVER_REFLEXIVE;
            case PEER_REFLEXIVE_CANDIDATE -> IceCandidateType.PEER_REFLEXIVE;
            case RELAYED_CANDIDATE -> IceCandidateType.RELAYED;
            case HOST_CANDIDATE, LOCAL_CANDIDATE -> IceCandidateType.HOST;
        };
    }

    private static CandidateType type(IceCandidateType type) {
        return switch (type) {
            case HOST -> CandidateType.HOST_CANDIDATE;
            case SERVER_REFLEXIVE -> CandidateType.SERVER_REFLEXIVE_CANDIDATE;
            case PEER_REFLEXIVE -> CandidateType.PEER_REFLEXIVE_CANDIDATE;
            case RELAYED -> CandidateType.RELAYED_CANDIDATE;
        };
    }
}
