package org.webrtc4j.h264;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.Depacketizer;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.Packetizer;
import org.webrtc4j.media.PayloadFormats;
import org.webrtc4j.media.VideoBitstream;
import org.webrtc4j.media.codec.CodecRegistry;
import org.webrtc4j.media.codec.TestPicture;
import org.webrtc4j.media.codec.VideoDecoder;
import org.webrtc4j.media.codec.VideoEncoder;
import org.webrtc4j.media.codec.VideoFrame;

class H264CodecsTest {

    private static final CodecDescription H264 =
            CodecDescription.video("H264", "packetization-mode=1;profile-level-id=42e01f");
    private static final CodecDescription VP8 = CodecDescription.video("VP8", "");

    private final CodecRegistry registry = CodecRegistry.discover(H264CodecsTest.class.getClassLoader());
    private final VideoDecoder decoder = Objects.requireNonNull(registry.videoDecoder(H264));

    @ParameterizedTest
    @CsvSource({"320,240", "200,100", "176,144"})
    void numbersOfTestPicturesAreReadAfterPacketsAndCodec(int width, int height) {
        VideoEncoder encoder = Objects.requireNonNull(registry.videoEncoder(H264));
        Packetizer packetizer = Objects.requireNonNull(PayloadFormats.packetizer(H264, new Random(1)));
        Depacketizer depacketizer = Objects.requireNonNull(PayloadFormats.depacketizer(H264));
        for (int number = 0; number < 12; number++) {
            EncodedFrame sent = encoder.encode(picture(width, height, number * 77_777), number * 3_000L, number == 6);
            depacketizer.begin();
            assertThat(packetizer.packetize(sent, 1_100, (bytes, offset, length, marker) -> assertThat(
                                    depacketizer.add(bytes, offset, length))
                            .isNull()))
                    .isTrue();
            List<EncodedFrame> received = new ArrayList<>();
            assertThat(depacketizer.end(sent.timestamp(), true, received::add)).isNull();

            VideoFrame decoded = Objects.requireNonNull(decoder.decode(received.get(0)));

            assertThat(received.get(0).key()).isEqualTo(sent.key()).isEqualTo(number == 0 || number == 6);
            assertThat(decoded.width()).isEqualTo(width);
            assertThat(decoded.height()).isEqualTo(height);
            assertThat(TestPicture.read(decoded)).isEqualTo(number * 77_777);
        }
        assertThat(decoder.needsKeyFrame()).isFalse();
    }

    @Test
    void theLevelIsThatOfTheAnswer() {
        VideoEncoder encoder = Objects.requireNonNull(registry.videoEncoder(H264));
        byte[] bytes = encoder.encode(picture(320, 240, 1), 0, false).bytes();
        assertThat(bytes).startsWith(0, 0, 0, 1, 0x67, 0x42);
        assertThat(bytes[6] & 0xc0).isEqualTo(0xc0);
        assertThat(bytes[7]).isEqualTo((byte) 31);
    }

    @Test
    void anotherSizeBeginsWithAKeyFrame() {
        VideoEncoder encoder = Objects.requireNonNull(registry.videoEncoder(H264));
        assertThat(encoder.encode(picture(320, 240, 1), 0, false).key()).isTrue();
        assertThat(encoder.encode(picture(320, 240, 2), 0, false).key()).isFalse();
        EncodedFrame changed = encoder.encode(picture(160, 128, 3), 0, false);
        assertThat(changed.key()).isTrue();
        assertThat(Objects.requireNonNull(decoder.decode(changed)).width()).isEqualTo(160);
    }

    @Test
    void aLowerBitrateMakesSmallerFrames() {
        VideoEncoder encoder = Objects.requireNonNull(registry.videoEncoder(H264));
        long large = bytes(encoder, 2_000_000);
        long small = bytes(encoder, 100_000);
        assertThat(small).isLessThan(large);
    }

    @Test
    void damagedFramesAreRefusedAndTheNextKeyFrameIsDecoded() {
        VideoEncoder encoder = Objects.requireNonNull(registry.videoEncoder(H264));
        Random random = new Random(9);
        int refused = 0;
        for (int i = 0; i < 60; i++) {
            EncodedFrame frame = encoder.encode(picture(160, 128, i), i, i % 3 == 0);
            byte[] damaged = frame.bytes().clone();
            for (int j = 0; j < 5; j++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            VideoFrame decoded = decoder.decode(EncodedFrame.video(H264, frame.key(), i, damaged));
            refused += decoded == null ? 1 : 0;
        }
        assertThat(refused).isPositive();
        EncodedFrame key = encoder.encode(picture(160, 128, 123), 0, true);
        assertThat(TestPicture.read(Objects.requireNonNull(decoder.decode(key))))
                .isEqualTo(123);
    }

    @Test
    void beforeAKeyFrameNothingIsDecoded() {
        assertThat(decoder.needsKeyFrame()).isTrue();
        assertThat(decoder.decode(EncodedFrame.video(H264, false, 0, new byte[] {0, 0, 0, 1, 0x41})))
                .isNull();
        assertThat(decoder.decode(EncodedFrame.video(H264, true, 0, new byte[0])))
                .isNull();
    }

    /** RFC 6386 section 9.1: the tag with the length of the first partition, the start code, the size. */
    @ParameterizedTest
    @CsvSource({"320,240", "200,100", "641,361"})
    void everyFrameOfVp8IsAKeyFrameOfThePicturesSize(int width, int height) {
        VideoEncoder encoder = Objects.requireNonNull(registry.videoEncoder(VP8));
        for (int number = 0; number < 3; number++) {
            EncodedFrame frame = encoder.encode(picture(width, height, number * 99), 0, false);
            byte[] bytes = frame.bytes();
            int tag = (bytes[0] & 0xff) | (bytes[1] & 0xff) << 8 | (bytes[2] & 0xff) << 16;
            assertThat(frame.key()).isTrue();
            assertThat(tag & 1).as("key frame").isZero();
            assertThat(tag >> 4 & 1).as("shown").isEqualTo(1);
            assertThat(tag >> 5).as("first partition").isBetween(1, bytes.length - 10);
            assertThat(bytes).containsSubsequence(0x9d, 0x01, 0x2a);
            assertThat(VideoBitstream.size(VP8, bytes)).isEqualTo(new VideoBitstream.Size(width, height));
        }
    }

    @Test
    void otherCodecsAreNotOurs() {
        assertThat(registry.videoEncoder(CodecDescription.video("VP9", ""))).isNull();
        assertThat(registry.videoDecoder(VP8)).isNull();
    }

    private static long bytes(VideoEncoder encoder, int bitrate) {
        encoder.setBitrate(bitrate);
        long sum = 0;
        Random random = new Random(1);
        for (int i = 0; i < 20; i++) {
            VideoFrame picture = picture(160, 128, i);
            for (int j = 0; j < picture.y().length; j++) {
                picture.y()[j] += (byte) random.nextInt(16);
            }
            sum += i < 10 ? 0 : encoder.encode(picture, i, false).bytes().length;
            if (i < 10) {
                encoder.encode(picture, i, false);
            }
        }
        return sum;
    }

    private static VideoFrame picture(int width, int height, int number) {
        VideoFrame picture = new VideoFrame(width, height);
        TestPicture.draw(picture, number);
        return picture;
    }
}
