package org.webrtc4j.media.opus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.webrtc4j.media.Payloads.hex;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.webrtc4j.media.PayloadDrop;

class OpusTocTest {

    /** RFC 6716, table 2. */
    @ParameterizedTest
    @CsvSource({
        "0,480", "1,960", "2,1920", "3,2880", "4,480", "7,2880", "8,480", "11,2880", "12,480", "13,960", "14,480",
        "15,960", "16,120", "17,240", "18,480", "19,960", "20,120", "23,960", "28,120", "31,960"
    })
    void theConfigurationGivesTheLengthOfAFrame(int config, int samples) {
        assertThat(OpusToc.frameSamples(config << 3)).isEqualTo(samples);
    }

    @Test
    void theConfigurationGivesTheLayerAndTheSBitTheChannels() {
        assertThat(OpusToc.mode(11 << 3)).isEqualTo(OpusToc.Mode.SILK);
        assertThat(OpusToc.mode(12 << 3)).isEqualTo(OpusToc.Mode.HYBRID);
        assertThat(OpusToc.mode(15 << 3)).isEqualTo(OpusToc.Mode.HYBRID);
        assertThat(OpusToc.mode(31 << 3)).isEqualTo(OpusToc.Mode.CELT);
        assertThat(OpusToc.channels(0xf8)).isEqualTo(1);
        assertThat(OpusToc.channels(0xfc)).isEqualTo(2);
    }

    @Test
    void theLengthOfAPacketIsThatOfItsFrames() {
        assertThat(samples("f8 01 02")).isEqualTo(960);
        assertThat(samples("f9 01 02")).isEqualTo(1_920);
        assertThat(samples("fa 01 02 03")).isEqualTo(1_920);
        assertThat(samples("fb 03 01 02 03")).isEqualTo(2_880);
        assertThat(samples("18 01")).as("60 ms of SILK").isEqualTo(2_880);
    }

    @Test
    void aPacketOfOneByteIsSilence() {
        assertThat(samples("f8")).isEqualTo(960);
        assertThat(OpusToc.isDtx(1)).isTrue();
        assertThat(OpusToc.isDtx(3)).isFalse();
    }

    @Test
    void codeThreeWithNoFrameIsRefused() {
        assertThat(check("fb 00 01")).isEqualTo(PayloadDrop.BAD_VALUE);
    }

    @Test
    void codeThreeWith63FramesIsRefusedUnlessItStaysWithin120Milliseconds() {
        byte[] long63 = new byte[2 + 63];
        long63[0] = (byte) 0xfb;
        long63[1] = 63;
        assertThat(OpusToc.check(long63, 0, long63.length)).isEqualTo(PayloadDrop.TOO_LONG);
        byte[] short48 = new byte[2 + 48];
        short48[0] = (byte) (16 << 3 | 3);
        short48[1] = 48;
        assertThat(OpusToc.samples(short48, 0, short48.length)).isEqualTo(OpusToc.MAX_SAMPLES);
        short48[1] = 49;
        assertThat(OpusToc.check(short48, 0, short48.length)).isNotNull();
    }

    @Test
    void moreThan120MillisecondsAreRefused() {
        assertThat(check("1b 02 01 02")).isNull();
        assertThat(check("1b 03 01 02 03")).isEqualTo(PayloadDrop.TOO_LONG);
    }

    @Test
    void twoFramesOfOneSizeNeedAnEvenNumberOfBytes() {
        assertThat(check("f9 01")).isEqualTo(PayloadDrop.BAD_LENGTH);
    }

    @Test
    void aSizePastTheEndIsRefused() {
        assertThat(check("fa 05 01 02")).isEqualTo(PayloadDrop.BAD_LENGTH);
        assertThat(check("fa")).isEqualTo(PayloadDrop.TRUNCATED);
        assertThat(check("fa fc")).isEqualTo(PayloadDrop.TRUNCATED);
        assertThat(check("fb 82 ff ff")).isEqualTo(PayloadDrop.BAD_LENGTH);
        assertThat(check("fb")).isEqualTo(PayloadDrop.TRUNCATED);
        assertThat(check("")).isEqualTo(PayloadDrop.EMPTY);
    }

    @Test
    void paddingIsTakenOffAndMayNotPassTheStart() {
        assertThat(check("fb 41 02 aa 00 00")).isNull();
        assertThat(check("fb 41 05 aa 00 00")).isEqualTo(PayloadDrop.BAD_LENGTH);
        assertThat(check("fb 41 ff ff")).isNotNull();
    }

    @Test
    void aFrameOfMoreThan1275BytesIsRefused() {
        byte[] large = new byte[1 + OpusToc.MAX_FRAME_BYTES];
        assertThat(OpusToc.check(large, 0, large.length)).isNull();
        large = Arrays.copyOf(large, large.length + 1);
        assertThat(OpusToc.check(large, 0, large.length)).isEqualTo(PayloadDrop.BAD_LENGTH);
    }

    @Test
    void theRedundancyFlagOfAMonoSilkFrameFollowsItsVoiceFlags() {
        assertThat(fec("08 c0 00")).as("20 ms, voice and redundancy").isTrue();
        assertThat(fec("08 80 00")).as("20 ms, voice only").isFalse();
        assertThat(fec("18 10 00")).as("60 ms, three voice flags first").isTrue();
        assertThat(fec("f8 ff 00")).as("CELT has none").isFalse();
    }

    private static boolean fec(String packet) {
        byte[] bytes = hex(packet);
        return OpusToc.mayHaveFec(bytes, 0, bytes.length);
    }

    private static int samples(String packet) {
        byte[] bytes = hex("00" + packet);
        return OpusToc.samples(bytes, 1, bytes.length - 1);
    }

    private static @Nullable PayloadDrop check(String packet) {
        byte[] bytes = hex("00" + packet);
        return OpusToc.check(bytes, 1, bytes.length - 1);
    }
}
