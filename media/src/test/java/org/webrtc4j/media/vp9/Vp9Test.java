package org.webrtc4j.media.vp9;

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

class Vp9Test {

    private static final CodecDescription VP9 = CodecDescription.video("VP9", "profile-id=0");

    private final Vp9Depacketizer format = new Vp9Depacketizer(VP9);

    @Test
    void aKeyFrameIsOnePredictedFromNoPicture() {
        EncodedFrame key = frame(format, "8c 92 34 aa bb");
        assertThat(key.bytes()).isEqualTo(hex("aa bb"));
        assertThat(key.key()).isTrue();
        assertThat(key.layers()).isEqualTo(FrameLayers.NONE);
        assertThat(frame(format, "cc 12 aa").key()).isFalse();
    }

    @Test
    void theStructureOfLayersAndGroupsIsPassedOver() {
        // Two spatial layers with sizes, and a group of two pictures, the second with one reference.
        String structure = "38 0140 00b4 0280 0168 02 00 34 01";
        assertThat(frame(format, "8e 11 " + structure + " aa").bytes()).isEqualTo(hex("aa"));
    }

    @Test
    void inFlexibleModeUpToThreeReferencesArePassedOver() {
        assertThat(frame(format, "dc 11 03 05 06 aa").bytes()).isEqualTo(hex("aa"));
        format.begin();
        assertThat(add(format, "dc 11 03 05 07 08 aa")).isEqualTo(PayloadDrop.BAD_VALUE);
        assertThat(add(format, "5c 02 aa")).as("no picture id").isEqualTo(PayloadDrop.BAD_VALUE);
    }

    @Test
    void layersAreToldAndALayerPredictedFromTheOneBelowIsNoKeyFrame() {
        EncodedFrame base = frame(format, "ac 11 00 05 aa");
        EncodedFrame upper = frame(format, "ac 11 53 05 aa");
        assertThat(base.key()).isTrue();
        assertThat(base.layers()).isEqualTo(new FrameLayers(0, 0, false, false, true));
        assertThat(upper.key()).isFalse();
        assertThat(upper.layers()).isEqualTo(new FrameLayers(1, 2, false, true, true));
    }

    @Test
    void aLayerFrameBeginsAndEndsByItsBits() {
        assertThat(inspect(format, "8c 12 aa")).isEqualTo(Depacketizer.START | Depacketizer.END | Depacketizer.KEY);
        assertThat(inspect(format, "88 12 aa")).isEqualTo(Depacketizer.START | Depacketizer.KEY);
        assertThat(inspect(format, "84 12 aa")).isEqualTo(Depacketizer.END);
        assertThat(inspect(format, "c8 12 aa")).isEqualTo(Depacketizer.START);
        assertThat(isKey(VP9, "ac 11 02 05 aa")).as("an upper layer").isFalse();
        assertThat(isKey(VP9, "84 12 aa")).as("a later packet").isFalse();
    }

    @Test
    void aStructureOfEightLayersAnd255PicturesIsPassedOverAndOneThatIsCutRefused() {
        String pictures = "0c 01 02 03".repeat(255);
        String payload = "8e 11 f8" + "0140 00b4".repeat(8) + "ff" + pictures + "aa";
        assertThat(frame(format, payload).bytes()).isEqualTo(hex("aa"));
        byte[] bytes = hex(payload);
        for (int length = 1; length < bytes.length - 1; length++) {
            format.begin();
            assertThat(format.add(bytes, 0, length)).as("%d bytes", length).isEqualTo(PayloadDrop.TRUNCATED);
        }
        assertThat(format.add(bytes, 0, bytes.length - 1)).isEqualTo(PayloadDrop.EMPTY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "88",
                "88 92",
                "a8 12",
                "a8 12 00",
                "dc 11",
                "dc 11 03",
                "8e 11",
                "8e 11 10 0140",
                "8e 11 08",
                "8e 11 08 01"
            })
    void aDescriptorThatReachesTheEndIsRefused(String payload) {
        format.begin();
        assertThat(add(format, payload)).isIn(PayloadDrop.TRUNCATED, PayloadDrop.EMPTY);
        assertThat(inspect(format, payload)).isZero();
    }

    @Test
    void aFrameThatDoesNotBeginWithItsFirstPacketIsRefused() {
        format.begin();
        assertThat(add(format, "84 12 aa")).isEqualTo(PayloadDrop.BAD_ORDER);
        assertThat(add(format, "a8 12 00 05 aa")).isNull();
        assertThat(add(format, "a4 12 02 05 aa")).as("another layer").isEqualTo(PayloadDrop.BAD_ORDER);
    }

    @Test
    void packetsShareThePictureNumberAndHaveTheBitsOfBeginAndEnd() {
        Payloads payloads =
                Payloads.of(new Vp9Packetizer(0x1234), EncodedFrame.video(VP9, false, 0, new byte[150]), 64);
        assertThat(payloads.bytes.get(0)).startsWith(hex("c8 92 34"));
        assertThat(payloads.bytes.get(1)).startsWith(hex("c0 92 34"));
        assertThat(payloads.bytes.get(2)).startsWith(hex("c4 92 34"));
        assertThat(payloads.markers).containsExactly(false, false, true);
    }

    @Test
    void anUpperLayerIsNotSentAsAFrame() {
        EncodedFrame upper = new EncodedFrame(VP9, false, 0, new byte[10], new FrameLayers(1, 0, false, false, true));
        assertThat(new Vp9Packetizer(0).packetize(upper, 100, new Payloads())).isFalse();
    }
}
