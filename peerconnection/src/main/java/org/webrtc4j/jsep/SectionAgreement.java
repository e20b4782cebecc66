package org.webrtc4j.jsep;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.capability.RtcpFeedback;
import org.webrtc4j.sdp.Direction;
import org.webrtc4j.sdp.Extmap;
import org.webrtc4j.sdp.Flag;
import org.webrtc4j.sdp.MediaDescription;
import org.webrtc4j.sdp.RtpFormat;
import org.webrtc4j.sdp.SessionDescription;

/**
 * What two descriptions agree on for one media section, apart from directions.
 *
 * @param sendCodecs what may be sent, with the payload types of the other side, in its order of preference
 * @param receiveCodecs what may come, with our payload types
 * @param unansweredCodecs what our offer names and the answer does not. RFC 3264 section 7 allows to take it no longer, but a
 *     browser whose page prefers other codecs sends the first of the offer all the same
 * @param extensions the header extensions
 * @param sendRids the rids of ours that the other side takes
 * @param receiveRids the rids that the other side may send
 * @param sources those that the other side has named
 * @param remoteCname of the other side's sources, empty when it was not named
 * @param reducedSizeRtcp whether RTCP may be sent without a report
 * @param mixedExtensions whether both forms of header extensions may be sent (RFC 8285 section 4.1.2)
 */
