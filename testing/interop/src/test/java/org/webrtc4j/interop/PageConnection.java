package org.webrtc4j.interop;

import com.google.gson.JsonObject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.webrtc4j.RTCConfiguration;
import org.webrtc4j.RTCIceCandidate;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.RTCSdpType;
import org.webrtc4j.RTCSessionDescription;
import org.webrtc4j.WebRtcRuntime;
import org.webrtc4j.samples.SignalingJson;

/** A connection of this process to {@code globalThis.pc} of the page, trickling both ways. */
@SuppressWarnings("FutureReturnValueIgnored") // a candidate that is refused shows as a connection that fails
final class PageConnection implements AutoCloseable {

    private static final int SECONDS = 20;

    final RTCPeerConnection pc;
    private final Chromium browser;
    private final CompletableFuture<Void> described = new CompletableFuture<>();

    PageConnection(Chromium browser, WebRtcRuntime runtime) throws Exception {
        this(browser, new JsonObject(), runtime, RTCConfiguration.defaults());
    }

    /** With a configuration for each side, the page's as it writes it. */
    PageConnection(
            Chromium browser, JsonObject pageConfiguration, WebRtcRuntime runtime, RTCConfiguration configuration)
            throws Exception {
        this.browser = browser;
        pc = runtime.createPeerConnection(configuration, "interop");
        // Candidates travel beside the descriptions here and may overtake them: each side lets them wait.
        browser.listen(event -> described.thenCompose(
                done -> pc.addIceCandidate(SignalingJson.candidate(event.getAsJsonObject("candidate")))));
        browser.call("""
                globalThis.pc = new RTCPeerConnection(args[0]);
                pc.onicecandidate = ({ candidate }) => emit({ candidate: candidate?.toJSON() ?? { candidate: "" } });
                globalThis.channels = {};
                pc.ondatachannel = ({ channel }) => {
                  channel.binaryType = "arraybuffer";
                  channels[channel.label] = channel;
                  channel.onmessage = ({ data }) => channel.send(data);
                };
                globalThis.addCandidate = async (candidate) => {
                  while (!pc.remoteDescription) {
                    await new Promise((resolve) => pc.addEventListener("signalingstatechange", resolve, { once: true }));
                  }
                  await pc.addIceCandidate(candidate);
                };
                """, pageConfiguration);
        pc.onIceCandidate(event -> {
            RTCIceCandidate candidate = event.candidate();
            if (candidate != null) {
                browser.tell("await addCandidate(args[0])", SignalingJson.candidate(candidate));
            }
        });
    }

    void javaOffers() throws Exception {
        pc.setLocalDescription().get(SECONDS, TimeUnit.SECONDS);
        JsonObject answer = browser.call(
                        "await pc.setRemoteDescription(args[0]); await pc.setLocalDescription(); return pc.localDescription.toJSON()",
                        local())
                .getAsJsonObject();
        pc.setRemoteDescription(SignalingJson.description(RTCSdpType.ANSWER, answer))
                .get(SECONDS, TimeUnit.SECONDS);
        described.complete(null);
    }

    void pageOffers() throws Exception {
        JsonObject offer = browser.call("await pc.setLocalDescription(); return pc.localDescription.toJSON()")
                .getAsJsonObject();
        pc.setRemoteDescription(SignalingJson.description(RTCSdpType.OFFER, offer))
                .get(SECONDS, TimeUnit.SECONDS);
        described.complete(null);
        pc.setLocalDescription().get(SECONDS, TimeUnit.SECONDS);
        browser.call("await pc.setRemoteDescription(args[0])", local());
    }

    private JsonObject local() {
        RTCSessionDescription description = pc.localDescription();
        if (description == null) {
            throw new AssertionError("no local description");
        }
        return SignalingJson.description(description);
    }

    @Override
    public void close() {
        browser.listen(event -> {});
        pc.close();
        browser.tell("pc.close()");
    }
}
