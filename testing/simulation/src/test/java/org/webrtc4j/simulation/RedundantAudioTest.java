package org.webrtc4j.simulation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.webrtc4j.simulation.MediaPair.simulate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.webrtc4j.AudioSource;
import org.webrtc4j.RTCInboundRtpStreamStats;
import org.webrtc4j.RTCRtpCodec;
import org.webrtc4j.RTCRtpReceiver;
import org.webrtc4j.testkit.Impairments;

/** Sound that repeats what earlier packets carried (RFC 2198), where RED is preferred to what it carries. */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails shows as silence
class RedundantAudioTest {

    private static final int RATE = 48_000;
    private static final Impairments LOSSY =
            Impairments.NONE.withDelay(Duration.ofMillis(30)).withLoss(0.1);

    /** The share of what is played that was made up, of twenty seconds. */
    private static double concealed(boolean red) {
        List<Double> share = new ArrayList<>();
        simulate(LOSSY, pair -> {
            AudioSource source = AudioSource.pcm(RATE, 1, Duration.ofSeconds(40));
            pair.a.addTrack(source.track());
            List<RTCRtpCodec> preferred = new ArrayList<>();
            for (String each : red ? List.of("red", "opus") : List.of("opus")) {
                preferred.addAll(requireNonNull(RTCRtpReceiver.getCapabilities("audio")).codecs().stream()
                        .filter(codec -> codec.mimeType().equalsIgnoreCase("audio/" + each))
                        .toList());
            }
            pair.a.getTransceivers().get(0).setCodecPreferences(preferred);
            Sound heard = new Sound(pair.peers.simulation.time(), RATE);
            pair.b.onTrack(event -> event.receiver().pcm(RATE, 1, heard::add));
            pair.connect();
            source.write(Sound.tone(RATE, 1_000, 25_000));
            pair.run(Duration.ofSeconds(20));
            RTCInboundRtpStreamStats stats = pair.await(pair.b.getStats()).values().stream()
                    .filter(RTCInboundRtpStreamStats.class::isInstance)
                    .map(RTCInboundRtpStreamStats.class::cast)
                    .findFirst()
                    .orElseThrow();
            assertThat(pair.b
                            .getReceivers()
                            .get(0)
                            .getParameters()
                            .codecs()
                            .get(0)
                            .mimeType())
                    .isEqualTo(red ? "audio/red" : "audio/opus");
            assertThat(stats.packetsLost()).isGreaterThan(50);
            share.add((double) requireNonNull(stats.concealedSamples()) / requireNonNull(stats.totalSamplesReceived()));
        });
        return share.get(0);
    }

    @Test
    void atTenPercentLossLessThanFivePercentIsMadeUp() {
        double with = concealed(true);
        double without = concealed(false);
        System.out.printf(
                "FIGURE audio at 10 %% loss, made up: RED %.1f %%, without %.1f %%%n", 100 * with, 100 * without);
        assertThat(with).isLessThan(0.05);
        assertThat(without).isGreaterThan(with + 0.03);
    }
}
