package org.webrtc4j.rtp.extension;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.webrtc4j.rtp.Packets;

/** The formats of single elements, each by bytes written out and back. */
class ElementFormatsTest {

    private final byte[] bytes = new byte[VideoLayersAllocation.MAX_SIZE];

    @Test
    void audioLevelHasAVoiceBitAndSevenBitsOfLevel() {
        assertThat(AudioLevel.level((byte) 0xaa)).isEqualTo(42);
        assertThat(AudioLevel.voice((byte) 0xaa)).isTrue();
        assertThat(AudioLevel.voice((byte) 0x2a)).isFalse();
        assertThat(AudioLevel.of(42, true)).isEqualTo((byte) 0xaa);
        assertThat(AudioLevel.of(500, false)).isEqualTo((byte) 127);
    }

    @Test
    void absoluteSendTimeIsSixBitsOfSecondsAndEighteenOfFraction() {
        assertThat(AbsoluteSendTime.ofNanos(1_500_000_000L)).isEqualTo(0x06_0000);
        assertThat(AbsoluteSendTime.ofNanos(65_500_000_000L))
                .as("wraps after 64 s")
                .isEqualTo(0x06_0000);
        assertThat(AbsoluteSendTime.toNanos(0x06_0000)).isEqualTo(1_500_000_000L);
        assertThat(AbsoluteSendTime.ofNanos(-1)).isEqualTo(0);
        assertThat(AbsoluteSendTime.ofNanos(63_999_999_999L)).isZero();
    }

    @Test
    void orientationHasCameraFlipAndRotation() {
        assertThat(VideoOrientation.rotationDegrees((byte) 0x0f)).isEqualTo(270);
        assertThat(VideoOrientation.flipped((byte) 0x04)).isTrue();
        assertThat(VideoOrientation.backCamera((byte) 0x08)).isTrue();
        assertThat(VideoOrientation.of(90, true, false)).isEqualTo((byte) 0x05);
        assertThat(VideoOrientation.of(-90, false, true)).isEqualTo((byte) 0x0b);
    }

    @Test
    void playoutDelayHasTwelveBitsEach() {
        PlayoutDelay.write(bytes, 0, 100, 40_950);
        assertThat(bytes).startsWith(Packets.hex("00afff"));
        assertThat(PlayoutDelay.minMillis(bytes, 0)).isEqualTo(100);
        assertThat(PlayoutDelay.maxMillis(bytes, 0)).isEqualTo(40_950);
        PlayoutDelay.write(bytes, 0, -5, 1_000_000);
        assertThat(bytes).startsWith(Packets.hex("000fff"));
    }

    @Test
    void videoTimingHasFlagsAndSixMoments() {
        VideoTiming.writeFlags(bytes, 0, VideoTiming.TRIGGERED_BY_SIZE);
        for (VideoTiming.Moment moment : VideoTiming.Moment.values()) {
            VideoTiming.write(bytes, 0, moment, 70_000 - moment.ordinal() * 14_000);
        }
        assertThat(bytes).startsWith(Packets.hex("02 ffff dac0 a410 6d60 36b0 0000"));
        assertThat(VideoTiming.flags(bytes, 0)).isEqualTo(2);
        assertThat(VideoTiming.millis(bytes, 0, VideoTiming.Moment.PACKETIZATION_FINISH))
                .isEqualTo(42_000);
    }

    @Test
    void colourSpaceHasFourBytesAndMetadata() {
        ColorSpace.write(bytes, 0, 9, 16, 9, 2, 1, 2);
        ColorSpace.writeHdr(bytes, 0, ColorSpace.HdrField.LUMINANCE_MIN, 0x1234);
        ColorSpace.writeHdr(bytes, 0, ColorSpace.HdrField.MAX_FRAME_AVERAGE_LIGHT, 0x5678);
        assertThat(bytes).startsWith(Packets.hex("09100926 0000 1234"));
        assertThat(bytes[27]).isEqualTo((byte) 0x78);
        assertThat(ColorSpace.primaries(bytes, 0)).isEqualTo(9);
        assertThat(ColorSpace.transfer(bytes, 0)).isEqualTo(16);
        assertThat(ColorSpace.matrix(bytes, 0)).isEqualTo(9);
        assertThat(ColorSpace.range(bytes, 0)).isEqualTo(2);
        assertThat(ColorSpace.horizontalSiting(bytes, 0)).isEqualTo(1);
        assertThat(ColorSpace.verticalSiting(bytes, 0)).isEqualTo(2);
        assertThat(ColorSpace.hdr(bytes, 0, ColorSpace.HdrField.MAX_FRAME_AVERAGE_LIGHT))
                .isEqualTo(0x5678);
    }

    @Test
    void captureTimeHasNtpTimeAndASignedOffset() {
        AbsoluteCaptureTime.writeNtp(bytes, 0, 0xfedc_ba98_7654_3210L);
        AbsoluteCaptureTime.writeClockOffset(bytes, 0, -1);
        assertThat(AbsoluteCaptureTime.ntp(bytes, 0)).isEqualTo(0xfedc_ba98_7654_3210L);
        assertThat(AbsoluteCaptureTime.clockOffset(bytes, 0)).isEqualTo(-1);
    }

