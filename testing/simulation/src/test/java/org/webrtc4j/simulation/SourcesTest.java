package org.webrtc4j.simulation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.webrtc4j.simulation.MediaPair.simulate;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.webrtc4j.MediaSources;
import org.webrtc4j.MediaStream;
import org.webrtc4j.MediaStreamConstraints;
import org.webrtc4j.MediaStreamTrack;
import org.webrtc4j.MediaTrackConstraints;
import org.webrtc4j.RTCRtpCodec;
import org.webrtc4j.RTCRtpReceiver;
import org.webrtc4j.RTCRtpTransceiver;
import org.webrtc4j.h264.H264Codecs;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.codec.AudioEncoder;
import org.webrtc4j.media.codec.TestPicture;
import org.webrtc4j.media.codec.VideoDecoder;
import org.webrtc4j.media.codec.VideoFrame;
import org.webrtc4j.media.file.IvfWriter;
import org.webrtc4j.media.file.OggOpusWriter;
import org.webrtc4j.opus.OpusCodecs;

/** What machines without devices send: tones, colour bars and files, from getUserMedia to the other side. */
class SourcesTest {

    private static final CodecDescription VP8 = CodecDescription.video("VP8", "");
    private static final CodecDescription OPUS = CodecDescription.audio("opus", 48_000, 2, "");
    private static final int RATE = 16_000;

    private static void prefer(RTCRtpTransceiver transceiver, String type) {
        List<RTCRtpCodec> preferred = requireNonNull(RTCRtpReceiver.getCapabilities("video")).codecs().stream()
                .filter(each -> each.mimeType().equalsIgnoreCase(type))
                .toList();
        transceiver.setCodecPreferences(preferred);
    }

    private static List<EncodedFrame> watch(MediaPair pair) {
        List<EncodedFrame> frames = new ArrayList<>();
        pair.b.onTrack(event -> {
            if (event.track().kind().equals("video")) {
                event.receiver().frames(frames::add);
            }
        });
        return frames;
    }

    @Test
    void userMediaIsATrackOfEachKindWhoseMediaArrives() {
        simulate(pair -> {
            MediaStream stream = pair.await(
                    pair.peers.offererRuntime.mediaDevices().getUserMedia(MediaStreamConstraints.of(true, true)));
            assertThat(stream.getTracks()).extracting(MediaStreamTrack::kind).containsExactly("audio", "video");
            stream.getTracks().forEach(track -> pair.a.addTrack(track, stream));
            Sound heard = new Sound(pair.peers.simulation.time(), RATE);
            List<EncodedFrame> seen = new ArrayList<>();
            pair.b.onTrack(event -> {
                if (event.track().kind().equals("audio")) {
                    event.receiver().pcm(RATE, 1, heard::add);
                } else {
                    event.receiver().frames(seen::add);
                }
            });
            pair.connect();
            pair.run(Duration.ofSeconds(1));
            long since = pair.peers.simulation.time().nanoTime();
            int before = seen.size();
            pair.run(Duration.ofSeconds(2));
            assertThat(heard.strength(440, since)).isGreaterThan(0.8 * Sound.AMPLITUDE);
            assertThat(seen.size() - before).isBetween(29, 31);
            assertThat(seen).allMatch(EncodedFrame::key).allMatch(each -> each.codec()
                    .is("video/VP8"));
        });
    }

    @Test
    void theNumbersOfColourBarsAreReadFromDecodedPictures() {
        simulate(pair -> {
            pair.a.addTrack(new MediaStreamTrack(MediaSources.colourBars(320, 240, 10)));
            prefer(pair.a.getTransceivers().get(0), "video/H264");
            List<EncodedFrame> seen = watch(pair);
            pair.connect();
            pair.run(Duration.ofSeconds(3));
            VideoDecoder decoder =
                    requireNonNull(new H264Codecs().videoDecoder(seen.get(0).codec()));
            List<Integer> numbers = new ArrayList<>();
            for (EncodedFrame each : seen) {
                VideoFrame picture = requireNonNull(decoder.decode(each));
                numbers.add(TestPicture.read(picture));
            }
            assertThat(numbers).hasSizeBetween(29, 31);
            for (int i = 0; i < numbers.size(); i++) {
                assertThat(numbers.get(i)).isEqualTo(numbers.get(0) + i);
                assertThat(seen.get(i).timestamp() - seen.get(0).timestamp()).isEqualTo(i * 9_000L);
            }
        });
    }

