package org.webrtc4j.jsep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.webrtc4j.certificate.CertificateFingerprint;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.IceCandidateType;
import org.webrtc4j.ice.IceProtocol;
import org.webrtc4j.sdp.Attribute;
import org.webrtc4j.sdp.Connection;
import org.webrtc4j.sdp.Fingerprint;
import org.webrtc4j.sdp.Flag;
import org.webrtc4j.sdp.IceOptions;
import org.webrtc4j.sdp.IcePwd;
import org.webrtc4j.sdp.IceUfrag;
import org.webrtc4j.sdp.MediaDescriptionBuilder;
import org.webrtc4j.sdp.Setup;

/**
 * Writes the one transport into a section.
 *
 * <p>RFC 9429 section 5.2.2 keeps credentials and fingerprint out of bundled sections. They stand in every section here all
 * the same, as browsers write them: peers that read each section by itself refuse descriptions without, and Chromium rejects
 * what follows a bundle-only section without. Candidates stand only in the section that carries the bundle.
 */
final class TransportWriter {

    private final Setup setup;
    private final LocalTransport transport;

    TransportWriter(Setup setup, LocalTransport transport) {
        this.setup = setup;
        this.transport = transport;
    }

    LocalTransport transport() {
        return transport;
    }

    /** Port, c= line and attributes of a section. */
    void write(MediaDescriptionBuilder builder, SectionPlace place) {
        if (place.bundleOnly()) {
            builder.port(0).attribute(Flag.BUNDLE_ONLY);
        } else {
            addressed(builder);
        }
        if (place.carrier()) {
            transport.candidates().forEach(each -> builder.attribute(CandidateText.write(each)));
            if (transport.complete()) {
                builder.attribute(Flag.END_OF_CANDIDATES);
            }
        }
        builder.attributes(credentials());
    }

    private List<Attribute> credentials() {
        List<Attribute> attributes = new ArrayList<>();
        attributes.add(new IceUfrag(transport.ice().ufrag()));
        attributes.add(new IcePwd(transport.ice().pwd()));
        attributes.add(
                transport.ice().renomination() ? IceOptions.of("trickle", "renomination") : IceOptions.of("trickle"));
        for (CertificateFingerprint each : transport.fingerprints()) {
            attributes.add(new Fingerprint(each.algorithm(), each.value()));
        }
        attributes.add(setup);
        return attributes;
    }

    /** The m= and c= lines name the default candidate (RFC 8839 section 4.3.1): the one most likely to be reached. */
    private void addressed(MediaDescriptionBuilder builder) {
        Optional<IceCandidate> best = transport.candidates().stream()
                .filter(each -> each.protocol() == IceProtocol.UDP && isLiteral(each.address()))
                .max(Comparator.comparingInt(TransportWriter::reach)
                        .thenComparing(each -> !each.address().contains(":"))
                        .thenComparingLong(IceCandidate::priority));
        best.ifPresent(each -> builder.port(each.port())
                .connection(new Connection("IN", each.address().contains(":") ? "IP6" : "IP4", each.address())));
    }

    private static int reach(IceCandidate candidate) {
        IceCandidateType type = candidate.type();
        if (type == IceCandidateType.RELAYED) {
            return 2;
        }
        return type == IceCandidateType.HOST ? 0 : 1;
    }

    private static boolean isLiteral(String address) {
        return address.indexOf(':') >= 0 || address.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    }
}
