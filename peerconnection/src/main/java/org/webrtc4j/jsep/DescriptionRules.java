package org.webrtc4j.jsep;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.dtls.DtlsRole;
import org.webrtc4j.sdp.Flag;
import org.webrtc4j.sdp.MediaDescription;
import org.webrtc4j.sdp.RtpFormat;
import org.webrtc4j.sdp.SessionDescription;

/** What a description of the other side must keep to (RFC 9429 sections 5.8 and 5.10); a breach refuses it as a whole. */
public final class DescriptionRules {

    private static final Set<String> KINDS = Set.of("audio", "video");

    private DescriptionRules() {}

    /**
     * What a description is about.
     *
     * @param data the index of the data section that is taken, or -1
     * @param carrier the index of the section that carries the transport, or -1 when nothing is in use
     * @param members the indices of the sections on that transport
     */
    public record Checked(int data, int carrier, Set<Integer> members) {

        /**
         * Copies the set.
         *
         * @param data the index of the data section that is taken, or -1
         * @param carrier the index of the section that carries the transport, or -1
         * @param members the indices of the sections on that transport
         */
        public Checked {
            members = Set.copyOf(members);
        }
    }

    /**
     * Checks an offer and finds the transport to take.
     *
     * @param offer the offer
     * @param local our description of the last exchange, or null
     * @param remote the other side's description of the last exchange, or null
     * @param role our DTLS role, or null before it was negotiated
     * @return what it is about
     * @throws RefusedDescription when the offer breaks a rule
     */
    public static Checked checkOffer(
            SessionDescription offer,
            @Nullable SessionDescription local,
            @Nullable SessionDescription remote,
            @Nullable DtlsRole role) {
        if (remote != null && offer.media().size() < remote.media().size()) {
            throw new RefusedDescription("The offer has fewer media sections than the descriptions before it");
        }
        List<Integer> inUse = inUse(local, remote);
        for (int i = 0; remote != null && i < inUse.size(); i++) {
            int index = inUse.get(i);
            MediaDescription before = remote.media().get(index);
            MediaDescription now = offer.media().get(index);
            if (!now.isRejected()
                    && (!now.mid().equals(before.mid()) || !now.media().equals(before.media()))) {
                throw new RefusedDescription("Section " + index + " has another mid or kind than before");
            }
        }
        checkBundle(offer);
        int data = dataSection(offer);
        boolean[] usable = new boolean[offer.media().size()];
        for (int i = 0; i < usable.length; i++) {
            usable[i] = i == data || isUsableMedia(offer.media().get(i));
        }
        Bundle bundle = Bundle.of(offer, usable, firstIn(inUse, usable));
        if (bundle.carrier() >= 0) {
            RemoteTransport transport = RemoteTransport.read(offer, bundle.carrier(), data);
            DtlsRoles.answerSetup(transport, role);
        }
        return new Checked(bundle.contains(data) ? data : -1, bundle.carrier(), bundle.members());
    }

    /**
     * Checks an answer and tells what was taken. A section outside of the bundle has no transport and counts as rejected.
     *
     * @param answer the answer
     * @param offer our offer
     * @param inUse the indices of the sections whose transport is in use already
     * @param role our DTLS role, or null before it was negotiated
     * @return what it is about
     * @throws RefusedDescription when the answer breaks a rule
     */
    public static Checked checkAnswer(
            SessionDescription answer, SessionDescription offer, List<Integer> inUse, @Nullable DtlsRole role) {
        if (answer.media().size() != offer.media().size()) {
            throw new RefusedDescription("The answer has " + answer.media().size() + " media sections, the offer "
                    + offer.media().size());
        }
        boolean[] taken = new boolean[answer.media().size()];
        for (int i = 0; i < taken.length; i++) {
            MediaDescription theirs = answer.media().get(i);
            checkAnswered(i, theirs, offer.media().get(i));
            taken[i] = !theirs.isRejected();
        }
        checkBundle(answer);
        Bundle bundle = Bundle.of(answer, taken, firstIn(inUse, taken));
        int offered = dataSection(offer);
        int data = bundle.contains(offered) ? offered : -1;
        if (bundle.carrier() >= 0) {
            DtlsRoles.offererRole(RemoteTransport.read(answer, bundle.carrier(), data), role);
        }
        return new Checked(data, bundle.carrier(), bundle.members());
    }

