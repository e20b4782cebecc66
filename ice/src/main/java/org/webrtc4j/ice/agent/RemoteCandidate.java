package org.webrtc4j.ice.agent;

import java.net.InetSocketAddress;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.IceCandidateType;

/** A remote address of one generation. What signalling says of it may come after the address itself was seen. */
final class RemoteCandidate {

    private final InetSocketAddress address;
    private IceCandidate candidate;

    RemoteCandidate(InetSocketAddress address, IceCandidate candidate) {
        this.address = address;
        this.candidate = candidate;
    }

    InetSocketAddress address() {
        return address;
    }

    IceCandidate candidate() {
        return candidate;
    }

    boolean isPeerReflexive() {
        return candidate.type() == IceCandidateType.PEER_REFLEXIVE;
    }

    /** The signalled candidate takes the place of what was learned from a check. */
    void signalled(IceCandidate signalled) {
        candidate = signalled;
    }
}
