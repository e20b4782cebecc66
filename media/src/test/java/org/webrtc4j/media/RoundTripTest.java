package org.webrtc4j.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever frame goes in comes out, whatever the size of payloads. */
class RoundTripTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "audio/opus",
                "audio/PCMU",
                "audio/PCMA",
                "audio/G722",
                "audio/L16",
                "video/VP8",
                "video/VP9",
                "video/H264",
                "video/H265",
                "video/AV1"
            })
    void aFrameComesOutAsItWentInAndNoPayloadIsTooLarge(String type) {
        CodecDescription codec = RandomFrames.codec(type);
        for (long seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            RandomFrames frames = new RandomFrames(codec, random);
            Packetizer packetizer = Objects.requireNonNull(PayloadFormats.packetizer(codec, random));
            Depacketizer depacketizer = Objects.requireNonNull(PayloadFormats.depacketizer(codec));
            for (int i = 0; i < 10; i++) {
                EncodedFrame frame = frames.next();
                int max = codec.kind() == MediaKind.AUDIO ? 1_500 : 64 + random.nextInt(1_400);
                Payloads payloads = Payloads.of(packetizer, frame, max);

                List<EncodedFrame> out = Payloads.frames(depacketizer, payloads.bytes, frame.timestamp());

                assertThat(payloads.bytes)
                        .allSatisfy(payload -> assertThat(payload).hasSizeLessThanOrEqualTo(max));
                if (codec.kind() == MediaKind.VIDEO) {
                    assertThat(payloads.markers.indexOf(true)).isEqualTo(payloads.markers.size() - 1);
                }
                assertThat(out).as("seed %d", seed).hasSize(1);
                assertThat(out.get(0).bytes()).as("seed %d", seed).isEqualTo(frame.bytes());
                assertThat(out.get(0).key()).as("seed %d", seed).isEqualTo(frame.key());
                assertThat(out.get(0).layers()).as("seed %d", seed).isEqualTo(frame.layers());
                KeyFrame detector = KeyFrame.of(codec);
                assertThat(payloads.bytes.stream().anyMatch(p -> detector.detect(p, 0, p.length)))
                        .as("seed %d", seed)
                        .isEqualTo(frame.key());
            }
        }
    }
}