    private static void checkAnswered(int index, MediaDescription theirs, MediaDescription ours) {
        if (!theirs.media().equals(ours.media())) {
            throw new RefusedDescription("Section " + index + " of the answer is of another kind than in the offer");
        }
        if (theirs.mid().isPresent() && !theirs.mid().equals(ours.mid())) {
            throw new RefusedDescription("Section " + index + " of the answer has another mid than in the offer");
        }
        if (theirs.isRejected()) {
            return;
        }
        if (ours.isRejected()) {
            throw new RefusedDescription("Section " + index + " of the answer takes what the offer gave up");
        }
        if (theirs.isDataChannel() != ours.isDataChannel() || theirs.isRtp() != ours.isRtp()) {
            throw new RefusedDescription("Section " + index + " of the answer changes the protocol");
        }
        if (theirs.isRtp() && !theirs.attributes().contains(Flag.RTCP_MUX)) {
            throw new RefusedDescription("Section " + index + " of the answer wants another transport for RTCP");
        }
    }

    /** Within a bundle a payload type means one codec only (RFC 9143 section 10.1.2). */
    private static void checkBundle(SessionDescription description) {
        Map<String, RtpFormat> formats = new HashMap<>();
        for (MediaDescription section : description.media()) {
            String group = description
                    .bundleOf(section)
                    .map(each -> each.mids().get(0) + "/")
                    .orElse("");
            if (group.isEmpty() || !section.isRtp() || section.isRejected()) {
                continue;
            }
            for (RtpFormat each : section.rtpFormats()) {
                RtpFormat other = formats.putIfAbsent(group + each.payloadType(), each);
                if (other != null && !isSame(section.media(), each, other)) {
                    throw new RefusedDescription(
                            "Payload type " + each.payloadType() + " means two codecs in one bundle");
                }
            }
        }
    }

    private static boolean isSame(String kind, RtpFormat a, RtpFormat b) {
        if (a.isRetransmission() != b.isRetransmission()) {
            return false;
        }
        return a.isRetransmission()
                ? a.associatedPayloadType() == b.associatedPayloadType()
                : SdpCodecs.matches(kind, a, b);
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
     * Tells whether a section of an offer is media that could be taken: of a known kind and profile, with RTCP on the
     * transport of RTP.
     *
     * @param section the section
     * @return true when its codecs decide
     */
    public static boolean isUsableMedia(MediaDescription section) {
        boolean profile = Set.of("SAVPF", "SAVP", "AVPF", "AVP")
                .contains(section.protocol().substring(section.protocol().lastIndexOf('/') + 1));
        return section.isRtp()
                && profile
                && !section.isRejected()
                && KINDS.contains(section.media())
                && section.attributes().contains(Flag.RTCP_MUX);
    }

    /**
     * Finds the sections that both sides use.
     *
     * @param local our description, or null
     * @param remote the other side's, or null
     * @return their indices
     */
    public static List<Integer> inUse(@Nullable SessionDescription local, @Nullable SessionDescription remote) {
        List<Integer> indices = new ArrayList<>();
        if (local != null && remote != null) {
            for (int i = 0; i < Math.min(local.media().size(), remote.media().size()); i++) {
                if (!local.media().get(i).isRejected() && !remote.media().get(i).isRejected()) {
                    indices.add(i);
                }
            }
        }
        return indices;
    }

    static int firstIn(List<Integer> inUse, boolean[] usable) {
        Optional<Integer> first = inUse.stream()
                .filter(each -> each < usable.length && usable[each])
                .findFirst();
        return first.orElse(-1);
    }
}
