package org.webrtc4j.interop;

import com.google.gson.JsonObject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
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
    private final Predicate<String> wanted;
    private final CompletableFuture<Void> described = new CompletableFuture<>();

    PageConnection(Chromium browser, WebRtcRuntime runtime) throws Exception {
        this(browser, new JsonObject(), runtime, RTCConfiguration.defaults());
    }

    /** With a configuration for each side, the page's as it writes it. */
    PageConnection(
            Chromium browser, JsonObject pageConfiguration, WebRtcRuntime runtime, RTCConfiguration configuration)
            throws Exception {
        this(browser, pageConfiguration, runtime, configuration, text -> true);
    }

    /** Only the candidates whose text is wanted reach the other side. */
    static PageConnection withCandidates(Chromium browser, WebRtcRuntime runtime, Predicate<String> wanted)
            throws Exception {
        return new PageConnection(browser, new JsonObject(), runtime, RTCConfiguration.defaults(), wanted);
    }

    private PageConnection(
            Chromium browser,
            JsonObject pageConfiguration,
            WebRtcRuntime runtime,
            RTCConfiguration configuration,
            Predicate<String> wanted)
            throws Exception {
        this.browser = browser;
        this.wanted = wanted;
        pc = runtime.createPeerConnection(configuration, "interop");
        // Candidates travel beside the descriptions here and may overtake them: each side lets them wait.
        browser.listen(event -> {
            JsonObject candidate = event.getAsJsonObject("candidate");
            if (isWanted(candidate.get("candidate").getAsString())) {
                described.thenCompose(done -> pc.addIceCandidate(SignalingJson.candidate(candidate)));
            }
        });
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
            if (candidate != null && isWanted(candidate.candidate())) {
                browser.tell("await addCandidate(args[0])", SignalingJson.candidate(candidate));
            }
        });
    }

    /** The end of candidates is an empty text. */
    private boolean isWanted(String candidate) {
        return candidate.isEmpty() || wanted.test(candidate);
    }

    /** A description without the candidates that are not wanted. */
    private JsonObject carried(JsonObject description) {
        String sdp = description.get("sdp").getAsString();
        description.addProperty(
                "sdp",
                sdp.lines()
                        .filter(line -> !line.startsWith("a=candidate:") || isWanted(line))
                        .collect(Collectors.joining("\r\n", "", "\r\n")));
        return description;
    }

    void javaOffers() throws Exception {
        pc.setLocalDescription().get(SECONDS, TimeUnit.SECONDS);
        JsonObject answer = browser.call(
                        "await pc.setRemoteDescription(args[0]); await pc.setLocalDescription(); return pc.localDescription.toJSON()",
                        local())
                .getAsJsonObject();
        pc.setRemoteDescription(SignalingJson.description(RTCSdpType.ANSWER, carried(answer)))
                .get(SECONDS, TimeUnit.SECONDS);
        described.complete(null);
    }

    void pageOffers() throws Exception {
        JsonObject offer = browser.call("await pc.setLocalDescription(); return pc.localDescription.toJSON()")
                .getAsJsonObject();
        pc.setRemoteDescription(SignalingJson.description(RTCSdpType.OFFER, carried(offer)))
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
        return carried(SignalingJson.description(description));
    }

    @Override
    public void close() {
        browser.listen(event -> {});
        pc.close();
        browser.tell("pc.close()");
    }
}
