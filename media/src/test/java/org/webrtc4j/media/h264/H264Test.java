package org.webrtc4j.media.h264;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.webrtc4j.media.Payloads.H264;
import static org.webrtc4j.media.Payloads.add;
import static org.webrtc4j.media.Payloads.frame;
import static org.webrtc4j.media.Payloads.hex;
import static org.webrtc4j.media.Payloads.inspect;
import static org.webrtc4j.media.Payloads.isKey;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.webrtc4j.media.Depacketizer;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.PayloadDrop;
import org.webrtc4j.media.Payloads;

class H264Test {

    private final H264Depacketizer format = new H264Depacketizer(H264);

    @Test
    void everyUnitOfAFrameStandsBehindAStartCodeOfFourBytes() {
        EncodedFrame frame = frame(format, "67 42 c0 1f", "68 ce", "65 88 84");

        assertThat(frame.bytes()).isEqualTo(hex("00000001 6742c01f 00000001 68ce 00000001 658884"));
        assertThat(frame.key()).isTrue();
    }

    /** RFC 6184 section 5.7.1, figure 8. */
    @Test
    void anAggregateGivesItsUnitsInOrder() {
        assertThat(frame(format, "78 0004 6742c01f 0002 68ce 0003 658884").bytes())
                .isEqualTo(hex("00000001 6742c01f 00000001 68ce 00000001 658884"));
    }

    /** RFC 6184 section 5.8. */
    @Test
    void fragmentsGiveOneUnitWithTheHeaderPutTogether() {
        EncodedFrame frame = frame(format, "7c 85 88 01", "7c 05 02 03", "7c 45 04");

        assertThat(frame.bytes()).isEqualTo(hex("00000001 65 88 01 02 03 04"));
        assertThat(frame.key()).isTrue();
    }

    @Test
    void aFrameWithoutAnIdrSliceIsNoKeyFrameEvenWithAnSps() {
        assertThat(frame(format, "67 42 c0 1f", "41 9a").key()).isFalse();
    }

    @Test
    void aFrameWhoseSlicesAreNotReferencesIsDiscardable() {
        assertThat(frame(format, "01 9a").layers().discardable()).isTrue();
        assertThat(frame(format, "41 9a").layers().discardable()).isFalse();
    }

    @Test
    void aKeyFrameIsFoundByItsSpsOrItsFirstIdrSliceAloneAggregatedOrFragmented() {
        assertThat(isKey(H264, "67 42")).isTrue();
        assertThat(isKey(H264, "65 88")).isTrue();
        assertThat(isKey(H264, "78 0002 0910 0002 6742 0002 68ce")).isTrue();
        assertThat(isKey(H264, "7c 85 88")).isTrue();
        assertThat(isKey(H264, "7c 05 88")).as("a later fragment").isFalse();
        assertThat(isKey(H264, "65 08")).as("a later slice").isFalse();
        assertThat(isKey(H264, "41 9a")).isFalse();
        assertThat(isKey(H264, "68 ce")).isFalse();
        assertThat(isKey(H264, "78 0002 419a ffff 6742"))
                .as("past a size that is wrong")
                .isFalse();
    }

    @Test
    void aFrameBeginsWithADelimiterAnSpsOrTheFirstSlice() {
        assertThat(inspect(format, "09 10")).isEqualTo(Depacketizer.START);
        assertThat(inspect(format, "41 9a")).isEqualTo(Depacketizer.START);
        assertThat(inspect(format, "41 1a")).isZero();
        assertThat(inspect(format, "7c 81 9a")).isEqualTo(Depacketizer.START);
        assertThat(inspect(format, "06 05"))
                .as("supplemental information may follow what is lost")
                .isZero();
    }

    @Test
    void afterALossASliceBeginsNoFrameWhereTheStreamPutsSomethingBeforeIt() {
        frame(format, "67 42", "68 ce", "65 88");
        assertThat(inspect(format, "65 88")).as("its SPS may be lost").isEqualTo(Depacketizer.KEY);
        assertThat(inspect(format, "41 9a")).isEqualTo(Depacketizer.START);
        frame(format, "09 10", "41 9a");
        assertThat(inspect(format, "41 9a")).as("its delimiter is lost").isZero();
        frame(format, "41 9a");
        assertThat(inspect(format, "41 9a")).isEqualTo(Depacketizer.START);
    }

    @Test
    void anAggregateWithASizeOfZeroIsRefused() {
        assertRefused("78 0000 6742", PayloadDrop.BAD_LENGTH);
    }

    @Test
    void anAggregateThatReachesPastTheEndIsRefused() {
        assertRefused("78 0005 6742", PayloadDrop.BAD_LENGTH);
        assertRefused("78 0002 6742 00", PayloadDrop.TRUNCATED);
        assertRefused("78", PayloadDrop.EMPTY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "79 0002 6742",
                "7a 00",
                "7b 00",
                "7d 85 88",
                "60 00",
                "7e 00",
                "7f 00",
                "78 0003 780001",
                "7c 98 00"
            })
    void interleavingNestingAndUndefinedTypesAreRefused(String payload) {
        assertRefused(payload, PayloadDrop.UNSUPPORTED);
    }

