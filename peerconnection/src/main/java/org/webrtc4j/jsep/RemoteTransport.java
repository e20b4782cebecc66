package org.webrtc4j.jsep;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.webrtc4j.certificate.CertificateFingerprint;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.IceParameters;
import org.webrtc4j.sctp.SctpAssociation;
import org.webrtc4j.sdp.Candidate;
import org.webrtc4j.sdp.Fingerprint;
import org.webrtc4j.sdp.MediaDescription;
import org.webrtc4j.sdp.SctpInit;
import org.webrtc4j.sdp.SessionDescription;
import org.webrtc4j.sdp.Setup;

/**
 * What a description of the other side says of the one transport.
 *
 * @param ice its credentials
 * @param fingerprints of its certificate, not empty
 * @param setup its DTLS role as written; empty when absent
 * @param candidates those in the description that are of use here
 * @param endOfCandidates whether no candidate follows
 * @param sctpPort its SCTP port; -1 when there is no data section
 * @param maxMessageSize the largest message it takes, in bytes; 0 for any
 * @param sctpInit its INIT chunk, when it wants the association's set-up to travel in descriptions
 */
public record RemoteTransport(
        IceParameters ice,
        List<CertificateFingerprint> fingerprints,
        Optional<Setup> setup,
        List<IceCandidate> candidates,
        boolean endOfCandidates,
        int sctpPort,
        long maxMessageSize,
        Optional<SctpInit> sctpInit) {

    private static final int DEFAULT_SCTP_PORT = 5_000;
    private static final int MIN_UFRAG = 4;
    private static final int MIN_PWD = 22;

    /**
     * Copies the lists.
     *
     * @param ice its credentials
     * @param fingerprints of its certificate
     * @param setup its DTLS role as written
     * @param candidates those in the description
     * @param endOfCandidates whether no candidate follows
     * @param sctpPort its SCTP port
     * @param maxMessageSize the largest message it takes, in bytes
     * @param sctpInit its INIT chunk
     */
    public RemoteTransport {
        fingerprints = List.copyOf(fingerprints);
        candidates = List.copyOf(candidates);
    }

    /**
     * Reads the transport of a section.
     *
     * @param description the whole description
     * @param index the section that carries the transport
     * @param data its data section, or -1
     * @return the transport
     * @throws RefusedDescription when credentials or a usable fingerprint are missing, or the INIT chunk is none
     */
    public static RemoteTransport read(SessionDescription description, int index, int data) {
        MediaDescription carrier = carrier(description, description.media().get(index));
        String ufrag = description.iceUfrag(carrier).orElse("");
        String pwd = description.icePwd(carrier).orElse("");
        if (ufrag.length() < MIN_UFRAG || pwd.length() < MIN_PWD) {
            throw new RefusedDescription("Section " + index + " has no ICE credentials, or too short ones");
        }
        List<CertificateFingerprint> fingerprints = new ArrayList<>();
        for (Fingerprint each : description.fingerprints(carrier)) {
            CertificateFingerprint.parse(each.hash() + ' ' + each.digits()).ifPresent(fingerprints::add);
        }
        if (fingerprints.stream().noneMatch(CertificateFingerprint::isUsable)) {
            throw new RefusedDescription("Section " + index + " has no fingerprint that can be checked");
        }
        List<IceCandidate> candidates = new ArrayList<>();
        for (Candidate each : carrier.candidates()) {
            CandidateText.read(each, ufrag).ifPresent(candidates::add);
        }
        return new RemoteTransport(
                new IceParameters(
                        ufrag,
                        pwd,
                        description.iceLite(),
                        description.hasIceOption(carrier, "trickle"),
                        description.hasIceOption(carrier, "renomination")),
                fingerprints,
                description.setup(carrier),
                candidates,
                description.endOfCandidates(carrier),
                data < 0 ? -1 : description.media().get(data).sctpPort().orElse(DEFAULT_SCTP_PORT),
                data < 0 ? 0 : description.media().get(data).maxMessageSize(),
                data < 0 ? Optional.empty() : sctpInit(description.media().get(data)));
    }

    private static Optional<SctpInit> sctpInit(MediaDescription section) {
        Optional<SctpInit> init = section.sctpInit();
        init.flatMap(each -> SctpAssociation.refusalOfInit(each.chunk())).ifPresent(reason -> {
            throw new RefusedDescription("a=sctp-init cannot begin an association: " + reason);
        });
        return init;
    }

    /**
     * Tells whether there is a data section on the transport.
     *
     * @return true when an association is to be made
     */
    public boolean hasData() {
        return sctpPort >= 0;
    }

    /**
     * Tells whether a candidate signalled for a section belongs to the one transport.
     *
     * @param description the whole description
     * @param carrier the section that carries the transport
     * @param section the section named beside the candidate
     * @return true for the carrier and for those bundled with it
     */
    public static boolean carries(SessionDescription description, MediaDescription carrier, MediaDescription section) {
        if (section.equals(carrier)) {
            return true;
        }
        return description.bundleOf(carrier).isPresent()
                && description.bundleOf(carrier).equals(description.bundleOf(section));
    }

    /** Within a bundle only one section need describe the transport (RFC 9143 section 7.1.3). */
    private static MediaDescription carrier(SessionDescription description, MediaDescription section) {
        if (description.iceUfrag(section).isPresent()) {
            return section;
        }
        return description
                .bundleOf(section)
                .flatMap(bundle -> bundle.mids().stream()
                        .flatMap(mid -> description.mediaByMid(mid).stream())
                        .filter(each -> description.iceUfrag(each).isPresent())
                        .findFirst())
                .orElse(section);
    }
}
