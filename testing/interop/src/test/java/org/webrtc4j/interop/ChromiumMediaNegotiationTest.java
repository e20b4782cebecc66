package org.webrtc4j.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.reflect.TypeToken;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.webrtc4j.MediaStream;
import org.webrtc4j.MediaStreamTrack;
import org.webrtc4j.MediaTrackSource;
import org.webrtc4j.RTCBundlePolicy;
import org.webrtc4j.RTCConfiguration;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.RTCRtpTransceiver;
import org.webrtc4j.RTCRtpTransceiverDirection;
import org.webrtc4j.RTCRtpTransceiverInit;
import org.webrtc4j.RTCSdpType;
import org.webrtc4j.RTCSessionDescription;
import org.webrtc4j.RTCSignalingState;
import org.webrtc4j.WebRtcRuntime;
import org.webrtc4j.samples.SignalingJson;

/** Offers and answers with media between Chromium and this process, in both roles: each takes what the other writes. */
@ExtendWith(WithChromium.class)
class ChromiumMediaNegotiationTest {

    private static final int SECONDS = 20;

    private WebRtcRuntime runtime;
    private Chromium browser;

    @BeforeEach
    void start(Chromium browser) throws Exception {
        this.browser = browser;
        runtime = WebRtcRuntime.builder()
                .bind(java.net.InetAddress.getLoopbackAddress())
                .build();
        browser.call("""
                const audio = new AudioContext().createMediaStreamDestination().stream.getAudioTracks()[0];
                const canvas = document.createElement("canvas");
                canvas.getContext("2d").fillRect(0, 0, 10, 10);
                const video = canvas.captureStream(10).getVideoTracks()[0];
                globalThis.tracks = [audio, video];
                globalThis.stream = new MediaStream(tracks);
                globalThis.connect = (configuration) => {
                  globalThis.pc = new RTCPeerConnection(configuration);
                  globalThis.told = [];
                  pc.ontrack = ({ track, streams }) => told.push(`${track.kind} ${streams[0]?.id}`);
                };
                connect();
                """);
    }

    @AfterEach
    void close() throws Exception {
        browser.call("pc.close()");
        runtime.close();
    }

    private static MediaStreamTrack track(String kind) {
        return new MediaStreamTrack(new MediaTrackSource() {
            @Override
            public String kind() {
                return kind;
            }
        });
    }

    private void javaOffers(RTCPeerConnection java) throws Exception {
        java.setLocalDescription().get(SECONDS, TimeUnit.SECONDS);
        JsonObject answer = browser.call(
                        "await pc.setRemoteDescription(args[0]); await pc.setLocalDescription(); return pc.localDescription.toJSON()",
                        local(java))
                .getAsJsonObject();
        java.setRemoteDescription(SignalingJson.description(RTCSdpType.ANSWER, answer))
                .get(SECONDS, TimeUnit.SECONDS);
        assertStable(java);
    }

    private void pageOffers(RTCPeerConnection java) throws Exception {
        JsonObject offer = browser.call("await pc.setLocalDescription(); return pc.localDescription.toJSON()")
                .getAsJsonObject();
        java.setRemoteDescription(SignalingJson.description(RTCSdpType.OFFER, offer))
                .get(SECONDS, TimeUnit.SECONDS);
        java.setLocalDescription().get(SECONDS, TimeUnit.SECONDS);
        browser.call("await pc.setRemoteDescription(args[0])", local(java));
        assertStable(java);
    }

    private void negotiate(RTCPeerConnection java, boolean javaOffers) throws Exception {
        if (javaOffers) {
            javaOffers(java);
        } else {
            pageOffers(java);
        }
    }

    private void assertStable(RTCPeerConnection java) throws Exception {
        assertThat(java.signalingState()).isEqualTo(RTCSignalingState.STABLE);
        assertThat(browser.call("return pc.signalingState").getAsString()).isEqualTo("stable");
    }

    private static JsonObject local(RTCPeerConnection java) {
        RTCSessionDescription description = java.localDescription();
        if (description == null) {
            throw new AssertionError("no local description");
        }
        return SignalingJson.description(description);
    }

    private List<String> page(String expression) throws Exception {
        return new Gson().fromJson(browser.call("return " + expression), new TypeToken<List<String>>() {}.getType());
    }

