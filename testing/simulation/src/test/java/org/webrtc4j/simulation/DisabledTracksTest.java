package org.webrtc4j.simulation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.webrtc4j.simulation.MediaPair.simulate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.webrtc4j.AudioSource;
import org.webrtc4j.MediaSources;
import org.webrtc4j.MediaStreamTrack;
import org.webrtc4j.MediaTrackSource;
import org.webrtc4j.RTCRtpCodec;
import org.webrtc4j.RTCRtpReceiver;
import org.webrtc4j.h264.H264Codecs;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.codec.VideoDecoder;
import org.webrtc4j.media.codec.VideoFrame;

/** A track that is not enabled gives silence and black pictures (mediacapture-main section 4.3.3). */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails shows as silence
class DisabledTracksTest {

    private static final int RATE = 16_000;
    private static final CodecDescription VP8 = CodecDescription.video("VP8", "");

    private static void prefer(MediaPair pair, String kind, String codec) {
        List<RTCRtpCodec> preferred = requireNonNull(RTCRtpReceiver.getCapabilities(kind)).codecs().stream()
                .filter(each -> each.mimeType().equalsIgnoreCase(kind + "/" + codec))
                .toList();
        pair.a.getTransceivers().get(0).setCodecPreferences(preferred);
    }

    @ParameterizedTest
    @ValueSource(strings = {"opus", "G722", "PCMU", "PCMA"})
    void soundBecomesSilenceThatIsSentAtTheSameRate(String codec) {
        simulate(pair -> {
            AudioSource voice = AudioSource.pcm(RATE, 1, Duration.ofSeconds(20));
            MediaStreamTrack track = voice.track();
            pair.a.addTrack(track);
            prefer(pair, "audio", codec);
            Sound heard = new Sound(pair.peers.simulation.time(), RATE);
            List<EncodedFrame> packets = new ArrayList<>();
            pair.b.onTrack(event -> {
                event.receiver().pcm(RATE, 1, heard::add);
                event.receiver().frames(packets::add);
            });
            pair.connect();
            voice.write(Sound.tone(RATE, 1_000, 10_000));
            pair.run(Duration.ofSeconds(1));
            assertThat(heard.loudMillis()).isGreaterThan(500);

            track.enabled(false);
            long disabled = pair.peers.simulation.time().nanoTime();
            int before = packets.size();
            pair.run(Duration.ofSeconds(2));
            assertThat(packets.size() - before).isBetween(99, 101);
            assertThat(heard.lastLoudNanos() - disabled).isLessThan(150_000_000);

            track.enabled(true);
            long enabled = pair.peers.simulation.time().nanoTime();
            pair.run(Duration.ofSeconds(1));
            assertThat(heard.strength(1_000, enabled + 200_000_000)).isGreaterThan(0.8 * Sound.AMPLITUDE);
        });
    }

    @Test
    void picturesOfASourceWithAnEncoderBecomeBlack() {
        simulate(pair -> {
            MediaStreamTrack track = new MediaStreamTrack(MediaSources.colourBars(320, 240, 10));
            pair.a.addTrack(track);
            prefer(pair, "video", "H264");
            List<EncodedFrame> seen = new ArrayList<>();
            pair.b.onTrack(event -> event.receiver().frames(seen::add));
            pair.connect();
            pair.run(Duration.ofSeconds(1));
            int shown = seen.size();
            track.enabled(false);
            pair.run(Duration.ofSeconds(1));
            int black = seen.size();
            track.enabled(true);
            pair.run(Duration.ofSeconds(1));

            assertThat(shown).isGreaterThan(5);
            assertThat(black - shown).isBetween(9, 11);
            VideoDecoder decoder =
                    requireNonNull(new H264Codecs().videoDecoder(seen.get(0).codec()));
            for (int i = 0; i < seen.size(); i++) {
                VideoFrame picture = requireNonNull(decoder.decode(seen.get(i)));
                // One picture may be under way when the track is switched.
                if (i != shown && i != black) {
                    assertThat(isBlack(picture)).isEqualTo(i > shown && i < black);
                }
            }
        });
    }

    /** Here and there the encoder leaves a trace of the picture before. */
    private static boolean isBlack(VideoFrame picture) {
        long sum = 0;
        for (byte luma : picture.y()) {
            sum += luma & 0xff;
        }
        return sum / picture.y().length < 20;
    }

    @Test
    void encodedPicturesAreLeftOutUpToTheNextKeyFrameAfterwards() {
        simulate(pair -> {
            List<MediaTrackSource.Consumer> consumers = new ArrayList<>();
            List<Long> asked = new ArrayList<>();
            MediaStreamTrack track = new MediaStreamTrack(new MediaTrackSource() {
                @Override
                public String kind() {
                    return "video";
                }

                @Override
                public Feed open(Consumer consumer) {
                    consumers.add(consumer);
                    return new Feed() {
                        @Override
                        public void requestKeyFrame() {
                            asked.add(pair.peers.simulation.time().nanoTime());
                        }

                        @Override
                        public void close() {}
                    };
                }
            });
            pair.a.addTrack(track);
            prefer(pair, "video", "VP8");
            List<Long> seen = new ArrayList<>();
            pair.b.onTrack(event -> event.receiver().frames(frame -> seen.add(frame.bytes()[1] & 0xffL)));
            pair.connect();
            for (int i = 0; i < 10; i++) {
                track.enabled(i < 2 || i > 4);
                int before = asked.size();
                consumers.get(0).frame(picture(i, i == 0 || i == 8));
                pair.run(Duration.ofMillis(33));
                if (i == 5) {
                    assertThat(asked).hasSizeGreaterThan(before);
                }
            }
            pair.run(Duration.ofSeconds(1));
            assertThat(seen).containsExactly(0L, 1L, 8L, 9L);
        });
    }

    /** VP8 data whose first bit says whether it is a key frame (RFC 6386 section 9.1). */
    private static EncodedFrame picture(int number, boolean key) {
        byte[] bytes = new byte[100];
        bytes[0] = (byte) (key ? 0x10 : 0x11);
        bytes[1] = (byte) number;
        return EncodedFrame.video(VP8, key, number * 2_970L, bytes);
    }
}
