package org.webrtc4j.media.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.webrtc4j.media.Payloads.H264;
import static org.webrtc4j.media.Payloads.OPUS;
import static org.webrtc4j.media.Payloads.VP8;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.Depacketizer;
import org.webrtc4j.media.Payloads;

/**
 * Payloads that a stranger may send: each is counted, its frame is dropped and told of, and the frames before and after it
 * come.
 */
class BadPayloadTest {

    private static final CodecDescription VP9 = CodecDescription.video("VP9", "");
    private static final CodecDescription AV1 = CodecDescription.video("AV1", "");
    private static final CodecDescription RED = CodecDescription.audio("red", 48_000, 2, "111/111");
    private static final CodecDescription DTMF = CodecDescription.audio("telephone-event", 8_000, 1, "");
    private static final CodecDescription L16 = CodecDescription.audio("L16", 44_100, 2, "");

    /** Between two good frames comes one of the given payloads. */
    private static void assertDropped(CodecDescription codec, String good, String... payloads) {
        Receiver receiver = new Receiver(AssemblyOptions.video().withWaitForKeyFrame(false), codec);
        int sequence = 1;
        receiver.packet(sequence++, 1_000, true, Payloads.hex(good));
        for (int i = 0; i < payloads.length; i++) {
            receiver.packet(sequence++, 2_000, i == payloads.length - 1, Payloads.hex(payloads[i]));
        }
        receiver.packet(sequence, 3_000, true, Payloads.hex(good));

        AssemblyStats stats = receiver.assembler.stats();
        assertThat(stats.framesMalformed()).isEqualTo(1);
        assertThat(stats.framesDropped()).isEqualTo(1);
        assertThat(stats.packetsMalformed()).isLessThanOrEqualTo(1);
        assertThat(receiver.drops).containsExactly(Map.entry(2_000L, FrameDrop.MALFORMED));
        assertThat(receiver.timestamps()).containsExactly(1_000L, 3_000L);
        assertThat(stats.peakPackets()).isZero();
    }

    private static void vp8(String... payloads) {
        assertDropped(VP8, "10 00 aa", payloads);
    }

    private static void vp9(String... payloads) {
        assertDropped(VP9, "8c 11 aa", payloads);
    }

    private static void h264(String... payloads) {
        assertDropped(H264, "65 88 84", payloads);
    }

    private static void h265(String... payloads) {
        assertDropped(CodecDescription.video("H265", ""), "26 01 af", payloads);
    }

    private static void av1(String... payloads) {
        assertDropped(AV1, "18 08 01", payloads);
    }

    private static void opus(String... payloads) {
        assertDropped(OPUS, "f8 aa bb", payloads);
    }

    private static void red(String... payloads) {
        assertDropped(RED, "6f f8 aa bb", payloads);
    }

    @Test
    void vp8WhoseExtensionBitsReachTheEndIsCountedAndDropped() {
        for (String payload :
                new String[] {"90", "90 80", "90 80 ff", "90 c0 11", "90 f0 91 22 33", "90 f0 ff ff ff ff"}) {
            vp8(payload);
        }
    }

    @Test
    void vp8ThatBeginsTwiceIsCountedAndDropped() {
        vp8("90 80 11 00", "90 80 11 00");
    }

    @Test
    void vp9WhoseExtensionBitsReachTheEndIsCountedAndDropped() {
        for (String payload : new String[] {"88", "88 92", "a8 12", "a8 12 00", "dc 11", "dc 11 03", "8e 11 08 01"}) {
            vp9(payload);
        }
    }

    @Test
    void aVp9StructureOf8LayersAnd255PicturesIsPassedOverAndOneThatIsCutCountedAndDropped() {
        String layers = "8e 11 f8 " + "0140 00b4".repeat(8) + "ff";
        String pictures = "0c 01 02 03".repeat(255);
        Receiver receiver = new Receiver(AssemblyOptions.video(), VP9);
        receiver.packet(1, 1_000, true, Payloads.hex(layers + pictures + "aa"));
        assertThat(receiver.frames).singleElement().satisfies(frame -> assertThat(frame.bytes())
                .hasSize(1));

        vp9(layers + pictures);
        vp9(layers + "0c 01 02 03".repeat(254) + "0c 01 02");
        vp9(layers);
        vp9("8e 11 f8 " + "0140 00b4".repeat(7));
    }

    @Test
    void anH265AggregateWithinAnAggregateIsCountedAndDropped() {
        h265("60 01 0008 60 01 0004 60 01 0000");
        h265("60 01 0003 62 01 93");
        h265("60 01 0003 64 01 00");
    }

    @Test
    void anH265AggregateWithSizesThatAreNoneIsCountedAndDropped() {
        h265("60 01", "60 01");
        h265("60 01 0000 4001");
        h265("60 01 0001 40");
        h265("60 01 0009 4001");
        h265("60 01 0003 40010c 00");
    }

