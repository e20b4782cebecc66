package org.webrtc4j.jsep;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.IceCandidateType;
import org.webrtc4j.ice.IceProtocol;
import org.webrtc4j.ice.IceTcpType;
import org.webrtc4j.sdp.Candidate;

/** Translates candidates: text and attributes in sdp, addresses in ice. */
public final class CandidateText {

    private static final long MAX_PRIORITY = 0x7fff_ffffL;

    private CandidateText() {}

    /**
     * Writes a candidate of ours.
     *
     * @param candidate the candidate
     * @return the attribute, with its ufrag as extension
     */
    public static Candidate write(IceCandidate candidate) {
        List<Candidate.Extension> extensions = new ArrayList<>();
        IceTcpType tcpType = candidate.tcpType();
        if (tcpType != null) {
            extensions.add(new Candidate.Extension("tcptype", tcpType.text()));
        }
        String ufrag = candidate.ufrag();
        if (ufrag != null) {
            extensions.add(new Candidate.Extension("ufrag", ufrag));
        }
        String relatedAddress = candidate.relatedAddress();
        return new Candidate(
                candidate.foundation(),
                IceCandidate.COMPONENT,
                candidate.protocol().text(),
                candidate.priority(),
                candidate.address(),
                candidate.port(),
                candidate.type().text(),
                relatedAddress,
                relatedAddress == null ? null : Math.max(0, candidate.relatedPort()),
                extensions);
    }

    /**
     * Reads a candidate of the peer.
     *
     * @param candidate the attribute
     * @param ufrag the generation signalling names beside it, or null
     * @return the candidate; empty when it is of no use here: another component, transport or type (RFC 8839 section 5.1)
     */
    public static Optional<IceCandidate> read(Candidate candidate, @Nullable String ufrag) {
        IceProtocol protocol = protocol(candidate.transport());
        IceCandidateType type = type(candidate.type());
        if (candidate.component() != IceCandidate.COMPONENT || protocol == null || type == null) {
            return Optional.empty();
        }
        IceTcpType tcpType = tcpType(candidate.tcpType().orElse(""));
        if (protocol == IceProtocol.TCP && tcpType == null) {
            return Optional.empty();
        }
        Integer relatedPort = candidate.relatedPort();
        return Optional.of(new IceCandidate(
                candidate.foundation(),
                protocol,
                Math.max(1, Math.min(candidate.priority(), MAX_PRIORITY)),
                candidate.address(),
                candidate.port(),
                type,
                protocol == IceProtocol.TCP ? tcpType : null,
                candidate.relatedAddress(),
                relatedPort == null ? -1 : relatedPort,
                candidate.extension("ufrag").orElse(ufrag),
                null,
                null));
    }

    private static @Nullable IceProtocol protocol(String text) {
        for (IceProtocol value : IceProtocol.values()) {
            if (value.text().equals(text.toLowerCase(Locale.ROOT))) {
                return value;
            }
        }
        return null;
    }

    private static @Nullable IceCandidateType type(String text) {
        for (IceCandidateType value : IceCandidateType.values()) {
            if (value.text().equals(text)) {
                return value;
            }
        }
        return null;
    }

    private static @Nullable IceTcpType tcpType(String text) {
        for (IceTcpType value : IceTcpType.values()) {
            if (value.text().equals(text)) {
                return value;
            }
        }
        return null;
    }
}
