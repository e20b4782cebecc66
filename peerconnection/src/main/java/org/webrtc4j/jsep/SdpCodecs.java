package org.webrtc4j.jsep;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.MediaKind;
import org.webrtc4j.media.capability.CodecCapabilities;
import org.webrtc4j.media.capability.CodecCapability;
import org.webrtc4j.media.capability.CodecMatching;
import org.webrtc4j.media.capability.RtcpFeedback;
import org.webrtc4j.sdp.Fmtp;
import org.webrtc4j.sdp.RtpFormat;
import org.webrtc4j.sdp.Rtpmap;

/** Translates codecs: lines in descriptions, plain values in media. */
public final class SdpCodecs {

    /** These only accompany another codec. */
    private static final Set<String> ACCESSORIES = Set.of("telephone-event", "cn", "red", "ulpfec", "flexfec-03");

    private SdpCodecs() {}

    /**
     * Returns the codecs of this library.
     *
     * @param kind audio or video
     * @return in the order of preference; empty for another kind
     */
    public static List<CodecCapability> known(String kind) {
        for (MediaKind each : MediaKind.values()) {
            if (each.text().equals(kind)) {
                return CodecCapabilities.defaults().of(each);
            }
        }
        return List.of();
    }

    /**
     * Returns the codecs of this library that are negotiated only by preference.
     *
     * @param kind audio or video
     * @return empty for another kind
     */
    public static List<CodecCapability> optional(String kind) {
        for (MediaKind each : MediaKind.values()) {
            if (each.text().equals(kind)) {
                return CodecCapabilities.optional().of(each);
            }
        }
        return List.of();
    }

    /**
     * Tells whether a codec carries media by itself.
     *
     * @param codec the codec
     * @return false for telephone-event, CN, red and the like
     */
    public static boolean carriesMedia(CodecDescription codec) {
        return !ACCESSORIES.contains(codec.name().toLowerCase(Locale.ROOT));
    }

    static boolean isFlexfec(RtpFormat format) {
        return format.rtpmap().encoding().equalsIgnoreCase("flexfec-03");
    }

    /** A format of a section as media knows it. */
    static CodecDescription codec(String kind, RtpFormat format) {
        Rtpmap map = format.rtpmap();
        Fmtp fmtp = format.fmtp();
        return new CodecDescription(
                kind + "/" + map.encoding(),
                map.clockRate(),
                map.channels(),
                CodecDescription.parseFmtp(fmtp == null ? "" : fmtp.parameters()));
    }

    static boolean matches(CodecCapability ours, RtpFormat format) {
        CodecDescription own = ours.codec();
        return !format.isRetransmission()
                && CodecMatching.score(codec(own.kind().text(), format), own) > CodecMatching.NO_MATCH;
    }

    static boolean matches(String kind, RtpFormat a, RtpFormat b) {
        return !a.isRetransmission()
                && !b.isRetransmission()
                && CodecMatching.score(codec(kind, a), codec(kind, b)) > CodecMatching.NO_MATCH;
    }

    /** The lines of a codec. */
    static RtpFormat format(int payloadType, CodecDescription codec, List<RtcpFeedback> feedback) {
        String parameters = codec.fmtp();
        List<org.webrtc4j.sdp.RtcpFeedback> lines = new ArrayList<>();
        for (RtcpFeedback each : feedback) {
            lines.add(new org.webrtc4j.sdp.RtcpFeedback(
                    payloadType, each.type(), each.parameter().isEmpty() ? null : each.parameter()));
        }
        return new RtpFormat(
                new Rtpmap(payloadType, codec.name(), codec.clockRate(), codec.channels()),
                parameters.isEmpty() ? null : new Fmtp(Integer.toString(payloadType), parameters),
                lines,
                -1);
    }

    /** The lines of the retransmissions of a payload type (RFC 4588 section 8.1). */
    static RtpFormat retransmission(int clockRate, int payloadType, int associated) {
        return new RtpFormat(
                new Rtpmap(payloadType, "rtx", clockRate),
                new Fmtp(Integer.toString(payloadType), "apt=" + associated),
                List.of(),
                associated);
    }

    /** Whether arrivals are to be told stream by stream (RFC 8888). */
    static boolean tellsByStream(RtpFormat format) {
        return feedback(format).contains(RtcpFeedback.CCFB);
    }

    static List<RtcpFeedback> feedback(RtpFormat format) {
        List<RtcpFeedback> feedback = new ArrayList<>();
        for (org.webrtc4j.sdp.RtcpFeedback each : format.feedback()) {
            String parameter = each.parameter();
            feedback.add(new RtcpFeedback(each.type(), parameter == null ? "" : parameter));
        }
        return feedback;
    }
}
