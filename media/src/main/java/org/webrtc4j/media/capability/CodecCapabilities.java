package org.webrtc4j.media.capability;

import java.util.List;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.MediaKind;

/**
 * The codecs one side can take part in, the preferred first.
 *
 * @param audio audio codecs, with RED and telephone-event among them; unmodifiable
 * @param video video codecs; unmodifiable
 */
public record CodecCapabilities(List<CodecCapability> audio, List<CodecCapability> video) {

    private static final List<RtcpFeedback> AUDIO_FEEDBACK = List.of(RtcpFeedback.TRANSPORT_CC);

    private static final List<RtcpFeedback> VIDEO_FEEDBACK = List.of(
            RtcpFeedback.GOOG_REMB,
            RtcpFeedback.TRANSPORT_CC,
            RtcpFeedback.CCM_FIR,
            RtcpFeedback.NACK,
            RtcpFeedback.NACK_PLI);

    private static final CodecCapabilities DEFAULTS = new CodecCapabilities(
            List.of(
                    audio(111, CodecDescription.audio("opus", 48_000, 2, "minptime=10;useinbandfec=1"), AUDIO_FEEDBACK),
                    audio(63, CodecDescription.audio("red", 48_000, 2, "111/111"), List.of()),
                    audio(9, CodecDescription.audio("G722", 8_000, 1, ""), List.of()),
                    audio(0, CodecDescription.audio("PCMU", 8_000, 1, ""), List.of()),
                    audio(8, CodecDescription.audio("PCMA", 8_000, 1, ""), List.of()),
                    audio(110, CodecDescription.audio("telephone-event", 48_000, 1, ""), List.of()),
                    audio(126, CodecDescription.audio("telephone-event", 8_000, 1, ""), List.of())),
            List.of(
                    video(96, 97, "VP8", ""),
                    h264(102, 103, 1, "42001f"),
                    h264(104, 107, 0, "42001f"),
                    h264(108, 109, 1, "42e01f"),
                    h264(114, 115, 0, "42e01f"),
                    h264(116, 117, 1, "4d001f"),
                    h264(39, 40, 0, "4d001f"),
                    h264(112, 113, 1, "64001f"),
                    h264(123, 124, 1, "640c1f"),
                    video(98, 99, "VP9", "profile-id=0"),
                    video(100, 101, "VP9", "profile-id=2"),
                    video(45, 46, "AV1", "level-idx=5;profile=0;tier=0")));

    private static final List<RtcpFeedback> REPAIR_FEEDBACK =
            List.of(RtcpFeedback.GOOG_REMB, RtcpFeedback.TRANSPORT_CC);

    /** Chrome's numbers where it has any, and the static ones of RFC 3551 (10, 11, 13). */
    private static final CodecCapabilities OPTIONAL = new CodecCapabilities(
            List.of(
                    audio(56, CodecDescription.audio("L16", 48_000, 2, ""), List.of()),
                    audio(55, CodecDescription.audio("L16", 48_000, 1, ""), List.of()),
                    audio(10, CodecDescription.audio("L16", 44_100, 2, ""), List.of()),
                    audio(11, CodecDescription.audio("L16", 44_100, 1, ""), List.of()),
                    audio(54, CodecDescription.audio("L16", 16_000, 1, ""), List.of()),
                    audio(53, CodecDescription.audio("L16", 8_000, 1, ""), List.of()),
                    audio(105, CodecDescription.audio("CN", 16_000, 1, ""), List.of()),
                    audio(13, CodecDescription.audio("CN", 8_000, 1, ""), List.of())),
            List.of(
                    video(49, 50, "H265", "level-id=180;profile-id=1;tier-flag=0;tx-mode=SRST"),
                    video(51, 52, "H265", "level-id=180;profile-id=2;tier-flag=0;tx-mode=SRST"),
                    new CodecCapability(CodecDescription.video("red", ""), 121, 122, List.of()),
                    new CodecCapability(CodecDescription.video("ulpfec", ""), 119, CodecCapability.NO_RTX, List.of()),
                    new CodecCapability(
                            CodecDescription.video("flexfec-03", "repair-window=10000000"),
                            120,
                            CodecCapability.NO_RTX,
                            REPAIR_FEEDBACK)));

    /**
     * Copies.
     *
     * @param audio audio codecs, with RED and telephone-event among them; unmodifiable
     * @param video video codecs; unmodifiable
     */
    public CodecCapabilities {
        audio = List.copyOf(audio);
        video = List.copyOf(video);
    }

    /**
     * Returns what is negotiated unless the user says otherwise: every codec that can be carried, whether or not it can be
     * decoded here, with the payload types that browsers use. The numbers of both kinds differ, so that all fit into one
     * bundle (RFC 8843 section 10.1.2).
     *
     * @return opus, RED, G722, PCMU, PCMA, telephone-event; VP8, H264, VP9, AV1, each with retransmissions
     */
    public static CodecCapabilities defaults() {
        return DEFAULTS;
    }

    /**
     * Returns what can be carried as well and is negotiated only where it is asked for: no browser offers it by default, or
     * not on every machine; and the formats of repair, which beside retransmissions are worth their bytes on long and lossy
     * paths only. Its numbers differ from those of the defaults.
     *
     * @return L16 of several rates, comfort noise (CN) for 8 and 16 kHz; H265 Main and Main 10, each with retransmissions, RED with
     *     ULPFEC (RFC 5109), which is taken in and not sent, and FlexFEC-03
     */
    public static CodecCapabilities optional() {
        return OPTIONAL;
    }

    /**
     * Returns the codecs of a kind.
     *
     * @param kind audio or video
     * @return the list, the preferred first
     */
    public List<CodecCapability> of(MediaKind kind) {
        return kind == MediaKind.AUDIO ? audio : video;
    }

    private static CodecCapability audio(int payloadType, CodecDescription codec, List<RtcpFeedback> feedback) {
        return new CodecCapability(codec, payloadType, CodecCapability.NO_RTX, feedback);
    }

    private static CodecCapability video(int payloadType, int rtxPayloadType, String name, String fmtp) {
        return new CodecCapability(CodecDescription.video(name, fmtp), payloadType, rtxPayloadType, VIDEO_FEEDBACK);
    }

    private static CodecCapability h264(int payloadType, int rtxPayloadType, int mode, String profileLevelId) {
        String fmtp = "level-asymmetry-allowed=1;packetization-mode=" + mode + ";profile-level-id=" + profileLevelId;
        return video(payloadType, rtxPayloadType, "H264", fmtp);
    }
}