    @Test
    void transportSequenceMayAskForFeedback() {
        byte[] element = Packets.hex("fffe 8003");
        assertThat(TransportSequence.number(element, 0)).isEqualTo(0xfffe);
        assertThat(TransportSequence.requestedCount(element, 0)).isEqualTo(3);
        assertThat(TransportSequence.requestsTimes(element, 0)).isTrue();
    }

    @Test
    void transmissionOffsetIsSigned() {
        TransmissionOffset.write(bytes, 0, -2);
        assertThat(bytes).startsWith(Packets.hex("fffffe"));
        assertThat(TransmissionOffset.read(bytes, 0)).isEqualTo(-2);
        TransmissionOffset.write(bytes, 0, 1 << 30);
        assertThat(TransmissionOffset.read(bytes, 0)).isEqualTo(0x7f_ffff);
    }

    @Test
    void contentTypeTellsScreens() {
        assertThat(VideoContentType.isScreenshare(VideoContentType.SCREENSHARE)).isTrue();
        assertThat(VideoContentType.isScreenshare(VideoContentType.UNSPECIFIED)).isFalse();
    }

    @Test
    void corruptionDetectionHasSamplesOrOnlyAnIndex() {
        byte[] element = Packets.hex("85 ff 12 0a0b");
        assertThat(CorruptionDetection.isValid(5)).isTrue();
        assertThat(CorruptionDetection.isValid(1)).isTrue();
        assertThat(CorruptionDetection.isValid(3)).isFalse();
        assertThat(CorruptionDetection.isValid(17)).isFalse();
        assertThat(CorruptionDetection.sequenceIndex(element, 0)).isEqualTo(5);
        assertThat(CorruptionDetection.isUpperPart(element, 0)).isTrue();
        assertThat(CorruptionDetection.standardDeviation(element, 0)).isEqualTo(40);
        assertThat(CorruptionDetection.lumaThreshold(element, 0)).isEqualTo(1);
        assertThat(CorruptionDetection.chromaThreshold(element, 0)).isEqualTo(2);
        assertThat(CorruptionDetection.sampleCount(5)).isEqualTo(2);
        assertThat(CorruptionDetection.sampleCount(1)).isZero();
        assertThat(CorruptionDetection.sample(element, 0, 1)).isEqualTo(11);
    }

    @Test
    void layersAreReadAsTheyWereWritten() {
        VideoLayersAllocation written = new VideoLayersAllocation();
        written.stream = 1;
        written.addLayer(0, 0, 100, 150);
        written.addLayer(1, 0, 300, 400, 500);
        written.addLayer(1, 1, 1_000);
        written.addLayer(2, 2, 70_000, 4_000_000_000L);
        written.setResolution(0, 0, 320, 180, 15);
        written.setResolution(1, 0, 640, 360, 30);
        written.setResolution(1, 1, 65_536, 720, 30);
        written.setResolution(2, 2, 1, 1, 255);
        int size = written.write(bytes, 0);

        VideoLayersAllocation read = new VideoLayersAllocation();
        assertThat(read.read(bytes, 0, size)).isTrue();
        assertThat(read.stream).isEqualTo(1);
        assertThat(read.streamCount).isEqualTo(3);
        assertThat(read.temporalLayerCount(1, 0)).isEqualTo(3);
        assertThat(read.temporalLayerCount(1, 1)).isEqualTo(1);
        assertThat(read.temporalLayerCount(0, 1)).isZero();
        assertThat(read.rateKbps(0, 0, 1)).isEqualTo(150);
        assertThat(read.rateKbps(2, 2, 1)).isEqualTo(4_000_000_000L);
        assertThat(read.width(1, 1)).isEqualTo(65_536);
        assertThat(read.height(0, 0)).isEqualTo(180);
        assertThat(read.framesPerSecond(2, 2)).isEqualTo(255);
        for (int length = 0; length < size; length++) {
            // Without the resolutions it is whole as well.
            assertThat(read.read(bytes, 0, length)).isEqualTo(length == size - 20);
        }
    }

    @Test
    void layersThatAreAlikeShareAMask() {
        // Stream 0 of 2, one spatial layer each, one temporal layer each, 100 and 200 kbit/s.
        byte[] element = Packets.hex("11 00 64 c801");
        VideoLayersAllocation read = new VideoLayersAllocation();
        assertThat(read.read(element, 0, element.length)).isTrue();
        assertThat(read.streamCount).isEqualTo(2);
        assertThat(read.rateKbps(1, 0, 0)).isEqualTo(200);
        assertThat(read.resolutionsPresent).isFalse();
        assertThat(read.write(bytes, 0)).isEqualTo(5);
        assertThat(bytes).startsWith(element);
    }

    @Test
    void nothingSentIsOneByte() {
        VideoLayersAllocation allocation = new VideoLayersAllocation();
        assertThat(allocation.write(bytes, 0)).isEqualTo(1);
        assertThat(allocation.read(bytes, 0, 1)).isTrue();
        assertThat(allocation.streamCount).isZero();
        assertThat(allocation.read(Packets.hex("40"), 0, 1))
                .as("the second of one stream")
                .isFalse();
    }

    @Test
    void everyTypeIsFoundByItsUri() {
        for (HeaderExtensionType type : HeaderExtensionType.values()) {
            assertThat(HeaderExtensionType.ofUri(type.uri())).isEqualTo(type);
        }
        assertThat(HeaderExtensionType.ofUri("urn:example")).isNull();
    }
}
