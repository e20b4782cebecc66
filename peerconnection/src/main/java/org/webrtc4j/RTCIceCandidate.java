package org.webrtc4j;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.sdp.Candidate;
import org.webrtc4j.sdp.SdpException;

/**
 * A candidate. Every member that the candidate's text carries is read from it; in one whose text cannot be read they are
 * null, as they are in the one that tells the end of candidates.
 *
 * @see <a href="https://www.w3.org/TR/webrtc/#rtcicecandidate-interface">the specification</a>
 */
public final class RTCIceCandidate {

    private final RTCIceCandidateInit init;
    private final @Nullable Candidate parsed;
    private final @Nullable String url;
    private final @Nullable RTCIceServerTransportProtocol relayProtocol;

    /**
     * Creates a candidate from what signalling carried.
     *
     * @param init its members
     * @throws DOMException TypeError when neither sdpMid nor sdpMLineIndex is there
     */
    public RTCIceCandidate(RTCIceCandidateInit init) {
        this(init, null, null);
    }

    RTCIceCandidate(
            RTCIceCandidateInit init, @Nullable String url, @Nullable RTCIceServerTransportProtocol relayProtocol) {
        if (init.sdpMid() == null && init.sdpMLineIndex() == null) {
            throw DOMException.typeError("A candidate needs sdpMid or sdpMLineIndex");
        }
        this.init = init;
        this.url = url;
        this.relayProtocol = relayProtocol;
        parsed = init.candidate().isEmpty() ? null : parse(init.candidate());
    }

    private static @Nullable Candidate parse(String text) {
        try {
            return Candidate.parse(text);
        } catch (SdpException unreadable) {
            // The specification keeps the text and leaves the members null (webrtc-pc section 4.8.1.1).
            return null;
        }
    }

    /**
     * Returns the text of the candidate attribute.
     *
     * @return from {@code candidate:} on; empty at the end of candidates
     */
    public String candidate() {
        return init.candidate();
    }

    /**
     * Returns the media section.
     *
     * @return its identification, or null
     */
    public @Nullable String sdpMid() {
        return init.sdpMid();
    }

    /**
     * Returns the index of the media section.
     *
     * @return from 0, or null
     */
    public @Nullable Integer sdpMLineIndex() {
        return init.sdpMLineIndex();
    }

    /**
     * Returns what groups candidates of one type, base and server.
     *
     * @return the foundation, or null
     */
    public @Nullable String foundation() {
        return parsed == null ? null : parsed.foundation();
    }

    /**
     * Returns the component.
     *
     * @return rtp or rtcp, or null
     */
    public @Nullable RTCIceComponent component() {
        if (parsed == null) {
            return null;
        }
        return switch (parsed.component()) {
            case 1 -> RTCIceComponent.RTP;
            case 2 -> RTCIceComponent.RTCP;
            default -> null;
        };
    }

    /**
     * Returns the priority.
     *
     * @return 0 to 2^32 - 1, or null
     */
    public @Nullable Long priority() {
        return parsed == null ? null : parsed.priority();
    }

    /**
     * Returns the address.
     *
     * @return an IP address or a name, or null
     */
    public @Nullable String address() {
        return parsed == null ? null : parsed.address();
    }

    /**
     * Returns the transport protocol.
     *
     * @return udp or tcp, or null
     */
    public @Nullable RTCIceProtocol protocol() {
        return parsed == null ? null : find(RTCIceProtocol.values(), parsed.transport());
    }

    /**
     * Returns the port.
     *
     * @return 0 to 65535, or null
     */
    public @Nullable Integer port() {
        return parsed == null ? null : parsed.port();
    }

    /**
     * Returns how the candidate was obtained.
     *
     * @return the type, or null
     */
    public @Nullable RTCIceCandidateType type() {
        return parsed == null ? null : find(RTCIceCandidateType.values(), parsed.type());
    }

    /**
     * Returns the TCP role.
     *
     * @return the role, or null for UDP
     */
    public @Nullable RTCIceTcpCandidateType tcpType() {
        return parsed == null
                ? null
                : find(RTCIceTcpCandidateType.values(), parsed.tcpType().orElse(""));
    }

    /**
     * Returns the address from which a candidate that is not a host candidate was derived.
     *
     * @return the address, or null
     */
    public @Nullable String relatedAddress() {
        return parsed == null ? null : parsed.relatedAddress();
    }

    /**
     * Returns the port from which a candidate that is not a host candidate was derived.
     *
     * @return the port, or null
     */
    public @Nullable Integer relatedPort() {
        return parsed == null ? null : parsed.relatedPort();
    }

    /**
     * Returns the ICE generation.
     *
     * @return its ufrag, or null
     */
    public @Nullable String usernameFragment() {
        if (init.usernameFragment() != null) {
            return init.usernameFragment();
        }
        Optional<String> ufrag = parsed == null ? Optional.empty() : parsed.extension("ufrag");
        return ufrag.orElse(null);
    }

    /**
     * Returns how the TURN server of a local relay candidate is reached.
     *
     * @return the protocol, or null
     */
    public @Nullable RTCIceServerTransportProtocol relayProtocol() {
        return relayProtocol;
    }

    /**
     * Returns the server from which a local candidate was obtained.
     *
     * @return its URL, or null
     */
    public @Nullable String url() {
        return url;
    }

    /**
     * Returns what signalling carries.
     *
     * @return the dictionary
     */
    public RTCIceCandidateInit toJSON() {
        return new RTCIceCandidateInit(candidate(), sdpMid(), sdpMLineIndex(), usernameFragment());
    }

    /** Leaves addresses out; they are for debug logs only. */
    @Override
    public String toString() {
        return parsed == null
                ? "RTCIceCandidate[]"
                : "RTCIceCandidate[" + parsed.type() + "/" + parsed.transport() + "]";
    }

    private static <T extends Enum<T>> @Nullable T find(T[] values, String text) {
        for (T value : values) {
            if (value.toString().equalsIgnoreCase(text)) {
                return value;
            }
        }
        return null;
    }
}
