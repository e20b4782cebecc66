package org.webrtc4j.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.net.InetAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.webrtc4j.RTCConfiguration;
import org.webrtc4j.RTCPeerConnectionState;
import org.webrtc4j.RTCSdpType;
import org.webrtc4j.WebRtcRuntime;
import org.webrtc4j.media.audio.Goertzel;

/** The call of the README between two sides in one process: each hears the tone of the other and gets its pictures. */
class CallTest {

    private static final int SECONDS = 60;
    private static final int RATE = 16_000;
    private static final int ENOUGH = 10;

    /** What the microphone of a machine without one hears. */
    private static final double TONE_HERTZ = 440;

    private static final double AUDIBLE = 4_000;

    /** One side; signalling delivers at once. */
    private static final class Side implements AutoCloseable {

        final CompletableFuture<Double> heard = new CompletableFuture<>();
        final CompletableFuture<Integer> seen = new CompletableFuture<>();
        final CompletableFuture<Side> other = new CompletableFuture<>();
        final CompletableFuture<Object> failure = new CompletableFuture<>();
        final Call call;

        Side(WebRtcRuntime runtime, String name) {
            TrickleOut signaling = new TrickleOut(to(Side::description), to(Side::candidate));
            call = new Call(
                    runtime.createPeerConnection(RTCConfiguration.defaults(), name),
                    runtime.mediaDevices(),
                    signaling,
                    event -> {
                        if (event.track().kind().equals("audio")) {
                            event.receiver().pcm(RATE, 1, this::listen);
                        } else {
                            AtomicInteger frames = new AtomicInteger();
                            event.receiver().frames(frame -> look(frames.incrementAndGet()));
                        }
                    });
        }

        private void listen(short[] samples) {
            double strength = Goertzel.amplitude(samples, 0, 1, samples.length, RATE, TONE_HERTZ);
            if (strength > AUDIBLE) {
                heard.complete(strength);
            }
        }

        private void look(int frames) {
            if (frames == ENOUGH) {
                seen.complete(frames);
            }
        }

        private Consumer<JsonObject> to(BiConsumer<Side, JsonObject> receive) {
            return json -> receive.accept(other.join(), json);
        }

        private void description(JsonObject json) {
            RTCSdpType type = RTCSdpType.fromWireName(SignalingJson.text(json, "type"));
            note(call.take(SignalingJson.description(type, json)));
        }

        private void candidate(JsonObject json) {
            note(call.take(SignalingJson.candidate(json)));
        }

        @SuppressWarnings("FutureReturnValueIgnored") // what goes wrong is kept
        private void note(CompletableFuture<?> step) {
            step.whenComplete((done, thrown) -> {
                if (thrown != null) {
                    failure.completeExceptionally(thrown);
                }
            });
        }

        /** Waits for a step of this side, or for what goes wrong on it. */
        <T> T await(CompletableFuture<T> step) throws Exception {
            CompletableFuture.anyOf(step, failure).get(SECONDS, TimeUnit.SECONDS);
            return step.get(SECONDS, TimeUnit.SECONDS);
        }

        @Override
        public void close() {
            call.close();
        }
    }

    @Test
    void bothSidesAreConnectedAndHearAndSeeEachOther() throws Exception {
        try (WebRtcRuntime runtime = WebRtcRuntime.builder()
                        .bind(InetAddress.getLoopbackAddress())
                        .build();
                Side caller = new Side(runtime, "caller");
                Side callee = new Side(runtime, "callee")) {
            caller.other.complete(callee);
            callee.other.complete(caller);
            caller.await(caller.call.call());
            for (Side each : new Side[] {caller, callee}) {
                assertThat(each.await(each.call.connected()).connectionState())
                        .isEqualTo(RTCPeerConnectionState.CONNECTED);
                assertThat(each.await(each.heard)).isGreaterThan(AUDIBLE);
                assertThat(each.await(each.seen)).isEqualTo(ENOUGH);
            }
        }
    }
}
