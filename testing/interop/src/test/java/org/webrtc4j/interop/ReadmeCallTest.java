package org.webrtc4j.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.net.InetAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.webrtc4j.RTCConfiguration;
import org.webrtc4j.RTCPeerConnectionState;
import org.webrtc4j.RTCSdpType;
import org.webrtc4j.WebRtcRuntime;
import org.webrtc4j.samples.Call;
import org.webrtc4j.samples.SignalingJson;
import org.webrtc4j.samples.TrickleOut;

/** The call of the README with a page that takes the same steps, as the caller and as the callee. */
@ExtendWith(WithChromium.class)
@SuppressWarnings("FutureReturnValueIgnored") // a step that fails shows as a call that is not connected
class ReadmeCallTest {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isConnectedAndHeardAndSeen(boolean javaCalls, Chromium browser) throws Exception {
        PageServer page = browser.page();
        page.call("""
                await media.open(320, 240, 15);
                globalThis.pc = new RTCPeerConnection();
                media.play(pc);
                pc.onicecandidate = ({ candidate }) => candidate && emit(candidate.toJSON());
                const describe = async () => {
                  await pc.setLocalDescription();
                  emit(pc.localDescription.toJSON());
                };
                const addMedia = () => media.stream.getTracks().forEach((track) => pc.addTrack(track, media.stream));
                globalThis.take = async (message) => {
                  if (message.candidate !== undefined) {
                    return await pc.addIceCandidate(message);
                  }
                  await pc.setRemoteDescription(message);
                  if (message.type === "offer") {
                    addMedia();
                    await describe();
                  }
                };
                globalThis.place = async () => {
                  addMedia();
                  await describe();
                };
                """);
        CompletableFuture<Integer> tracks = new CompletableFuture<>();
        java.util.concurrent.atomic.AtomicInteger heard = new java.util.concurrent.atomic.AtomicInteger();
        try (WebRtcRuntime runtime = WebRtcRuntime.builder()
                        .bind(InetAddress.getLoopbackAddress())
                        .build();
                Call call = new Call(
                        runtime.createPeerConnection(RTCConfiguration.defaults(), "call"),
                        runtime.mediaDevices(),
                        new TrickleOut(toPage(page), toPage(page)),
                        event -> {
                            if (heard.incrementAndGet() == 2) {
                                tracks.complete(2);
                            }
                        })) {
            page.listen(message -> take(call, message));
            if (javaCalls) {
                call.call().get(MediaCall.SECONDS, TimeUnit.SECONDS);
            } else {
                page.call("await place()");
            }
            assertThat(call.connected().get(MediaCall.SECONDS, TimeUnit.SECONDS).connectionState())
                    .isEqualTo(RTCPeerConnectionState.CONNECTED);
            tracks.get(MediaCall.SECONDS, TimeUnit.SECONDS);
            MediaCall.assertMoves(page);
        } finally {
            page.listen(message -> {});
            page.tell("pc.close()");
        }
    }

    private static java.util.function.Consumer<JsonObject> toPage(PageServer page) {
        return json ->
                page.tell("globalThis.chain = (globalThis.chain ?? Promise.resolve()).then(() => take(args[0]))", json);
    }

    private static void take(Call call, JsonObject message) {
        JsonElement candidate = message.get("candidate");
        if (candidate != null) {
            call.take(SignalingJson.candidate(message));
        } else {
            RTCSdpType type = RTCSdpType.fromWireName(SignalingJson.text(message, "type"));
            call.take(SignalingJson.description(type, message));
        }
    }
}
