package org.webrtc4j.media.av1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.webrtc4j.media.Payloads.add;
import static org.webrtc4j.media.Payloads.frame;
import static org.webrtc4j.media.Payloads.hex;
import static org.webrtc4j.media.Payloads.inspect;
import static org.webrtc4j.media.Payloads.isKey;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.Depacketizer;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.FrameLayers;
import org.webrtc4j.media.PayloadDrop;
import org.webrtc4j.media.Payloads;

class Av1Test {

    private static final CodecDescription AV1 = CodecDescription.video("AV1", "");

    private final Av1Depacketizer format = new Av1Depacketizer(AV1);

    @Test
    void unitsGetTheirSizesAgain() {
        // W = 2 and N: a sequence header with its length before it, and a frame to the end.
        EncodedFrame frame = frame(format, "28 03 08 01 02 30 aa bb");
        assertThat(frame.bytes()).isEqualTo(hex("0a 02 01 02 32 02 aa bb"));
        assertThat(frame.key()).isTrue();
        assertThat(frame.layers()).isEqualTo(FrameLayers.NONE);
    }

    @Test
    void withWOfZeroEveryUnitHasALengthBeforeIt() {
        assertThat(frame(format, "00 02 30 aa 02 30 bb").bytes()).isEqualTo(hex("32 01 aa 32 01 bb"));
    }

    @Test
    void aUnitCutOverPacketsIsOne() {
        EncodedFrame frame = frame(format, "50 30 aa", "d0 bb", "90 cc");
        assertThat(frame.bytes()).isEqualTo(hex("32 03 aa bb cc"));
        assertThat(frame.key()).isFalse();
    }

    @Test
    void aUnitThatCameWithItsSizeKeepsItInTheFewestBytes() {
        assertThat(frame(format, "10 32 82 00 aa bb").bytes()).isEqualTo(hex("32 02 aa bb"));
        assertRefused("10 32 03 aa bb", PayloadDrop.BAD_LENGTH);
    }

    @Test
    void temporalDelimitersAndTileListsAreLeftOut() {
        assertThat(frame(format, "30 01 10 02 40 07 30 aa").bytes()).isEqualTo(hex("32 01 aa"));
        format.begin();
        assertThat(add(format, "10 10 00")).isNull();
        assertThat(format.end(0, true, frame -> {})).isEqualTo(PayloadDrop.EMPTY);
    }

    @Test
    void layersAreThoseOfTheFirstUnitThatTellsThem() {
        EncodedFrame frame = frame(format, "20 02 08 01 34 48 aa");
        assertThat(frame.bytes()).isEqualTo(hex("0a 01 01 36 48 01 aa"));
        assertThat(frame.layers()).isEqualTo(new FrameLayers(1, 2, false, false, true));
    }

    @Test
    void aKeyFrameBeginsWithANewSequence() {
        assertThat(isKey(AV1, "18 08 01")).isTrue();
        assertThat(isKey(AV1, "10 30 01")).isFalse();
        assertThat(inspect(format, "18 08 01")).isEqualTo(Depacketizer.START | Depacketizer.KEY);
        assertThat(inspect(format, "98 08 01")).isZero();
    }

    @Test
    void aSizeOfTenBytesIsRefused() {
        assertRefused("00 ffffffffffffffffff01 30 aa", PayloadDrop.BAD_VALUE);
        assertRefused("00 ffffffff7f 30 aa", PayloadDrop.BAD_VALUE);
        assertRefused("00 ff", PayloadDrop.BAD_VALUE);
    }

    @Test
    void fewerUnitsThanAnnouncedAreRefused() {
        assertRefused("30 02 30 aa", PayloadDrop.BAD_LENGTH);
        assertRefused("20 02 30 aa", PayloadDrop.BAD_LENGTH);
    }

    @Test
    void aSizePastTheEndIsRefused() {
        assertRefused("20 05 30 aa", PayloadDrop.BAD_LENGTH);
        assertRefused("00 7f 30 aa", PayloadDrop.BAD_LENGTH);
    }

    @Test
    void anOpenUnitWithoutContinuationIsRefused() {
        format.begin();
        assertThat(add(format, "50 30 aa")).isNull();
        assertThat(format.end(0, true, frame -> {})).isEqualTo(PayloadDrop.MISSING_CONTINUATION);
        format.begin();
        assertThat(add(format, "50 30 aa")).isNull();
        assertThat(add(format, "10 30 aa")).isEqualTo(PayloadDrop.MISSING_CONTINUATION);
    }

    @Test
    void aContinuationOfNothingIsRefused() {
        assertRefused("90 aa", PayloadDrop.UNEXPECTED_CONTINUATION);
    }

    @Test
    void aNewSequenceDoesNotBeginWithAContinuation() {
        assertRefused("98 aa", PayloadDrop.BAD_VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00 00", "10 b0 aa", "10 34", "00 01 34"})
    void unitsThatAreNoneAreRefused(String payload) {
        format.begin();
        assertThat(add(format, payload)).isIn(PayloadDrop.BAD_LENGTH, PayloadDrop.BAD_VALUE, PayloadDrop.TRUNCATED);
    }

    @Test
    void payloadsWithoutAUnitAreRefused() {
        assertRefused("", PayloadDrop.EMPTY);
        assertRefused("10", PayloadDrop.TRUNCATED);
    }

    @Test
    void unitsTravelWithoutSizesAndDelimiterUpToThreeInAPacket() {
        Payloads payloads = Payloads.of(
                new Av1Packetizer(),
                EncodedFrame.video(AV1, true, 0, hex("1200 0a020102 320 1aa 3201bb 3201cc".replace(" ", ""))),
                100);
        assertThat(payloads.bytes).containsExactly(hex("38 03 080102 02 30aa 30bb"), hex("10 30cc"));
        assertThat(payloads.markers).containsExactly(false, true);
    }

    @Test
    void aLargeUnitIsCutWhereAPacketIsFull() {
        byte[] bytes = new byte[3 + 200];
        bytes[0] = 0x32;
        bytes[1] = (byte) 0xc8;
        bytes[2] = 0x01;
        Payloads payloads = Payloads.of(new Av1Packetizer(), EncodedFrame.video(AV1, false, 0, bytes), 100);
        assertThat(payloads.bytes).extracting(payload -> payload[0] & 0xff).containsExactly(0x50, 0xd0, 0x90);
        assertThat(payloads.bytes).extracting(payload -> payload.length).containsExactly(100, 100, 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "12 00", "32 05 aa", "b2 01 aa", "32 ff", "34"})
    void aFrameThatIsNoSequenceOfUnitsIsNotSent(String frame) {
        assertThat(new Av1Packetizer().packetize(EncodedFrame.video(AV1, false, 0, hex(frame)), 100, new Payloads()))
                .isFalse();
    }

    private void assertRefused(String payload, PayloadDrop reason) {
        format.begin();
        assertThat(add(format, payload)).isEqualTo(reason);
    }
}
