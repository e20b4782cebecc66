package org.webrtc4j.jsep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.certificate.CertificateFingerprint;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.IceCandidateType;
import org.webrtc4j.ice.IceProtocol;
import org.webrtc4j.sdp.Attribute;
import org.webrtc4j.sdp.Attributes;
import org.webrtc4j.sdp.Candidate;
import org.webrtc4j.sdp.Connection;
import org.webrtc4j.sdp.Fingerprint;
import org.webrtc4j.sdp.Flag;
import org.webrtc4j.sdp.Group;
import org.webrtc4j.sdp.IceOptions;
import org.webrtc4j.sdp.IcePwd;
import org.webrtc4j.sdp.IceUfrag;
import org.webrtc4j.sdp.MaxMessageSize;
import org.webrtc4j.sdp.MediaDescription;
import org.webrtc4j.sdp.MediaDescriptionBuilder;
import org.webrtc4j.sdp.Mid;
import org.webrtc4j.sdp.Origin;
import org.webrtc4j.sdp.SctpPort;
import org.webrtc4j.sdp.SessionDescription;
import org.webrtc4j.sdp.SessionDescriptionBuilder;
import org.webrtc4j.sdp.Setup;

/** Writes offers (RFC 9429 section 5.2) and answers (section 5.3) of a connection that carries data. */
public final class DescriptionWriter {

    private DescriptionWriter() {}

    /**
     * Writes an offer. Sections once negotiated keep their place; a data section takes the first place that was given
     * up, else a new one at the end (RFC 9429 section 5.2.2).
     *
     * @param origin the o= line
     * @param current the local description of the last exchange, or null before the first
     * @param liveData the index of the data section in use, or -1
     * @param wantsData whether to offer a data section
     * @param newMid gives an identification never used on this connection
     * @param transport what to say of the transport
     * @return the offer
     */
    public static SessionDescription offer(
            Origin origin,
            @Nullable SessionDescription current,
            int liveData,
            boolean wantsData,
            Supplier<String> newMid,
            LocalTransport transport) {
        List<MediaDescription> sections = new ArrayList<>();
        boolean offered = false;
        List<MediaDescription> before = current == null ? List.of() : current.media();
        for (int i = 0; i < before.size(); i++) {
            MediaDescription section = before.get(i);
            if (i == liveData) {
                sections.add(data(section.mid().orElseGet(newMid), Setup.ACTPASS, transport));
                offered = true;
            } else if (liveData < 0 && wantsData && !offered) {
                sections.add(data(newMid.get(), Setup.ACTPASS, transport));
                offered = true;
            } else {
                sections.add(section.rejection());
            }
        }
        if (wantsData && !offered) {
            sections.add(data(newMid.get(), Setup.ACTPASS, transport));
        }
        return assemble(origin, sections, true, transport);
    }

    /**
     * Writes an answer: the first usable data section is taken, everything else is rejected (port 0).
     *
     * @param origin the o= line
     * @param offer the offer
     * @param dataIndex the section that is taken, or -1
     * @param setup our DTLS role
     * @param transport what to say of the transport
     * @return the answer
     */
    public static SessionDescription answer(
            Origin origin, SessionDescription offer, int dataIndex, Setup setup, LocalTransport transport) {
        List<MediaDescription> sections = new ArrayList<>();
        boolean bundled = false;
        for (int i = 0; i < offer.media().size(); i++) {
            MediaDescription section = offer.media().get(i);
            if (i == dataIndex) {
                sections.add(answerData(section, setup, transport));
                bundled = offer.bundleOf(section).isPresent();
            } else {
                sections.add(section.rejection());
            }
        }
        return assemble(origin, sections, bundled, transport);
    }

    /**
     * Finds the data section that can be taken.
     *
     * @param description an offer
     * @return its index; -1 when there is none
     */
    public static int dataSection(SessionDescription description) {
        for (int i = 0; i < description.media().size(); i++) {
            MediaDescription section = description.media().get(i);
            if (section.isDataChannel() && !section.isRejected()) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Adds candidates to the data section of a description of either side.
     *
     * @param description the description
     * @param index its data section
     * @param candidates what to add; those that are there are not repeated
     * @param complete whether no candidate follows
     * @return the longer description
     */
    public static SessionDescription withCandidates(
            SessionDescription description, int index, List<Candidate> candidates, boolean complete) {
        MediaDescription section = description.media().get(index);
        Attributes attributes = section.attributes();
        for (Candidate each : candidates) {
            if (!attributes.contains(each)) {
                attributes = attributes.with(each);
            }
        }
        if (complete && !attributes.contains(Flag.END_OF_CANDIDATES)) {
            attributes = attributes.with(Flag.END_OF_CANDIDATES);
        }
        return description.withMedia(index, section.withAttributes(attributes));
    }

    private static SessionDescription assemble(
            Origin origin, List<MediaDescription> sections, boolean bundle, LocalTransport transport) {
        SessionDescriptionBuilder builder = SessionDescription.builder(origin).media(sections);
        List<String> live = sections.stream()
                .filter(each -> !each.isRejected())
                .flatMap(each -> each.mid().stream())
                .toList();
        if (bundle && !live.isEmpty()) {
            builder.attribute(Group.bundle(live));
        }
        if (transport.ice().lite()) {
            builder.attribute(Flag.ICE_LITE);
        }
        return builder.build();
    }

    private static MediaDescription data(String mid, Setup setup, LocalTransport transport) {
        return addressed(MediaDescription.dataChannel(), transport)
                .attributes(transportAttributes(setup, transport))
                .attribute(new Mid(mid))
                .attribute(new SctpPort(transport.sctpPort()))
                .attribute(new MaxMessageSize(transport.maxMessageSize()))
                .build();
    }

    /** An answer keeps protocol, formats and mid of the offer (RFC 9429 section 5.3.1). */
    private static MediaDescription answerData(MediaDescription offered, Setup setup, LocalTransport transport) {
        MediaDescriptionBuilder builder = addressed(
                        MediaDescription.builder(offered.media(), offered.protocol())
                                .formats(offered.formats())
                                .connection(Connection.UNSPECIFIED),
                        transport)
                .attributes(transportAttributes(setup, transport));
        offered.mid().ifPresent(mid -> builder.attribute(new Mid(mid)));
        return builder.attribute(new SctpPort(transport.sctpPort()))
                .attribute(new MaxMessageSize(transport.maxMessageSize()))
                .build();
    }

    private static List<Attribute> transportAttributes(Setup setup, LocalTransport transport) {
        List<Attribute> attributes = new ArrayList<>();
        transport.candidates().forEach(each -> attributes.add(CandidateText.write(each)));
        if (transport.complete()) {
            attributes.add(Flag.END_OF_CANDIDATES);
        }
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
    private static MediaDescriptionBuilder addressed(MediaDescriptionBuilder builder, LocalTransport transport) {
        Optional<IceCandidate> best = transport.candidates().stream()
                .filter(each -> each.protocol() == IceProtocol.UDP && isLiteral(each.address()))
                .max(Comparator.comparingInt(DescriptionWriter::reach)
                        .thenComparing(each -> !each.address().contains(":"))
                        .thenComparingLong(IceCandidate::priority));
        best.ifPresent(each -> builder.port(each.port())
                .connection(new Connection("IN", each.address().contains(":") ? "IP6" : "IP4", each.address())));
        return builder;
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