public record SectionAgreement(
        List<MediaPlan.Codec> sendCodecs,
        List<MediaPlan.Codec> receiveCodecs,
        List<MediaPlan.Codec> unansweredCodecs,
        List<MediaPlan.Extension> extensions,
        List<String> sendRids,
        List<String> receiveRids,
        List<MediaPlan.Source> sources,
        String remoteCname,
        boolean reducedSizeRtcp,
        boolean mixedExtensions) {

    /** Before anything was agreed. */
    public static final SectionAgreement NONE = new SectionAgreement(
            List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), "", false, false);

    /**
     * Copies the lists.
     *
     * @param sendCodecs what may be sent
     * @param receiveCodecs what may come
     * @param unansweredCodecs what our offer names and the answer does not
     * @param extensions the header extensions
     * @param sendRids the rids of ours that the other side takes
     * @param receiveRids the rids that the other side may send
     * @param sources those that the other side has named
     * @param remoteCname of the other side's sources
     * @param reducedSizeRtcp whether RTCP may be sent without a report
     * @param mixedExtensions whether both forms of header extensions may be sent (RFC 8285 section 4.1.2)
     */
    public SectionAgreement {
        sendCodecs = List.copyOf(sendCodecs);
        receiveCodecs = List.copyOf(receiveCodecs);
        unansweredCodecs = List.copyOf(unansweredCodecs);
        extensions = List.copyOf(extensions);
        sendRids = List.copyOf(sendRids);
        receiveRids = List.copyOf(receiveRids);
        sources = List.copyOf(sources);
    }

    /**
     * Joins what both sides have said.
     *
     * @param local our description
     * @param ours our section
     * @param remote the other side's description
     * @param theirs the same section of it
     * @return the agreement
     */
    public static SectionAgreement of(
            SessionDescription local, MediaDescription ours, SessionDescription remote, MediaDescription theirs) {
        List<MediaPlan.Codec> answered = codecs(ours, theirs);
        return new SectionAgreement(
                codecs(theirs, ours),
                answered,
                others(codecs(ours, null), answered),
                extensions(local.extmaps(ours), remote.extmaps(theirs)),
                intersection(RemoteMedia.wantedRids(theirs), RemoteMedia.sentRids(ours)),
                intersection(RemoteMedia.receivedRids(ours), RemoteMedia.sentRids(theirs)),
                RemoteMedia.sources(theirs),
                RemoteMedia.cname(theirs),
                ours.attributes().contains(Flag.RTCP_RSIZE)
                        && theirs.attributes().contains(Flag.RTCP_RSIZE),
                local.contains(ours, Flag.EXTMAP_ALLOW_MIXED) && remote.contains(theirs, Flag.EXTMAP_ALLOW_MIXED));
    }

    /**
     * What may come as soon as our offer is out, before its answer: media may overtake it (RFC 9429 section 5.9).
     *
     * @param local our offer
     * @param ours our section
     * @return this agreement with what the section takes, added to what was taken before
     */
    public SectionAgreement awaiting(SessionDescription local, MediaDescription ours) {
        List<MediaPlan.Codec> codecs = new ArrayList<>(codecs(ours, null));
        List<Extmap> offered = local.extmaps(ours);
        codecs.addAll(others(receiveCodecs, codecs));
        return new SectionAgreement(
                sendCodecs,
                codecs,
                others(unansweredCodecs, codecs),
                extensions.isEmpty() ? extensions(offered, offered) : extensions,
                sendRids,
                receiveRids,
                sources,
                remoteCname,
                reducedSizeRtcp,
                mixedExtensions);
    }

    /**
     * Everything that is taken when it comes.
     *
     * @return what may come, then what only our offer names
     */
    public List<MediaPlan.Codec> takenCodecs() {
        List<MediaPlan.Codec> taken = new ArrayList<>(receiveCodecs);
        taken.addAll(unansweredCodecs);
        return taken;
    }

    /** The codecs whose payload types are not among those of others. */
    private static List<MediaPlan.Codec> others(List<MediaPlan.Codec> codecs, List<MediaPlan.Codec> known) {
        return codecs.stream()
                .filter(each -> known.stream().noneMatch(other -> other.payloadType() == each.payloadType()))
                .toList();
    }

    /** The formats of one section that the other has too, as the first one writes them. */
    private static List<MediaPlan.Codec> codecs(MediaDescription section, @Nullable MediaDescription other) {
        List<RtpFormat> formats = section.rtpFormats();
        List<RtpFormat> counterparts = other == null ? formats : other.rtpFormats();
        List<MediaPlan.Codec> codecs = new ArrayList<>();
        for (RtpFormat format : formats) {
            RtpFormat counterpart = counterpart(section.media(), format, counterparts);
            if (counterpart == null) {
                continue;
            }
            boolean retransmitted = rtx(counterparts, counterpart.payloadType()) >= 0;
            Set<RtcpFeedback> feedback = new HashSet<>(SdpCodecs.feedback(format));
            feedback.retainAll(SdpCodecs.feedback(counterpart));
            codecs.add(new MediaPlan.Codec(
                    format.payloadType(),
                    retransmitted ? rtx(formats, format.payloadType()) : -1,
                    SdpCodecs.codec(section.media(), format),
                    feedback));
        }
        return codecs;
    }

    private static @Nullable RtpFormat counterpart(String kind, RtpFormat format, List<RtpFormat> others) {
        RtpFormat found = null;
        for (RtpFormat each : others) {
            if (SdpCodecs.matches(kind, format, each)) {
                boolean same = each.payloadType() == format.payloadType();
                found = found == null || same ? each : found;
            }
        }
        return found;
    }

    private static int rtx(List<RtpFormat> formats, int payloadType) {
        for (RtpFormat each : formats) {
            if (each.isRetransmission() && each.associatedPayloadType() == payloadType) {
                return each.payloadType();
            }
        }
        return -1;
    }

    private static List<MediaPlan.Extension> extensions(List<Extmap> ours, List<Extmap> theirs) {
        List<MediaPlan.Extension> agreed = new ArrayList<>();
        for (Extmap each : ours) {
            for (Extmap other : theirs) {
                if (other.uri().equals(each.uri()) && other.id() == each.id()) {
                    Direction own = each.direction() == null ? Direction.SENDRECV : each.direction();
                    Direction their = ours == theirs
                            ? own.reversed()
                            : other.direction() == null ? Direction.SENDRECV : other.direction();
                    Direction both = own.intersect(their.reversed());
                    agreed.add(new MediaPlan.Extension(each.id(), each.uri(), both.sends(), both.receives()));
                }
            }
        }
        return agreed;
    }

    private static List<String> intersection(List<String> a, List<String> b) {
        return a.stream().filter(b::contains).toList();
    }
}
