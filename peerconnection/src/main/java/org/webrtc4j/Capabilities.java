package org.webrtc4j;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.jsep.CodecCatalog;
import org.webrtc4j.jsep.CodecSpec;
import org.webrtc4j.jsep.ExtensionSpec;
import org.webrtc4j.jsep.MediaPlan;
import org.webrtc4j.jsep.SectionAgreement;
import org.webrtc4j.sdp.Direction;

/** Shows codecs and header extensions as the W3C's dictionaries do, and reads them back. */
final class Capabilities {

    private static final String RTX = "rtx";

    private Capabilities() {}

    static @Nullable RTCRtpCapabilities of(String kind) {
        List<CodecSpec> codecs = CodecCatalog.of(kind);
        if (codecs.isEmpty()) {
            return null;
        }
        List<RTCRtpCodec> shown = new ArrayList<>();
        codecs.forEach(each -> shown.add(codec(each)));
        codecs.stream()
                .filter(CodecSpec::retransmits)
                .findFirst()
                .ifPresent(each -> shown.add(new RTCRtpCodec(kind + "/" + RTX, each.clockRate(), null, null)));
        return new RTCRtpCapabilities(shown, extensions(ExtensionSpec.of(kind)));
    }

    static RTCRtpCodec codec(CodecSpec codec) {
        return new RTCRtpCodec(
                codec.mimeType(),
                codec.clockRate(),
                codec.kind().equals("audio") ? codec.channels() : null,
                codec.fmtp().isEmpty() ? null : codec.fmtp());
    }

    /** The codecs in the order of a preference; rtx in the list lets every one of them be retransmitted. */
    static List<CodecSpec> preferred(String kind, List<RTCRtpCodec> preferences) {
        List<CodecSpec> preferred = new ArrayList<>();
        boolean retransmits =
                preferences.stream().anyMatch(each -> each.mimeType().equalsIgnoreCase(kind + "/" + RTX));
        for (RTCRtpCodec each : preferences) {
            boolean rtx = each.mimeType().equalsIgnoreCase(kind + "/" + RTX);
            CodecSpec found = rtx ? null : find(kind, each);
            if (!rtx && found == null) {
                throw DOMException.invalidModification("No codec of " + kind + " is like " + each);
            }
            if (found != null) {
                CodecSpec wanted = retransmits ? found : found.withoutRetransmission();
                if (!preferred.contains(wanted)) {
                    preferred.add(wanted);
                }
            }
        }
        if (preferred.stream().noneMatch(CodecSpec::carriesMedia)) {
            throw DOMException.invalidModification("None of these codecs carries media by itself");
        }
        return preferred;
    }

    static @Nullable CodecSpec find(String kind, RTCRtpCodec codec) {
        for (CodecSpec each : CodecCatalog.of(kind)) {
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
            boolean audio = each.mimeType().startsWith("audio/");
            shown.add(new RTCRtpCodecParameters(
                    each.payloadType(),
                    each.mimeType(),
                    each.clockRate(),
                    audio ? each.channels() : null,
                    each.fmtp().isEmpty() ? null : each.fmtp()));
            if (each.rtxPayloadType() >= 0) {
                shown.add(new RTCRtpCodecParameters(
                        each.rtxPayloadType(),
                        (audio ? "audio/" : "video/") + RTX,
                        each.clockRate(),
                        null,
                        "apt=" + each.payloadType()));
            }
        }
        return shown;
    }
}
