package org.webrtc4j.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodecDescriptionTest {

    @Test
    void parametersAreNamesAndValuesAroundSemicolonsWithNamesInLowerCase() {
        assertThat(CodecDescription.parseFmtp(
                        " Level-Asymmetry-Allowed=1; packetization-mode=1;profile-level-id=42e01F ;"))
                .isEqualTo(Map.of(
                        "level-asymmetry-allowed", "1", "packetization-mode", "1", "profile-level-id", "42e01F"));
    }

    @Test
    void aParameterWithoutANameStandsUnderTheEmptyName() {
        assertThat(CodecDescription.parseFmtp("111/111")).isEqualTo(Map.of("", "111/111"));
        assertThat(CodecDescription.audio("telephone-event", 8_000, 1, "0-15").fmtp())
                .isEqualTo("0-15");
    }

    @Test
    void whatIsWrittenReadsAsTheSameInTheSameOrder() {
        String fmtp = "minptime=10;useinbandfec=1;stereo=1";
        assertThat(CodecDescription.audio("opus", 48_000, 2, fmtp).fmtp()).isEqualTo(fmtp);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ";", ";;;", "=", "=1", "==", " ; = ;"})
    void textWithoutParametersHasNone(String text) {
        assertThat(CodecDescription.parseFmtp(text)).isEmpty();
    }

    @Test
    void ofANameThatComesTwiceTheFirstCounts() {
        assertThat(CodecDescription.parseFmtp("apt=96;APT=97")).isEqualTo(Map.of("apt", "96"));
    }

    @Test
    void parametersBeyondTheLimitAreIgnored() {
        String many = IntStream.range(0, 10_000).mapToObj(i -> "p" + i + "=1").collect(Collectors.joining(";"));
        assertThat(CodecDescription.parseFmtp(many)).hasSize(CodecDescription.MAX_PARAMETERS);
    }

    @Test
    void aNumberThatIsNoneCountsAsAbsent() {
        CodecDescription codec =
                CodecDescription.video("x", "a=12;b=;c=-1;d=99999999999;e=1x;f=4294967296;g=2147483647");
        assertThat(codec.number("a", 7)).isEqualTo(12);
        for (String name : new String[] {"b", "c", "d", "e", "f", "z"}) {
            assertThat(codec.number(name, 7)).as(name).isEqualTo(7);
        }
        assertThat(codec.number("g", 7)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void typesAreComparedWithoutRegardToCase() {
        assertThat(CodecDescription.video("vp8", "").is("video/VP8")).isTrue();
        assertThat(CodecDescription.video("vp8", "").kind()).isEqualTo(MediaKind.VIDEO);
        assertThat(new CodecDescription("AUDIO/Opus", 48_000, 2, Map.of()).kind())
                .isEqualTo(MediaKind.AUDIO);
        assertThat(new CodecDescription("AUDIO/Opus", 48_000, 2, Map.of()).name())
                .isEqualTo("Opus");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "audio/", "video", "text/t140", "video/a/b", "videos/VP8"})
    void whatIsNoAudioOrVideoTypeIsRefused(String type) {
        assertThatIllegalArgumentException().isThrownBy(() -> new CodecDescription(type, 90_000, 1, Map.of()));
    }
}