    @Test
    void h265WithDecodingOrderNumbersThatWereNotAgreedIsCountedAndDropped() {
        // DONL 5, then a VPS of 4 bytes: read without it, a unit of 5 bytes.
        h265("60 01 0005 0004 40010c01 00 0004 4201 0101");
        // DONL 0 in the first, DOND in the next.
        h265("60 01 0000 0004 40010c01");
    }

    @Test
    void anH265FragmentWithoutAStartIsCountedAndDropped() {
        h265("62 01 13 af");
        h265("62 01 53 af");
        h265("62 01 93 af", "62 01 01 af");
        h265("62 01 93 af", "62 01 93 af");
        h265("62 01 93 af", "02 01 d0");
        h265("62 01 93 af");
        h265("62 01 d3 af");
        h265("62 01 b0 af");
        h265("62 01 b1 af");
    }

    @Test
    void h265OfReservedTypesOrWithoutATemporalIdIsCountedAndDropped() {
        h265("64 01 00 00");
        h265("7e 01 00");
        h265("26 00 af");
        h265("26");
    }

    @Test
    void anH264AggregateWithASizeOfZeroIsCountedAndDropped() {
        h264("78 0000 6742");
    }

    @Test
    void anH264AggregatePastTheEndIsCountedAndDropped() {
        h264("78 0005 6742");
        h264("78 ffff 6742");
        h264("78 0002 6742 00");
    }

    @Test
    void anH264FragmentWithoutAStartIsCountedAndDropped() {
        h264("7c 05 88");
        h264("7c 45 88");
    }

    @Test
    void anH264FragmentThatIsNotEndedIsCountedAndDropped() {
        h264("7c 85 88");
        h264("7c 85 88", "41 9a");
    }

    @Test
    void anH264AggregateWithinAnAggregateIsCountedAndDropped() {
        h264("78 0003 780001");
        h264("78 0003 7c8588");
    }

    @Test
    void anH264ParameterSetBeyondTheLimitOfAFrameIsCountedAndDropped() {
        Receiver receiver = new Receiver(AssemblyOptions.video(), H264);
        byte[] part = new byte[60_000];
        part[0] = 0x7c;
        part[1] = (byte) 0x87;
        int parts = Depacketizer.MAX_FRAME_BYTES / part.length + 2;
        for (int i = 0; i < parts; i++) {
            receiver.packet(1 + i, 1_000, false, part);
            part[1] = 0x07;
        }
        assertThat(receiver.assembler.stats().packetsMalformed()).isEqualTo(1);
        assertThat(receiver.assembler.stats().framesMalformed()).isEqualTo(1);
        assertThat(receiver.frames).isEmpty();
    }

    @Test
    void anAv1SizeOfTenBytesIsCountedAndDropped() {
        av1("00 ffffffffffffffffff01 30 aa");
    }

    @Test
    void av1OfFewerUnitsThanAnnouncedIsCountedAndDropped() {
        av1("30 02 30 aa");
    }

    @Test
    void av1WithoutTheContinuationItAnnouncesIsCountedAndDropped() {
        av1("50 30 aa");
        av1("50 30 aa", "10 30 aa");
    }

    @Test
    void av1ThatContinuesNothingIsCountedAndDropped() {
        av1("90 aa");
    }

    @Test
    void opusOfCodeThreeWithNoFrameIsCountedAndDropped() {
        opus("fb 00 01");
    }

    @Test
    void opusOfCodeThreeWith63FramesIsCountedAndDropped() {
        opus("fb 3f" + "00".repeat(63));
    }

    @Test
    void opusOfMoreThan120MillisecondsIsCountedAndDropped() {
        opus("1b 03 01 02 03");
    }

    @Test
    void opusWhoseSizesPassTheEndIsCountedAndDropped() {
        opus("fa 05 01 02");
        opus("fb 82 ff ff");
        opus("fb 41 ff ff");
    }

    @Test
    void aRedChainWithoutAnEndIsCountedAndDropped() {
        red("ef 0f00 00 ef 0f00 00");
        red("ef0f0000".repeat(300));
    }

    @Test
    void aRedLengthPastThePayloadIsCountedAndDropped() {
        red("ef 0f00 05 6f aabb");
        red("ef 0fff ff 6f aabb");
    }

    @Test
    void redWithinRedIsCountedAndDropped() {
        red("3f 6f dd");
    }

    @Test
    void aTelephoneEventCutShortIsCountedAndDropped() {
        assertDropped(DTMF, "01 0a 00 a0", "01 0a 00");
    }

    @Test
    void halfASampleOfL16IsCountedAndDropped() {
        assertDropped(L16, "0001 0002", "0001 00");
    }
}
