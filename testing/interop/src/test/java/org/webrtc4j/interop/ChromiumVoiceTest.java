package org.webrtc4j.interop;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.webrtc4j.AudioSource;
import org.webrtc4j.MediaSources;
import org.webrtc4j.MediaStreamTrack;
import org.webrtc4j.RTCRtpCodec;
import org.webrtc4j.RTCRtpReceiver;
import org.webrtc4j.RTCRtpTransceiver;
import org.webrtc4j.WebRtcRuntime;
import org.webrtc4j.media.audio.Goertzel;
import org.webrtc4j.media.audio.ToneGenerator;

/** A program speaks to a page and shows it pictures, and hears what the page says. */
@ExtendWith(WithChromium.class)
class ChromiumVoiceTest {

    private static final int SPOKEN_RATE = 24_000;
    private static final int HEARD_RATE = 16_000;
    private static final double AMPLITUDE = 8_000;

    private WebRtcRuntime runtime;

    @BeforeEach
    void start() throws Exception {
        runtime = WebRtcRuntime.builder().bind(InetAddress.getLoopbackAddress()).build();
        runtime.warmUp().get(MediaCall.SECONDS, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() {
        runtime.close();
    }

    private static void prefer(RTCRtpTransceiver transceiver, String kind, String codec) {
        List<RTCRtpCodec> preferred = requireNonNull(RTCRtpReceiver.getCapabilities(kind)).codecs().stream()
                .filter(each -> each.mimeType().equalsIgnoreCase(kind + "/" + codec))
                .toList();
        transceiver.setCodecPreferences(preferred);
    }

    private static short[] tone(int sampleRate, double frequency, int seconds) {
        short[] samples = new short[sampleRate * seconds];
        new ToneGenerator(sampleRate, frequency, AMPLITUDE).generate(samples, 0, samples.length, 1);
        return samples;
    }

    @ParameterizedTest
    @ValueSource(strings = {"opus", "PCMU", "PCMA"})
    void theyHearEachOther(String codec, Chromium browser) throws Exception {
        AudioSource source = AudioSource.pcm(SPOKEN_RATE, 1, Duration.ofMinutes(1));
        try (MediaCall call = new MediaCall(browser.page(), runtime, null)) {
            browser.call("globalThis.answer = await voice.tone(700)");
            browser.call("""
                    pc.addEventListener("track", ({ track, transceiver }) => {
                      voice.listen(track);
                      transceiver.direction = "sendrecv";
                      transceiver.sender.replaceTrack(answer);
                    });
                    """);
            call.pc.addTrack(source.track());
            prefer(call.pc.getTransceivers().get(0), "audio", codec);
            CompletableFuture<short[]> heard = new CompletableFuture<>();
            call.pc.getReceivers().get(0).pcm(HEARD_RATE, 1, new LoudSecond(heard));
            CompletableFuture<?> room = source.write(tone(SPOKEN_RATE, 1_000, 50));
            call.javaOffers();

            short[] answer = heard.get(MediaCall.SECONDS, TimeUnit.SECONDS);
            double strength = Goertzel.amplitude(answer, 0, 1, answer.length, HEARD_RATE, 700);
            double other = Goertzel.amplitude(answer, 0, 1, answer.length, HEARD_RATE, 1_000);
            System.out.println(codec + ": Java hears 700 Hz at " + (int) strength + ", 1000 Hz at " + (int) other);
            assertThat(strength).isBetween(0.7 * 8_192, 1.2 * 8_192);
            assertThat(other).isLessThan(0.1 * strength);

            double full = AMPLITUDE / 32_768;
            JsonObject second = browser.call("return await voice.second(1000, args[0], [1700])", 0.8 * full)
                    .getAsJsonObject();
            System.out.println(codec + ": Chromium hears 1000 Hz in second " + second);
            assertThat(second.get("strength").getAsDouble()).isBetween(0.8 * full, 1.2 * full);
            assertThat(second.getAsJsonArray("others").get(0).getAsDouble()).isLessThan(0.05 * full);

            long cleared = System.currentTimeMillis();
            source.clear();
            assertThat(room).isCompleted();
            long silent = browser.call("return await voice.silence()").getAsLong();
            source.drained().get(MediaCall.SECONDS, TimeUnit.SECONDS);
            System.out.println(codec + ": silent " + (silent - cleared) + " ms after clear");
        }
    }

    /** A second of sound from the first on that is loud, and a little later. */
    private static final class LoudSecond implements org.webrtc4j.PcmSink {

        private final CompletableFuture<short[]> heard;
        private final short[] second = new short[HEARD_RATE];
        private int loudBlocks;
        private int filled;

        LoudSecond(CompletableFuture<short[]> heard) {
            this.heard = heard;
        }

        @Override
        public void onSamples(short[] samples) {
            boolean loud = false;
            for (short each : samples) {
                loud |= each > 2_000;
            }
            loudBlocks = loud ? loudBlocks + 1 : 0;
            if (loudBlocks < 25) {
                filled = 0;
                return;
            }
            int count = Math.min(samples.length, second.length - filled);
            System.arraycopy(samples, 0, second, filled, count);
            filled += count;
            if (filled == second.length) {
                heard.complete(Arrays.copyOf(second, filled));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"VP8", "H264"})
    void theNumbersOfColourBarsRiseInThePage(String codec, Chromium browser) throws Exception {
        try (MediaCall call = new MediaCall(browser.page(), runtime, null)) {
            call.pc.addTrack(new MediaStreamTrack(MediaSources.colourBars(320, 240, 15)));
            prefer(call.pc.getTransceivers().get(0), "video", codec);
            call.javaOffers();

            JsonArray numbers = browser.call("""
                    while (media.elements.length === 0) {
                      await new Promise((resolve) => setTimeout(resolve, 20));
                    }
                    return await voice.numbers(media.elements[0], 30)
                    """).getAsJsonArray();
            System.out.println(codec + ": " + numbers);
            List<Integer> read = StreamSupport.stream(numbers.spliterator(), false)
                    .map(each -> each.getAsInt())
                    .toList();
            assertThat(read).hasSize(30).isSorted();
        }
    }
}