    private List<String> pageDirections() throws Exception {
        return page("pc.getTransceivers().map((each) => each.currentDirection)");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void audioAndVideoOfBothSidesAreSendrecvInBothRoles(boolean javaOffers) throws Exception {
        RTCPeerConnection java = runtime.createPeerConnection(RTCConfiguration.defaults());
        MediaStream stream = new MediaStream(track("audio"), track("video"));
        stream.getTracks().forEach(each -> java.addTrack(each, stream));
        browser.call("tracks.forEach((track) => pc.addTrack(track, stream))");

        negotiate(java, javaOffers);

        assertThat(pageDirections()).containsExactly("sendrecv", "sendrecv");
        assertThat(java.getTransceivers())
                .extracting(RTCRtpTransceiver::currentDirection)
                .containsOnly(RTCRtpTransceiverDirection.SENDRECV);
        assertThat(page("told")).containsExactly("audio " + stream.id(), "video " + stream.id());
        assertThat(page("pc.getReceivers()[1].getParameters().codecs.map((each) => each.mimeType)"))
                .contains("video/VP8", "video/H264", "video/VP9", "video/AV1", "video/rtx");
        assertThat(page("pc.getReceivers()[0].getParameters().headerExtensions.map((each) => each.uri)"))
                .contains("urn:ietf:params:rtp-hdrext:sdes:mid");
    }

    @ParameterizedTest
    @EnumSource(RTCBundlePolicy.class)
    void everyBundlePolicyOfEitherSideIsUnderstood(RTCBundlePolicy policy) throws Exception {
        for (boolean javaOffers : new boolean[] {true, false}) {
            browser.call("pc.close(); connect({ bundlePolicy: args[0] })", policy.wireName());
            RTCPeerConnection java = runtime.createPeerConnection(
                    RTCConfiguration.builder().bundlePolicy(policy).build());
            if (javaOffers) {
                java.addTransceiver("audio");
                java.addTransceiver("video");
                java.addTransceiver("video");
                java.createDataChannel("data");
            } else {
                browser.call("for (const kind of ['audio', 'video', 'video']) pc.addTransceiver(kind);"
                        + "pc.createDataChannel('data')");
                java.onTrack(event -> java.addTrack(track(event.track().kind())));
            }
            negotiate(java, javaOffers);
            assertThat(pageDirections()).hasSize(3).containsOnly(javaOffers ? "recvonly" : "sendrecv");
            assertThat(page("[pc.sctp.state]")).doesNotContain("closed");
            java.close();
        }
    }

    @Test
    void renegotiationByEitherSideStopsRecyclesAndTurnsDirections() throws Exception {
        RTCPeerConnection java = runtime.createPeerConnection(RTCConfiguration.defaults());
        RTCRtpTransceiver audio = java.addTransceiver(track("audio"));
        RTCRtpTransceiver video = java.addTransceiver(track("video"));
        javaOffers(java);
        assertThat(pageDirections()).containsExactly("recvonly", "recvonly");

        browser.call("pc.addTrack(tracks[0], stream)");
        pageOffers(java);
        assertThat(pageDirections()).containsExactly("sendrecv", "recvonly");

        video.stop();
        javaOffers(java);
        assertThat(pageDirections()).containsExactly("sendrecv");

        browser.call("pc.addTransceiver(tracks[1])");
        pageOffers(java);
        assertThat(pageDirections()).containsExactly("sendrecv", "sendonly");
        assertThat(java.getTransceivers()).hasSize(2);
        assertThat(java.localDescription().sdp().split("m=", -1)).hasSize(3);

        audio.direction(RTCRtpTransceiverDirection.INACTIVE);
        javaOffers(java);
        assertThat(pageDirections()).containsExactly("inactive", "sendonly");

        browser.call("pc.getTransceivers()[1].stop()");
        pageOffers(java);
        assertThat(java.getTransceivers()).containsExactly(audio);
        java.addTransceiver(
                "video",
                RTCRtpTransceiverInit.builder()
                        .direction(RTCRtpTransceiverDirection.RECVONLY)
                        .build());
        javaOffers(java);
        assertThat(page("pc.getTransceivers().map((each) => each.mid)"))
                .contains("0")
                .hasSize(2);
        assertThat(java.localDescription().sdp().split("m=", -1)).hasSize(3);
    }

    @Test
    void simulcastOfThePageIsTakenWithItsRids() throws Exception {
        RTCPeerConnection java = runtime.createPeerConnection(RTCConfiguration.defaults());
        browser.call("""
                pc.addTransceiver(tracks[1], { direction: "sendonly",
                    sendEncodings: [{ rid: "q", scaleResolutionDownBy: 4 }, { rid: "h", scaleResolutionDownBy: 2 }, { rid: "f" }] });
                """);
        pageOffers(java);

        assertThat(page("pc.getSenders()[0].getParameters().encodings.map((each) => each.rid)"))
                .containsExactly("q", "h", "f");
        assertThat(java.localDescription().sdp()).contains("a=simulcast:recv q;h;f", "a=rid:q recv");
    }
}
