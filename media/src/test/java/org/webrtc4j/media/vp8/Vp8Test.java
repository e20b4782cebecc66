package org.webrtc4j.media.vp8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.webrtc4j.media.Payloads.VP8;
import static org.webrtc4j.media.Payloads.add;
import static org.webrtc4j.media.Payloads.frame;
import static org.webrtc4j.media.Payloads.hex;
import static org.webrtc4j.media.Payloads.inspect;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.webrtc4j.media.Depacketizer;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.FrameLayers;
import org.webrtc4j.media.PayloadDrop;
import org.webrtc4j.media.Payloads;

class Vp8Test {

    private final Vp8Depacketizer format = new Vp8Depacketizer(VP8);

    /** RFC 7741 section 4.5.1: an interframe with a picture id of 7 bits. */
    @Test
    void aKeyFrameInASinglePacketIsWhatFollowsItsDescriptor() {
        EncodedFrame key = frame(format, "90 80 11 d0 01 00 9d 01 2a");

        assertThat(key.bytes()).isEqualTo(hex("d0 01 00 9d 01 2a"));
        assertThat(key.key()).isTrue();
        assertThat(key.layers()).isEqualTo(FrameLayers.NONE);
    }

    /** RFC 7741 section 4.5.2 and 4.5.3: partitions in packets of their own, and cut ones. */
    @Test
    void partitionsAndTheirPartsFollowOneAnother() {
        assertThat(frame(format, "90 80 11 d1 01", "91 80 11 aa bb", "81 80 11 cc")
                        .bytes())
                .isEqualTo(hex("d1 01 aa bb cc"));
    }

    /** RFC 7741 section 4.5.4: the long form with every field. */
    @Test
    void aLongDescriptorGivesLayersAndDependence() {
        EncodedFrame frame = frame(format, "b0 f0 92 34 05 a7 d1 01");

        assertThat(frame.bytes()).isEqualTo(hex("d1 01"));
        assertThat(frame.key()).isFalse();
        assertThat(frame.layers()).isEqualTo(new FrameLayers(0, 2, true, true, true));
    }

    @Test
    void aFrameBeginsWithTheFirstPacketOfPartitionZero() {
        assertThat(inspect(format, "90 80 11 d0")).isEqualTo(Depacketizer.START | Depacketizer.KEY);
        assertThat(inspect(format, "10 d1")).isEqualTo(Depacketizer.START);
        assertThat(inspect(format, "30 d1")).isEqualTo(Depacketizer.START | Depacketizer.DISCARDABLE);
        assertThat(inspect(format, "00 d0")).isZero();
        assertThat(inspect(format, "91 80 11 d0")).isZero();
        assertThat(Payloads.isKey(VP8, "90 80 11 d0")).isTrue();
        assertThat(Payloads.isKey(VP8, "80 80 11 d0"))
                .as("not the first packet")
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"80", "90 80", "90 80 ff", "90 c0 11", "90 f0 91 22 33", "90 e0 11 22", "90 10"})
    void aDescriptorThatReachesTheEndIsRefused(String payload) {
        format.begin();
        assertThat(add(format, payload)).isEqualTo(PayloadDrop.TRUNCATED);
        assertThat(inspect(format, payload)).isZero();
        assertThat(Payloads.isKey(VP8, payload)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "90 80 11", "90 f0 91 22 33 44"})
    void aDescriptorWithNothingBehindItIsRefused(String payload) {
        format.begin();
        assertThat(add(format, payload)).isEqualTo(PayloadDrop.EMPTY);
    }

    @Test
    void aFrameThatDoesNotBeginWithItsFirstPacketIsRefused() {
        format.begin();
        assertThat(add(format, "80 80 11 aa")).isEqualTo(PayloadDrop.BAD_ORDER);
        format.begin();
        assertThat(add(format, "90 80 11 d1")).isNull();
        assertThat(add(format, "90 80 11 d1")).isEqualTo(PayloadDrop.BAD_ORDER);
    }

    @Test
    void packetsOfAFrameShareItsPictureNumberOfFifteenBitsAndTheLastHasTheMarker() {
        Vp8Packetizer packetizer = new Vp8Packetizer(0x7fff, 0);
        byte[] bytes = new byte[200];
        bytes[0] = 1;

        Payloads first = Payloads.of(packetizer, EncodedFrame.video(VP8, false, 0, bytes), 100);
        Payloads second = Payloads.of(packetizer, EncodedFrame.video(VP8, false, 0, bytes), 100);

        assertThat(first.bytes).allSatisfy(payload -> assertThat(payload).hasSizeBetween(68, 72));
        assertThat(first.bytes.get(0)).startsWith(hex("90 80 ff ff"));
        assertThat(first.bytes.get(1)).startsWith(hex("80 80 ff ff"));
        assertThat(first.markers).containsExactly(false, false, true);
        assertThat(second.bytes.get(0)).startsWith(hex("90 80 80 00"));
    }

    @Test
    void temporalLayersAreLabelledWithTheNumberOfTheirBasePicture() {
        Vp8Packetizer packetizer = new Vp8Packetizer(1, 255);

        assertThat(labelled(packetizer, 0, false)).isEqualTo(hex("90 e0 80 01 ff 00 01"));
        assertThat(labelled(packetizer, 2, true)).isEqualTo(hex("b0 e0 80 02 ff a0 01"));
        assertThat(labelled(packetizer, 0, false)).isEqualTo(hex("90 e0 80 03 00 00 01"));
    }

    private static byte[] labelled(Vp8Packetizer packetizer, int temporalId, boolean last) {
        FrameLayers layers = new FrameLayers(0, temporalId, last, last, true);
        return Payloads.of(packetizer, new EncodedFrame(VP8, false, 0, new byte[] {1}, layers), 100)
                .bytes
                .get(0);
    }
}