    @Test
    void aFragmentWithoutAStartIsRefused() {
        assertRefused("7c 05 88", PayloadDrop.UNEXPECTED_CONTINUATION);
        assertRefused("7c 45 88", PayloadDrop.UNEXPECTED_CONTINUATION);
    }

    @Test
    void aFragmentThatContinuesAnotherTypeIsRefused() {
        format.begin();
        assertThat(add(format, "7c 85 88")).isNull();
        assertThat(add(format, "7c 41 88")).isEqualTo(PayloadDrop.UNEXPECTED_CONTINUATION);
    }

    @Test
    void aFragmentedUnitThatIsNotEndedIsRefused() {
        format.begin();
        assertThat(add(format, "7c 85 88")).isNull();
        assertThat(add(format, "41 9a")).isEqualTo(PayloadDrop.MISSING_CONTINUATION);
        format.begin();
        assertThat(add(format, "7c 85 88")).isNull();
        assertThat(format.end(0, true, frame -> {})).isEqualTo(PayloadDrop.MISSING_CONTINUATION);
    }

    @Test
    void aFragmentThatBeginsAndEndsIsRefused() {
        assertRefused("7c c5 88", PayloadDrop.BAD_VALUE);
        assertRefused("7c", PayloadDrop.TRUNCATED);
        assertRefused("7c 85", PayloadDrop.EMPTY);
    }

    @Test
    void aParameterSetOfAMegabyteIsTakenAndOneBeyondTheLimitOfAFrameRefused() {
        byte[] part = new byte[60_000];
        part[0] = 0x7c;
        part[1] = (byte) 0x87;
        format.begin();
        assertThat(format.add(part, 0, part.length)).isNull();
        part[1] = 0x07;
        long bytes = part.length;
        PayloadDrop refused = null;
        while (refused == null) {
            refused = format.add(part, 0, part.length);
            bytes += part.length;
        }
        assertThat(refused).isEqualTo(PayloadDrop.TOO_LARGE);
        assertThat(bytes).isBetween(1L << 20, Depacketizer.MAX_FRAME_BYTES + 2L * part.length);
    }

    @Test
    void unitsThatFitTogetherTravelAsOneAggregateOfTheHighestImportance() {
        Payloads payloads =
                Payloads.of(new H264Packetizer(1), annexB(true, "000001 6742c01f 00000001 68ce 0000000001 0605"), 100);

        assertThat(payloads.bytes).containsExactly(hex("78 0004 6742c01f 0002 68ce 0002 0605"));
        assertThat(payloads.markers).containsExactly(true);
    }

    @Test
    void aUnitThatIsTooLargeIsFragmented() {
        byte[] bytes = new byte[5 + 150];
        bytes[3] = 1;
        bytes[4] = 0x65;
        for (int i = 5; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        Payloads payloads = Payloads.of(new H264Packetizer(1), EncodedFrame.video(H264, true, 0, bytes), 64);

        assertThat(payloads.bytes)
                .hasSize(3)
                .allSatisfy(part -> assertThat(part).hasSize(52).startsWith(0x7c));
        assertThat(payloads.bytes).extracting(part -> part[1] & 0xff).containsExactly(0x85, 0x05, 0x45);
        assertThat(payloads.markers).containsExactly(false, false, true);
    }

    @Test
    void parameterSetsAreRepeatedBeforeAnIdrPictureThatComesWithoutThem() {
        H264Packetizer packetizer = new H264Packetizer(1);
        Payloads.of(packetizer, annexB(true, "00000001 6742c01f 00000001 68ce 00000001 6588"), 100);
        Payloads.of(packetizer, annexB(false, "00000001 419a"), 100);

        Payloads again = Payloads.of(packetizer, annexB(true, "00000001 0910 00000001 6588"), 100);

        assertThat(again.bytes).containsExactly(hex("78 0002 0910 0004 6742c01f 0002 68ce 0002 6588"));
    }

    @Test
    void withModeZeroEveryUnitIsAPacketAndALargerOneCannotBeSent() {
        H264Packetizer packetizer = new H264Packetizer(0);
        assertThat(Payloads.of(packetizer, annexB(true, "00000001 6742 00000001 68ce 00000001 6588"), 64).bytes)
                .containsExactly(hex("6742"), hex("68ce"), hex("6588"));
        EncodedFrame large = annexB(false, "00000001 41" + "9a".repeat(64));
        assertThat(packetizer.packetize(large, 64, new Payloads())).isFalse();
    }

    @Test
    void interleavingIsNotOffered() {
        assertThatIllegalArgumentException().isThrownBy(() -> new H264Packetizer(2));
    }

    @Test
    void aFrameWithoutAUnitIsNotSent() {
        assertThat(new H264Packetizer(1).packetize(annexB(false, "00000001"), 100, new Payloads()))
                .isFalse();
        assertThat(new H264Packetizer(1).packetize(annexB(false, "4142"), 100, new Payloads()))
                .isFalse();
    }

    private void assertRefused(String payload, PayloadDrop reason) {
        format.begin();
        assertThat(add(format, payload)).isEqualTo(reason);
    }

    private static EncodedFrame annexB(boolean key, String hex) {
        return EncodedFrame.video(H264, key, 0, hex(hex));
    }
}
