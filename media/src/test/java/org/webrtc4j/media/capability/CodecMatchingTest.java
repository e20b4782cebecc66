package org.webrtc4j.media.capability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.PayloadFormats;

class CodecMatchingTest {

    private static final List<CodecCapability> AUDIO =
            CodecCapabilities.defaults().audio();
    private static final List<CodecCapability> VIDEO =
            CodecCapabilities.defaults().video();

    @ParameterizedTest
    @CsvSource(
            value = {
                "packetization-mode=1;profile-level-id=42e01f | 108",
                "packetization-mode=1;profile-level-id=42C034 | 108",
                "packetization-mode=1;profile-level-id=4d801f | 108",
                "profile-level-id=42e01f | 114",
                "packetization-mode=0;profile-level-id=42001f | 104",
                "'' | 104",
                "packetization-mode=1;profile-level-id=4d0032 | 116",
                "packetization-mode=1;profile-level-id=640032 | 112",
                "packetization-mode=1;profile-level-id=640c1f | 123"
            },
            delimiter = '|')
    void h264GoesByProfileAndModeAndNeverByLevel(String fmtp, int payloadType) {
        assertThat(Objects.requireNonNull(best(CodecDescription.video("h264", fmtp)))
                        .payloadType())
                .isEqualTo(payloadType);
    }

    @ParameterizedTest
    @CsvSource({
        "packetization-mode=2;profile-level-id=42e01f", "packetization-mode=1;profile-level-id=f4001f",
        "packetization-mode=1;profile-level-id=zzzzzz", "packetization-mode=0;profile-level-id=64001f"
    })
    void h264OfAnotherProfileOrModeIsNotMatched(String fmtp) {
        assertThat(best(CodecDescription.video("H264", fmtp))).isNull();
    }

    @Test
    void anEqualLevelScoresHigher() {
        CodecDescription ours = CodecDescription.video("H264", "profile-level-id=42e01f");
        assertThat(CodecMatching.score(CodecDescription.video("H264", "profile-level-id=42c01f"), ours))
                .isEqualTo(CodecMatching.EXACT);
        assertThat(CodecMatching.score(CodecDescription.video("H264", "profile-level-id=42e028"), ours))
                .isBetween(1, CodecMatching.EXACT - 1);
    }

    @Test
    void withoutLevelAsymmetryTheLowerLevelIsAnswered() {
        assertThat(answer("packetization-mode=1;profile-level-id=42e00d", true)).isEqualTo("42e00d");
        assertThat(answer("packetization-mode=1;profile-level-id=42e034", true)).isEqualTo("42e01f");
        assertThat(answer("packetization-mode=1;profile-level-id=4df00b", true)).isEqualTo("42f00b");
    }

