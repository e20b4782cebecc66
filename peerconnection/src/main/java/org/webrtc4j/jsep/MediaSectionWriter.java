package org.webrtc4j.jsep;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.sdp.Attribute;
import org.webrtc4j.sdp.Connection;
import org.webrtc4j.sdp.Direction;
import org.webrtc4j.sdp.Extmap;
import org.webrtc4j.sdp.Flag;
import org.webrtc4j.sdp.Fmtp;
import org.webrtc4j.sdp.MediaDescription;
import org.webrtc4j.sdp.MediaDescriptionBuilder;
import org.webrtc4j.sdp.Mid;
import org.webrtc4j.sdp.Msid;
import org.webrtc4j.sdp.Rid;
import org.webrtc4j.sdp.Rtcp;
import org.webrtc4j.sdp.RtcpFeedback;
import org.webrtc4j.sdp.RtpFormat;
import org.webrtc4j.sdp.Simulcast;
import org.webrtc4j.sdp.Ssrc;
import org.webrtc4j.sdp.SsrcGroup;

/** Writes a media section: RFC 9429 section 5.2.1 for offers, 5.3.1 for answers. */
final class MediaSectionWriter {

    private static final int DISCARD_PORT = 9;

    /**
     * What a section says beside its transport.
     *
     * @param mid null where an offer had none
     * @param rids of a=rid lines
     */
    record Content(
            SectionWish wish,
            String protocol,
            @Nullable String mid,
            Direction direction,
            List<RtpFormat> formats,
            List<Extmap> extensions,
            List<Rid> rids,
            @Nullable Simulcast simulcast,
            boolean reducedSizeRtcp) {}

    private MediaSectionWriter() {}

    static MediaDescription write(Content content, TransportWriter transport, SectionPlace place, boolean offer) {
        List<String> payloadTypes = content.formats().stream()
                .map(each -> Integer.toString(each.payloadType()))
                .toList();
        MediaDescriptionBuilder builder = MediaDescription.builder(
                        content.wish().kind(), content.protocol(), payloadTypes.toArray(String[]::new))
                .connection(Connection.UNSPECIFIED);
        builder.attribute(new Rtcp(DISCARD_PORT, Connection.UNSPECIFIED));
        transport.write(builder, place);
        if (content.mid() != null) {
            builder.attribute(new Mid(content.mid()));
        }
        builder.attributes(content.extensions()).attribute(content.direction());
        boolean sends = content.direction().sends();
        if (sends) {
            builder.attributes(msids(content.wish()));
        }
        builder.attribute(Flag.RTCP_MUX);
        if (offer) {
            builder.attribute(Flag.RTCP_MUX_ONLY); // RFC 8858: there is no other transport for RTCP
        }
        if (content.reducedSizeRtcp()) {
            builder.attribute(Flag.RTCP_RSIZE);
        }
        content.formats().forEach(each -> format(builder, each));
        if (content.formats().stream().anyMatch(SdpCodecs::tellsByStream)) {
            // RFC 8888 section 6: of the section, never of one payload type.
            builder.attribute(new RtcpFeedback(
                    RtcpFeedback.ALL,
                    org.webrtc4j.media.capability.RtcpFeedback.CCFB.type(),
                    org.webrtc4j.media.capability.RtcpFeedback.CCFB.parameter()));
        }
        builder.attributes(content.rids());
        if (content.simulcast() != null) {
            builder.attribute(content.simulcast());
        }
        if (sends && content.wish().encodings().size() == 1) {
            builder.attributes(sources(content));
        }
        return builder.build();
    }

    private static void format(MediaDescriptionBuilder builder, RtpFormat format) {
        builder.attribute(format.rtpmap());
        format.feedback().stream()
                .filter(each -> !"ccfb".equals(each.parameter()))
                .forEach(builder::attribute);
        Fmtp fmtp = format.fmtp();
        if (fmtp != null) {
            builder.attribute(fmtp);
        }
    }

    /** One line per stream, or the sign that there is none (RFC 8830 section 2). */
    private static List<Msid> msids(SectionWish wish) {
        List<String> streams = wish.streamIds().isEmpty() ? List.of(Msid.NO_STREAM) : wish.streamIds();
        return streams.stream().map(each -> new Msid(each, wish.trackId())).toList();
    }

    /** Sources are named as browsers do (RFC 5576), so that a peer knows them before the first packet. */
    private static List<Attribute> sources(Content content) {
        SectionWish wish = content.wish();
        LocalEncoding encoding = wish.encodings().get(0);
        List<Long> ssrcs = new ArrayList<>(List.of(encoding.ssrc()));
        List<Attribute> lines = new ArrayList<>();
        if (content.formats().stream().anyMatch(RtpFormat::isRetransmission)) {
            ssrcs.add(encoding.rtxSsrc());
            lines.add(new SsrcGroup("FID", List.copyOf(ssrcs)));
        }
        if (encoding.fecSsrc() != MediaPlan.NO_SSRC
                && content.formats().stream().anyMatch(SdpCodecs::isFlexfec)) {
            ssrcs.add(encoding.fecSsrc());
            lines.add(new SsrcGroup("FEC-FR", List.of(encoding.ssrc(), encoding.fecSsrc())));
        }
        String stream =
                wish.streamIds().isEmpty() ? Msid.NO_STREAM : wish.streamIds().get(0);
        for (long ssrc : ssrcs) {
            lines.add(new Ssrc(ssrc, "cname", wish.cname()));
            lines.add(new Ssrc(ssrc, "msid", stream + " " + wish.trackId()));
        }
        return lines;
    }
}
