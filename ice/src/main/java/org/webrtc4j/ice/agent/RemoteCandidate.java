package org.webrtc4j.ice.agent;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.IceCandidateType;
import org.webrtc4j.ice.IceProtocol;

/** A remote address of one generation. What signalling says of it may come after the address itself was seen. */
final class RemoteCandidate {

    private final InetSocketAddress address;
    private IceCandidate candidate;

    RemoteCandidate(InetSocketAddress address, IceCandidate candidate) {
        this.address = address;
        this.candidate = candidate;
    }

    /**
     * What a check from an unknown address tells of it (RFC 8445 section 7.3.1.3).
     *
     * @param port where the check arrived
     * @param number makes its foundation one of its own
     * @param credentials those of the peer, null before they are known
     */
    static RemoteCandidate peerReflexive(
            LocalPort port, InetSocketAddress from, long priority, int number, @Nullable Credentials credentials) {
        return new RemoteCandidate(
                from,
                new IceCandidate(
                        "prflx" + number,
                        port.protocol(),
                        priority,
                        IpLiteral.text(from.getAddress()),
                        from.getPort(),
                        IceCandidateType.PEER_REFLEXIVE,
                        port.peerTcpType(),
                        null,
                        -1,
                        credentials == null ? null : credentials.parameters().ufrag(),
                        null,
                        null));
    }

    InetSocketAddress address() {
        return address;
    }

    IceCandidate candidate() {
        return candidate;
    }

    IceProtocol protocol() {
        return candidate.protocol();
    }

    boolean isPeerReflexive() {
        return candidate.type() == IceCandidateType.PEER_REFLEXIVE;
    }

    /** The signalled candidate takes the place of what was learned from a check. */
    void signalled(IceCandidate signalled) {
        candidate = signalled;
    }
}
