package org.webrtc4j;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.jsep.ExtensionSpec;
import org.webrtc4j.jsep.MediaPlan;
import org.webrtc4j.jsep.SdpCodecs;
import org.webrtc4j.jsep.SectionAgreement;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.MediaKind;
import org.webrtc4j.media.capability.CodecCapability;
import org.webrtc4j.sdp.Direction;

/** Shows codecs and header extensions as the W3C's dictionaries do, and reads them back. */
final class Capabilities {

    private static final String RTX = "rtx";

    private Capabilities() {}

    static @Nullable RTCRtpCapabilities of(String kind) {
        List<CodecCapability> codecs = SdpCodecs.known(kind);
        if (codecs.isEmpty()) {
            return null;
        }
        List<RTCRtpCodec> shown = new ArrayList<>();
        codecs.forEach(each -> shown.add(codec(each)));
        codecs.stream()
                .filter(CodecCapability::hasRtx)
                .findFirst()
                .ifPresent(each ->
                        shown.add(new RTCRtpCodec(kind + "/" + RTX, each.codec().clockRate(), null, null)));
        return new RTCRtpCapabilities(shown, extensions(ExtensionSpec.of(kind)));
    }

    static RTCRtpCodec codec(CodecCapability capability) {
        CodecDescription codec = capability.codec();
        return new RTCRtpCodec(codec.mimeType(), codec.clockRate(), channels(codec), fmtp(codec));
    }

    private static @Nullable Integer channels(CodecDescription codec) {
        return codec.kind() == MediaKind.AUDIO ? codec.channels() : null;
    }

    private static @Nullable String fmtp(CodecDescription codec) {
        return codec.parameters().isEmpty() ? null : codec.fmtp();
    }

    /** The codecs in the order of a preference; rtx in the list lets every one of them be retransmitted. */
    static List<CodecCapability> preferred(String kind, List<RTCRtpCodec> preferences) {
        List<CodecCapability> preferred = new ArrayList<>();
        boolean retransmits =
                preferences.stream().anyMatch(each -> each.mimeType().equalsIgnoreCase(kind + "/" + RTX));
        for (RTCRtpCodec each : preferences) {
            boolean rtx = each.mimeType().equalsIgnoreCase(kind + "/" + RTX);
            CodecCapability found = rtx ? null : find(kind, each);
            if (!rtx && found == null) {
                throw DOMException.invalidModification("No codec of " + kind + " is like " + each);
            }
            if (found != null) {
                CodecCapability wanted = retransmits ? found : withoutRetransmission(found);
                if (!preferred.contains(wanted)) {
                    preferred.add(wanted);
                }
            }
        }
        if (preferred.stream().noneMatch(each -> SdpCodecs.carriesMedia(each.codec()))) {
            throw DOMException.invalidModification("None of these codecs carries media by itself");
        }
        return preferred;
    }

    private static CodecCapability withoutRetransmission(CodecCapability codec) {
        return new CodecCapability(codec.codec(), codec.payloadType(), CodecCapability.NO_RTX, codec.feedback());
    }

    static @Nullable CodecCapability find(String kind, RTCRtpCodec codec) {
        CodecCapability found = find(SdpCodecs.known(kind), codec);
        return found == null ? find(SdpCodecs.optional(kind), codec) : found;
    }

    private static @Nullable CodecCapability find(List<CodecCapability> among, RTCRtpCodec codec) {
        for (CodecCapability each : among) {
            if (codec(each).sameAs(codec)) {
                return each;
            }
        }
        return null;
    }

    static List<RTCRtpHeaderExtensionCapability> extensions(List<ExtensionSpec> extensions) {
        return extensions.stream()
                .map(each -> new RTCRtpHeaderExtensionCapability(each.uri(), direction(each.direction())))
                .toList();
    }

    static List<RTCRtpHeaderExtensionCapability> negotiated(List<ExtensionSpec> known, SectionAgreement agreement) {
        List<RTCRtpHeaderExtensionCapability> shown = new ArrayList<>();
        for (ExtensionSpec each : known) {
            Direction direction = null;
            for (MediaPlan.Extension agreed : agreement.extensions()) {
                if (agreed.uri().equals(each.uri())) {
                    direction = Direction.of(agreed.sends(), agreed.receives());
                }
            }
            shown.add(new RTCRtpHeaderExtensionCapability(each.uri(), direction(direction)));
        }
        return shown;
    }

    private static RTCRtpTransceiverDirection direction(@Nullable Direction direction) {
        return direction == null ? RTCRtpTransceiverDirection.STOPPED : RTCRtpTransceiverDirection.of(direction);
    }

    static List<RTCRtpHeaderExtensionParameters> parameters(SectionAgreement agreement, boolean sending) {
        return agreement.extensions().stream()
                .filter(each -> sending ? each.sends() : each.receives())
                .map(each -> new RTCRtpHeaderExtensionParameters(each.uri(), each.id(), false))
                .toList();
    }

    /** Codecs with their retransmissions behind them, as the W3C lists them. */
    static List<RTCRtpCodecParameters> codecs(List<MediaPlan.Codec> codecs) {
        List<RTCRtpCodecParameters> shown = new ArrayList<>();
        for (MediaPlan.Codec each : codecs) {
            CodecDescription codec = each.codec();
            shown.add(new RTCRtpCodecParameters(
                    each.payloadType(), codec.mimeType(), codec.clockRate(), channels(codec), fmtp(codec)));
            if (each.rtxPayloadType() >= 0) {
                shown.add(new RTCRtpCodecParameters(
                        each.rtxPayloadType(),
                        codec.kind().text() + "/" + RTX,
                        codec.clockRate(),
                        null,
                        "apt=" + each.payloadType()));
            }
        }
        return shown;
    }
}
