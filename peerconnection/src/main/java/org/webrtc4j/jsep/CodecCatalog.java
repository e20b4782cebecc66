package org.webrtc4j.jsep;

import java.util.List;

/** The codecs of this library in their order of preference: the one place where negotiation learns of them. */
public final class CodecCatalog {

    private static final List<String> VIDEO_FEEDBACK =
            List.of("goog-remb", "transport-cc", "ccm fir", "nack", "nack pli");

    private static final List<CodecSpec> AUDIO = List.of(
            new CodecSpec(
                    "audio", "opus", 48_000, 2, "minptime=10;useinbandfec=1", List.of("transport-cc", "nack"), 111, -1),
            audio("PCMU", 8_000, 0),
            audio("PCMA", 8_000, 8),
            audio("telephone-event", 48_000, 110),
            audio("telephone-event", 8_000, 126));

    private static final List<CodecSpec> VIDEO = List.of(
            video("VP8", "", 96),
            video("VP9", "profile-id=0", 98),
            h264("42001f", 1, 102),
            h264("42001f", 0, 104),
            h264("42e01f", 1, 106),
            h264("42e01f", 0, 108),
            h264("4d001f", 1, 112),
            h264("64001f", 1, 114),
            video("AV1", "level-idx=5;profile=0;tier=0", 45));

    private CodecCatalog() {}

    /**
     * Returns the codecs of a kind.
     *
     * @param kind audio or video
     * @return in the order of preference; empty for another kind
     */
    public static List<CodecSpec> of(String kind) {
        return switch (kind) {
            case "audio" -> AUDIO;
            case "video" -> VIDEO;
            default -> List.of();
        };
    }

    private static CodecSpec audio(String name, int clockRate, int payloadType) {
        return new CodecSpec("audio", name, clockRate, 1, "", List.of(), payloadType, -1);
    }

    private static CodecSpec video(String name, String fmtp, int payloadType) {
        return new CodecSpec("video", name, 90_000, 1, fmtp, VIDEO_FEEDBACK, payloadType, payloadType + 1);
    }

    private static CodecSpec h264(String profile, int mode, int payloadType) {
        String fmtp = "level-asymmetry-allowed=1;packetization-mode=" + mode + ";profile-level-id=" + profile;
        return video("H264", fmtp, payloadType);
    }
}