    @Test
    void colourBarsGiveAKeyFrameWhenTheOtherSideNeedsOne() {
        simulate(pair -> {
            pair.a.addTrack(new MediaStreamTrack(MediaSources.colourBars(160, 120, 10)));
            prefer(pair.a.getTransceivers().get(0), "video/H264");
            List<EncodedFrame> seen = watch(pair);
            pair.connect();
            pair.run(Duration.ofSeconds(2));
            int before = seen.size();
            pair.run(Duration.ofSeconds(1));
            assertThat(seen.subList(before, seen.size())).noneMatch(EncodedFrame::key);
            int asked = seen.size();
            pair.b.getReceivers().get(0).requestKeyFrame();
            pair.run(Duration.ofSeconds(1));
            assertThat(seen.subList(asked, seen.size()))
                    .filteredOn(EncodedFrame::key)
                    .hasSize(1);
        });
    }

    @Test
    void aDeviceThatDoesNotExistIsOverconstrained() {
        simulate(pair -> {
            MediaTrackConstraints nobody =
                    MediaTrackConstraints.builder().exactDeviceId("nobody").build();
            assertThat(pair.failureOf(pair.peers
                            .offererRuntime
                            .mediaDevices()
                            .getUserMedia(new MediaStreamConstraints(nobody, null))))
                    .isEqualTo("OverconstrainedError");
        });
    }

    @Test
    void theFramesOfAnIvfFileArriveUnchangedAtTheirPaceAndAgain(@TempDir Path folder) throws IOException {
        List<byte[]> written = new ArrayList<>();
        Path file = folder.resolve("frames.ivf");
        Random random = new Random(3);
        try (OutputStream out = Files.newOutputStream(file)) {
            IvfWriter writer = new IvfWriter(out, VP8, 320, 240);
            for (int i = 0; i < 50; i++) {
                byte[] bytes = new byte[200 + random.nextInt(3_000)];
                random.nextBytes(bytes);
                bytes[0] = (byte) (i % 25 == 0 ? bytes[0] & ~1 : bytes[0] | 1);
                written.add(bytes);
                writer.write(EncodedFrame.video(VP8, i % 25 == 0, i * 3_600L, bytes));
            }
        }
        simulate(pair -> {
            pair.a.addTrack(new MediaStreamTrack(MediaSources.ivf(file, true)));
            List<EncodedFrame> seen = watch(pair);
            pair.connect();
            pair.run(Duration.ofMillis(3_100));
            assertThat(seen).hasSizeBetween(70, 80);
            for (int i = 0; i < seen.size(); i++) {
                assertThat(seen.get(i).bytes()).isEqualTo(written.get(i % 50));
                assertThat(seen.get(i).timestamp() - seen.get(0).timestamp()).isEqualTo(i * 3_600L);
            }
            pair.a.close();
            pair.b.close();
            pair.run(Duration.ofSeconds(1));
            assertThat(pair.peers.offererLoop.armedTimers()).isZero();
        });
    }

    @Test
    void anIvfFileThatIsNotRepeatedEnds(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("short.ivf");
        try (OutputStream out = Files.newOutputStream(file)) {
            IvfWriter writer = new IvfWriter(out, VP8, 320, 240);
            for (int i = 0; i < 5; i++) {
                writer.write(EncodedFrame.video(VP8, true, i * 3_600L, new byte[300]));
            }
        }
        simulate(pair -> {
            pair.a.addTrack(new MediaStreamTrack(MediaSources.ivf(file, false)));
            List<EncodedFrame> seen = watch(pair);
            pair.connect();
            pair.run(Duration.ofSeconds(3));
            assertThat(seen).hasSize(5);
        });
    }

    @Test
    void theSoundOfAnOggFileIsHeard(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("tone.ogg");
        AudioEncoder encoder = requireNonNull(new OpusCodecs().audioEncoder(OPUS));
        short[] tone = Sound.tone(48_000, 700, 4_000);
        try (OutputStream out = Files.newOutputStream(file)) {
            OggOpusWriter writer = new OggOpusWriter(out, 1, 7);
            for (int i = 0; i + 960 <= tone.length; i += 960) {
                writer.write(EncodedFrame.audio(OPUS, i, encoder.encode(Arrays.copyOfRange(tone, i, i + 960), 0)));
            }
            writer.finish();
        }
        simulate(pair -> {
            pair.a.addTrack(new MediaStreamTrack(MediaSources.oggOpus(file, false)));
            Sound heard = new Sound(pair.peers.simulation.time(), RATE);
            pair.b.onTrack(event -> event.receiver().pcm(RATE, 1, heard::add));
            pair.connect();
            pair.run(Duration.ofSeconds(1));
            long since = pair.peers.simulation.time().nanoTime();
            pair.run(Duration.ofSeconds(2));
            assertThat(heard.strength(700, since)).isGreaterThan(0.8 * Sound.AMPLITUDE);
            pair.run(Duration.ofSeconds(3));
            assertThat(heard.loudMillis()).isBetween(3_900, 4_100);
        });
    }
}
