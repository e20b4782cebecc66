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
    @ValueSource(strings = {"opus", "G722", "PCMU", "PCMA"})
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
            assertThat(codecs(browser)).containsOnly("audio/" + codec).hasSize(2);

            long cleared = System.currentTimeMillis();
            source.clear();
            assertThat(room).isCompleted();
            long silent = browser.call("return await voice.silence()").getAsLong();
            source.drained().get(MediaCall.SECONDS, TimeUnit.SECONDS);
            System.out.println(codec + ": silent " + (silent - cleared) + " ms after clear");
        }
    }

    /** Of the stream that the page receives, and of the one it sends. */
    private static List<String> codecs(Chromium browser) throws Exception {
        JsonArray names = browser.call("""
                const all = [...(await pc.getStats()).values()];
                return all.filter(({ type }) => ["inbound-rtp", "outbound-rtp"].includes(type))
                    .map(({ codecId }) => all.find(({ id }) => id === codecId).mimeType);
                """).getAsJsonArray();
        return StreamSupport.stream(names.spliterator(), false)
                .map(each -> each.getAsString())
                .toList();
    }

    /**
     * What is cut off as soon as drained says so is complete all the same, and what is cleared ends: how much was played and
     * how much is heard agree. Chromium stretches sound that comes late, so its measure has room; the time until silence is
     * printed.
     */
    @ParameterizedTest
    @ValueSource(strings = {"opus", "PCMU"})
    void drainedIsNeverEarlyAndClearEndsTheSound(String codec, Chromium browser) throws Exception {
        AudioSource source = AudioSource.pcm(SPOKEN_RATE, 1, Duration.ofMinutes(1));
        try (MediaCall call = new MediaCall(browser.page(), runtime, null)) {
            browser.call("pc.addEventListener('track', ({ track }) => voice.listen(track))");
            call.pc.addTrack(source.track());
            prefer(call.pc.getTransceivers().get(0), "audio", codec);
            call.javaOffers();
            // Until it is heard at all.
            CompletableFuture<?> room = source.write(tone(SPOKEN_RATE, 600, 60));
            browser.call("await voice.loud(500)");
            source.clear();
            assertThat(room).isCompleted();
            source.drained().get(MediaCall.SECONDS, TimeUnit.SECONDS);
            browser.call("await voice.silence(); voice.heard = []");

            int spoken = 2_000;
            long playedBefore = source.playedMillis();
            long began = System.nanoTime();
            assertThat(source.write(tone(SPOKEN_RATE, 1_000, spoken / 1_000))).isCompleted();
            source.drained().get(MediaCall.SECONDS, TimeUnit.SECONDS);
            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            source.clear();
            assertThat(took).isGreaterThanOrEqualTo(spoken);
            assertThat(source.playedMillis() - playedBefore).isEqualTo(spoken);
            browser.call("await voice.silence()");
            long heard = browser.call("return voice.loudMillis()").getAsLong();
            System.out.println(codec + ": drained " + took + " ms after a write of " + spoken + " ms; Chromium heard "
                    + heard + " ms");
            assertThat(heard).isBetween(spoken * 8L / 10, spoken * 13L / 10);

            playedBefore = source.playedMillis();
            browser.call("voice.heard = []");
            room = source.write(tone(SPOKEN_RATE, 440, 60));
            browser.call("await voice.loud(700)");
            long cleared = System.currentTimeMillis();
            source.clear();
            long played = source.playedMillis() - playedBefore;
            assertThat(room).isCompleted();
            source.drained().get(MediaCall.SECONDS, TimeUnit.SECONDS);
            long silent = browser.call("return await voice.silence()").getAsLong();
            heard = browser.call("return voice.loudMillis()").getAsLong();
            System.out.println(codec + ": cleared after " + played + " ms, silent " + (silent - cleared)
                    + " ms later; Chromium heard " + heard + " ms");
            assertThat(source.playedMillis() - playedBefore).isLessThanOrEqualTo(played + 20);
            assertThat(heard).isLessThanOrEqualTo(played * 13 / 10 + 100);
        } finally {
            source.close();
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
