package org.webrtc4j.media.capability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.webrtc4j.media.capability.H264ProfileLevelId.Profile;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class H264ProfileLevelIdTest {

    /** RFC 6184 table 5. */
    @ParameterizedTest
    @CsvSource({
        "42e01f,CONSTRAINED_BASELINE,31",
        "42C02A,CONSTRAINED_BASELINE,42",
        "42401f,CONSTRAINED_BASELINE,31",
        "4d801f,CONSTRAINED_BASELINE,31",
        "4de01f,CONSTRAINED_BASELINE,31",
        "58c01f,CONSTRAINED_BASELINE,31",
        "42001f,BASELINE,31",
        "42a01f,BASELINE,31",
        "58a01f,BASELINE,31",
        "4d001f,MAIN,31",
        "4d401f,MAIN,31",
        "58001f,EXTENDED,31",
        "64001f,HIGH,31",
        "640c1f,CONSTRAINED_HIGH,31",
        "640034,HIGH,52",
        "f4001f,PREDICTIVE_HIGH_444,31"
    })
    void theProfileIsThatOfThePatternWhateverTheByteValues(String text, Profile profile, int level) {
        assertThat(H264ProfileLevelId.parse(text)).isEqualTo(new H264ProfileLevelId(profile, level));
    }

    @Test
    void anAbsentParameterMeansBaselineAtLevelOne() {
        assertThat(H264ProfileLevelId.parse(null)).isEqualTo(H264ProfileLevelId.parse("42000a"));
    }

    @Test
    void levelOneBIsWrittenWithAFlagOrAsNine() {
        assertThat(level("42f00b")).isEqualTo(H264ProfileLevelId.LEVEL_1B);
        assertThat(level("42e00b")).isEqualTo(11);
        assertThat(level("42100b")).isEqualTo(H264ProfileLevelId.LEVEL_1B);
        assertThat(level("4d100b")).isEqualTo(H264ProfileLevelId.LEVEL_1B);
        assertThat(level("640009")).isEqualTo(H264ProfileLevelId.LEVEL_1B);
    }

    @Test
    void levelOneBIsAboveOneAndBelowOneOne() {
        H264ProfileLevelId one = parse("42e00a");
        H264ProfileLevelId oneB = parse("42f00b");
        H264ProfileLevelId oneOne = parse("42e00b");
        assertThat(one.isLevelBelow(oneB)).isTrue();
        assertThat(oneB.isLevelBelow(oneOne)).isTrue();
        assertThat(oneOne.isLevelBelow(oneB)).isFalse();
        assertThat(one.isLevelBelow(one)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "42e01f", "42001f", "4d001f", "58001f", "64001f", "640c1f", "f4001f", "42f00b", "42100b", "640009"
            })
    void whatIsWrittenReadsAsTheSame(String text) {
        assertThat(parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "42e0", "42e01f0", "42e01g", "+2e01f", "-2e01f", "00001f", "ff001f", "64ff1f", "42e000", "42e009",
                "42e0ff", "٤٢٠٠١٢"
            })
    void whatIsNotKnownIsRefused(String text) {
        assertThat(H264ProfileLevelId.parse(text)).isNull();
    }

    private static int level(String text) {
        return parse(text).level();
    }

    private static H264ProfileLevelId parse(String text) {
        return Objects.requireNonNull(H264ProfileLevelId.parse(text));
    }
}