    @Test
    void withLevelAsymmetryOnBothSidesEachHasItsOwnLevel() {
        String offer = "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e00d";
        assertThat(answer(offer, true)).isEqualTo("42e01f");
        assertThat(answer(offer, false)).isEqualTo("42e00d");
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "'' | 100",
                "profile-id=1;level-id=93 | 100",
                "profile-id=1;tier-flag=0;level-id=180;tx-mode=srst | 90",
                "profile-id=2 | 0",
                "tier-flag=1 | 0",
                "profile-space=1 | 0",
                "tx-mode=MRST | 0",
                "profile-id=x | 0",
                "sprop-max-don-diff=2 | 0"
            },
            delimiter = '|')
    void h265GoesByProfileTierAndModeAndNeverByLevel(String fmtp, int score) {
        CodecDescription ours = CodecDescription.video("H265", "profile-id=1;level-id=93;tx-mode=SRST");
        assertThat(CodecMatching.score(CodecDescription.video("h265", fmtp), ours))
                .isEqualTo(score);
    }

    @ParameterizedTest
    @CsvSource({"93, 93", "180, 150", "150, 150", "-, 93", "0, 150"})
    void theLowerLevelOfH265IsAnswered(String offered, String answered) {
        CodecDescription ours = CodecDescription.video("H265", "level-id=150;profile-id=1");
        CodecDescription theirs = CodecDescription.video("H265", offered.equals("-") ? "" : "level-id=" + offered);
        assertThat(CodecMatching.accepted(theirs, ours).fmtp()).isEqualTo("level-id=" + answered + ";profile-id=1");
    }

    @Test
    void whatIsOptionalIsMatchedOnlyWhereItIsAskedFor() {
        OfferedCodec h265 = offered(50, CodecDescription.video("H265", "profile-id=2;level-id=120"), "nack");
        OfferedCodec rtx = offered(51, CodecDescription.video("rtx", "apt=50"));
        assertThat(CodecMatching.match(List.of(h265, rtx), VIDEO)).isEmpty();

        NegotiatedCodec matched = CodecMatching.match(
                        List.of(h265, rtx), CodecCapabilities.optional().video())
                .get(0);
        assertThat(matched.payloadType()).isEqualTo(50);
        assertThat(matched.rtxPayloadType()).isEqualTo(51);
        assertThat(matched.receive().parameter("profile-id")).isEqualTo("2");
        assertThat(matched.receive().parameter("level-id")).isEqualTo("120");

        List<CodecCapability> sounds = CodecCapabilities.optional().audio();
        assertThat(CodecMatching.best(CodecDescription.audio("L16", 44_100, 2, ""), sounds))
                .matches(codec -> codec != null && codec.payloadType() == 10);
        assertThat(CodecMatching.best(CodecDescription.audio("L16", 22_050, 2, ""), sounds))
                .isNull();
    }

    @Test
    void vp9GoesByItsProfileWhichIsZeroWhenAbsent() {
        assertThat(Objects.requireNonNull(best(CodecDescription.video("VP9", "")))
                        .payloadType())
                .isEqualTo(98);
        assertThat(Objects.requireNonNull(best(CodecDescription.video("VP9", "profile-id=2")))
                        .payloadType())
                .isEqualTo(100);
        assertThat(best(CodecDescription.video("VP9", "profile-id=1"))).isNull();
    }

    @Test
    void av1GoesByItsProfileAndItsLevelOnlyScores() {
        CodecDescription ours = CodecDescription.video("AV1", "level-idx=5;profile=0;tier=0");
        assertThat(CodecMatching.score(CodecDescription.video("av1", ""), ours)).isEqualTo(CodecMatching.EXACT);
        assertThat(CodecMatching.score(CodecDescription.video("AV1", "level-idx=8;tier=1"), ours))
                .isBetween(1, CodecMatching.EXACT - 1);
        assertThat(CodecMatching.score(CodecDescription.video("AV1", "profile=1"), ours))
                .isZero();
    }

    @Test
    void nothingButNameAndClockMattersForOpus() {
        assertThat(Objects.requireNonNull(CodecMatching.best(
                                CodecDescription.audio("OPUS", 48_000, 2, "stereo=1;maxplaybackrate=16000;cbr=1"),
                                AUDIO))
                        .payloadType())
                .isEqualTo(111);
        assertThat(CodecMatching.best(CodecDescription.audio("opus", 16_000, 1, ""), AUDIO))
                .isNull();
    }

    @Test
    void telephoneEventsGoByClockRate() {
        assertThat(Objects.requireNonNull(
                                CodecMatching.best(CodecDescription.audio("telephone-event", 8_000, 1, "0-15"), AUDIO))
                        .payloadType())
                .isEqualTo(126);
        assertThat(CodecMatching.best(CodecDescription.audio("telephone-event", 16_000, 1, ""), AUDIO))
                .isNull();
    }

    @Test
    void anOfferKeepsItsNumbersAndRetransmissionsFollowTheirCodec() {
        List<NegotiatedCodec> matched = CodecMatching.match(
                List.of(
                        offered(120, CodecDescription.video("VP9", "profile-id=0"), "nack", "nack pli", "ack rpsi"),
                        offered(121, CodecDescription.video("rtx", "apt=120")),
                        offered(96, CodecDescription.video("VP8", "max-fs=12288")),
                        offered(50, CodecDescription.video("H265", "")),
                        offered(51, CodecDescription.video("rtx", "apt=50")),
                        offered(52, CodecDescription.video("rtx", "apt=52")),
                        offered(53, CodecDescription.video("rtx", "")),
                        offered(54, CodecDescription.video("ulpfec", ""))),
                VIDEO);

        assertThat(matched).extracting(NegotiatedCodec::payloadType).containsExactly(120, 96);
        assertThat(matched).extracting(NegotiatedCodec::rtxPayloadType).containsExactly(121, CodecCapability.NO_RTX);
        assertThat(matched.get(0).feedback()).containsExactly(RtcpFeedback.NACK, RtcpFeedback.NACK_PLI);
        assertThat(matched.get(1).send().number("max-fs", 0)).isEqualTo(12_288);
        assertThat(matched.get(1).receive().parameters()).isEmpty();
    }

    @Test
    void redIsAcceptedWithWhatItCarries() {
        OfferedCodec opus = offered(109, CodecDescription.audio("opus", 48_000, 2, ""));
        assertThat(payloadTypes(opus, offered(63, red("109/109")))).containsExactly(109, 63);
        assertThat(payloadTypes(offered(63, red("109/109/109")), opus)).containsExactly(63, 109);
        assertThat(payloadTypes(opus, offered(63, red("")))).containsExactly(109, 63);
        assertThat(payloadTypes(opus, offered(63, red("109/9")))).containsExactly(109);
        assertThat(payloadTypes(opus, offered(63, red("63/63")))).containsExactly(109);
        assertThat(CodecMatching.match(List.of(opus, offered(63, red("109/109"))), AUDIO)
                        .get(1)
                        .receive()
                        .fmtp())
                .isEqualTo("109/109");
    }

    @Test
    void twoSidesWithNothingInCommonMatchNothing() {
        assertThat(CodecMatching.match(List.of(offered(1, CodecDescription.video("H261", ""))), VIDEO))
                .isEmpty();
    }

    @Test
    void eachPayloadTypeIsThereOnceAndEachCodecThatCarriesMediaHasAFormat() {
        List<Integer> numbers = new ArrayList<>();
        CodecCapabilities optional = CodecCapabilities.optional();
        for (CodecCapability codec : Stream.of(AUDIO, VIDEO, optional.audio(), optional.video())
                .flatMap(List::stream)
                .toList()) {
            boolean repairs = Set.of("video/red", "video/ulpfec", "video/flexfec-03")
                    .contains(codec.codec().mimeType());
            assertThat(PayloadFormats.supports(codec.codec())).isEqualTo(!repairs);
            numbers.add(codec.payloadType());
            if (codec.hasRtx()) {
                numbers.add(codec.rtxPayloadType());
            }
            assertThat(CodecMatching.score(codec.codec(), codec.codec())).isEqualTo(CodecMatching.EXACT);
        }
        assertThat(numbers).doesNotHaveDuplicates();
        // RFC 5761 section 4: 64 to 95 would be taken for RTCP.
        assertThat(numbers).noneMatch(number -> number >= 64 && number <= 95);
    }

    @Test
    void feedbackReadsAsItIsWritten() {
        assertThat(RtcpFeedback.parse("nack pli"))
                .isEqualTo(RtcpFeedback.NACK_PLI)
                .hasToString("nack pli");
        assertThat(RtcpFeedback.parse(" nack ")).isEqualTo(RtcpFeedback.NACK).hasToString("nack");
    }

    private static String answer(String offer, boolean asymmetry) {
        CodecDescription ours = CodecDescription.video(
                "H264",
                (asymmetry ? "level-asymmetry-allowed=1;" : "") + "packetization-mode=1;profile-level-id=42e01f");
        return Objects.requireNonNull(CodecMatching.accepted(CodecDescription.video("H264", offer), ours)
                .parameter("profile-level-id"));
    }

    private static List<Integer> payloadTypes(OfferedCodec... offered) {
        return CodecMatching.match(List.of(offered), AUDIO).stream()
                .map(NegotiatedCodec::payloadType)
                .toList();
    }

    private static CodecDescription red(String fmtp) {
        return CodecDescription.audio("red", 48_000, 2, fmtp);
    }

    private static OfferedCodec offered(int payloadType, CodecDescription codec, String... feedback) {
        return new OfferedCodec(
                payloadType,
                codec,
                Arrays.stream(feedback).map(RtcpFeedback::parse).toList());
    }

    private static @Nullable CodecCapability best(CodecDescription offered) {
        return CodecMatching.best(offered, VIDEO);
    }
}
