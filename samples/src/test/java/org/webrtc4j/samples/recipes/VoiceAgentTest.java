package org.webrtc4j.samples.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.webrtc4j.AudioSource;
import org.webrtc4j.RTCConfiguration;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.WebRtcRuntime;
import org.webrtc4j.media.audio.Goertzel;
import org.webrtc4j.media.audio.ToneGenerator;

class VoiceAgentTest {

    private static final int SECONDS = 30;
    private static final int SPOKEN_HERTZ = 500;
    private static final int ANSWERED_HERTZ = 1_200;

    private static short[] tone(int hertz, int millis) {
        short[] samples = new short[VoiceAgent.RATE * millis / 1_000];
        new ToneGenerator(VoiceAgent.RATE, hertz, 8_000).generate(samples, 0, samples.length, 1);
        return samples;
    }

    @Test
    void aCallerWhoPausesHearsTheAnswer() throws Exception {
        Queue<VoiceAgent.State> states = new ConcurrentLinkedQueue<>();
        CompletableFuture<short[]> said = new CompletableFuture<>();
        CompletableFuture<Double> heard = new CompletableFuture<>();
        try (WebRtcRuntime runtime =
                        WebRtcRuntime.builder().includeLoopback(true).build();
                RTCPeerConnection server = runtime.createPeerConnection(RTCConfiguration.defaults(), "agent");
                RTCPeerConnection caller = runtime.createPeerConnection(RTCConfiguration.defaults(), "caller");
                AudioSource microphone = AudioSource.pcm(VoiceAgent.RATE, 1, Duration.ofSeconds(5))) {
            VoiceAgent.answer(
                    server,
                    samples -> {
                        said.complete(samples);
                        return CompletableFuture.completedFuture(tone(ANSWERED_HERTZ, 1_000));
                    },
                    states::add);
            caller.addTrack(microphone.track());
            caller.onTrack(event -> event.receiver().pcm(VoiceAgent.RATE, 1, samples -> {
                double answer = Goertzel.amplitude(samples, 0, 1, samples.length, VoiceAgent.RATE, ANSWERED_HERTZ);
                if (answer > 2_000) {
                    heard.complete(answer);
                }
            }));
            Calls.connect(caller, server);
            microphone.write(tone(SPOKEN_HERTZ, 1_000)).get(SECONDS, TimeUnit.SECONDS);

            short[] spoken = said.get(SECONDS, TimeUnit.SECONDS);
            assertThat(spoken.length).isGreaterThan(VoiceAgent.RATE / 2);
            assertThat(Goertzel.amplitude(
                            spoken, VoiceAgent.RATE / 4, 1, VoiceAgent.RATE / 4, VoiceAgent.RATE, SPOKEN_HERTZ))
                    .isGreaterThan(2_000);
            heard.get(SECONDS, TimeUnit.SECONDS);
            assertThat(states)
                    .startsWith(VoiceAgent.State.LISTENING, VoiceAgent.State.THINKING, VoiceAgent.State.SPEAKING);
        }
    }
}
