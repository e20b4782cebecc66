package org.webrtc4j.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.webrtc4j.RTCRtpTransceiverDirection.INACTIVE;
import static org.webrtc4j.RTCRtpTransceiverDirection.RECVONLY;
import static org.webrtc4j.RTCRtpTransceiverDirection.SENDONLY;
import static org.webrtc4j.RTCRtpTransceiverDirection.SENDRECV;

import com.google.gson.JsonObject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.webrtc4j.MediaStreamTrack;
import org.webrtc4j.RTCPeerConnectionState;
import org.webrtc4j.RTCRtpReceiver;
import org.webrtc4j.RTCRtpSender;
import org.webrtc4j.RTCRtpTransceiver;
import org.webrtc4j.RTCRtpTransceiverDirection;
import org.webrtc4j.RTCRtpTransceiverInit;
import org.webrtc4j.RTCSdpType;
import org.webrtc4j.RTCSignalingState;
import org.webrtc4j.WebRtcRuntime;
import org.webrtc4j.samples.SignalingJson;

/** What is negotiated during a call, by either side and by both at once: media goes on afterwards. */
@ExtendWith(WithChromium.class)
class ChromiumRenegotiationTest {

    /** 50 in the long run. */
    private static final int ROUNDS = Integer.getInteger("webrtc4j.rounds", 6);

    private WebRtcRuntime runtime;
    private MediaCall call;
    private PageServer page;

    @BeforeEach
    void open(Chromium browser) throws Exception {
        runtime = WebRtcRuntime.builder()
                .bind(java.net.InetAddress.getLoopbackAddress())
                .build();
        page = browser.page();
        page.call("await media.open(320, 240, 15)");
        call = new MediaCall(page, runtime, null);
    }

    @AfterEach
    void close() {
        call.close();
        runtime.close();
    }

    /** A call that runs: the page offered its camera and microphone, and gets them back. */
    private void connect() throws Exception {
        call.echo();
        page.call("media.send(pc)");
        call.pageOffers();
        call.assertMoves();
    }

    private RTCRtpTransceiver video() {
        return call.pc.getTransceivers().get(1);
    }

    @Test
    void javaOffersAndTheTracksOfThePageComeBack() throws Exception {
        call.connectEcho(true, null);
        call.assertMoves();
    }

    /** Chromium then sends what the offer names first, which its own answer leaves out. */
    @Test
    void thePageAnswersWithOneCodecOnlyAndIsSeenWhateverItSends() throws Exception {
        CompletableFuture<String> seen = new CompletableFuture<>();
        AtomicInteger frames = new AtomicInteger();
        call.pc.addTransceiver("audio");
        RTCRtpReceiver receiver = call.pc.addTransceiver("video").receiver();
        receiver.frames(frame -> {
            if (frames.incrementAndGet() == 10) {
                seen.complete(frame.codec().mimeType());
            }
        });
        page.call("media.send(pc, 'VP9')");
        call.javaOffers();
        assertThat(receiver.getParameters().codecs())
                .extracting(each -> each.codec().mimeType())
                .contains("video/VP9")
                .doesNotContain("video/VP8");
        System.out.println("Chromium answered VP9 and sends " + seen.get(MediaCall.SECONDS, TimeUnit.SECONDS));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tracksAreAddedAndStoppedAgainAndAgain(boolean javaAdds) throws Exception {
        connect();
        for (int round = 0; round < ROUNDS; round++) {
            if (javaAdds) {
                RTCRtpTransceiver added = call.pc.addTransceiver(
                        video().receiver().track(),
                        RTCRtpTransceiverInit.builder().direction(SENDONLY).build());
                call.javaOffers();
                call.assertMoves();
                added.stop();
                call.javaOffers();
            } else {
                page.call("globalThis.added = pc.addTransceiver(media.canvas())");
                call.pageOffers();
                call.assertMoves();
                page.call("added.stop()");
                call.pageOffers();
            }
            assertThat(call.pageDirections()).containsExactly("sendrecv", "sendrecv");
        }
        call.assertMoves();
        assertThat(call.local().get("sdp").getAsString().split("m=", -1))
                .as("sections are used again")
                .hasSize(4);
    }

    @Test
    void aTrackThatIsRemovedAndAddedAgainIsSentAgain() throws Exception {
        connect();
        for (int round = 0; round < ROUNDS; round++) {
            RTCRtpSender sender = video().sender();
            MediaStreamTrack track = video().receiver().track();
            call.pc.removeTrack(sender);
            call.javaOffers();
            assertThat(call.pageDirections()).containsExactly("sendrecv", "sendonly");
            video().direction(SENDRECV);
            sender.replaceTrack(track).get(MediaCall.SECONDS, TimeUnit.SECONDS);
            call.javaOffers();
            call.assertMoves();
        }
    }

    @Test
    void directionsChangeByEitherSide() throws Exception {
        connect();
        for (RTCRtpTransceiverDirection each :
                new RTCRtpTransceiverDirection[] {INACTIVE, SENDRECV, RECVONLY, SENDRECV, SENDONLY, SENDRECV}) {
            video().direction(each);
            call.javaOffers();
            assertThat(video().currentDirection()).isEqualTo(each);
            if (each == SENDRECV) {
                call.assertMoves();
            }
        }
        for (String each : new String[] {"inactive", "sendrecv", "recvonly", "sendrecv", "sendonly", "sendrecv"}) {
            page.call("pc.getTransceivers()[1].direction = args[0]", each);
            call.pageOffers();
            assertThat(call.pageDirections()).containsExactly("sendrecv", each);
            if (each.equals("sendrecv")) {
                call.assertMoves();
            }
        }
    }

    @Test
    void tracksAreReplacedOnBothSides() throws Exception {
        page.call("pc.addTransceiver(media.canvas())");
        connect();
        assertThat(call.pageDirections()).containsExactly("sendrecv", "sendrecv", "sendrecv");
        RTCRtpTransceiver first = call.pc.getTransceivers().get(0);
        RTCRtpTransceiver second = call.pc.getTransceivers().get(2);
        assertThat(second.receiver().track().kind()).isEqualTo("video");
        for (int round = 0; round < 3; round++) {
            first.sender().replaceTrack(second.receiver().track()).get(MediaCall.SECONDS, TimeUnit.SECONDS);
            second.sender().replaceTrack(first.receiver().track()).get(MediaCall.SECONDS, TimeUnit.SECONDS);
            call.assertMoves();
            first.sender().replaceTrack(null).get(MediaCall.SECONDS, TimeUnit.SECONDS);
            second.sender().replaceTrack(second.receiver().track()).get(MediaCall.SECONDS, TimeUnit.SECONDS);
            first.sender().replaceTrack(first.receiver().track()).get(MediaCall.SECONDS, TimeUnit.SECONDS);
            call.assertMoves();
            page.call("await pc.getSenders()[2].replaceTrack(null);"
                    + "await pc.getSenders()[2].replaceTrack(media.canvas())");
            call.assertMoves();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void mediaGoesOnAfterAnIceRestart(boolean javaRestarts) throws Exception {
        connect();
        String before = ufrag();
        if (javaRestarts) {
            call.pc.restartIce();
        } else {
            page.call("pc.restartIce()");
        }
        call.negotiate(javaRestarts);
        assertThat(ufrag()).isNotEqualTo(before);
        call.assertMoves();
        page.call("""
                while (!["connected", "completed"].includes(pc.iceConnectionState)) {
                  await new Promise((resolve) => pc.addEventListener("iceconnectionstatechange", resolve, { once: true }));
                }
                """);
        call.assertMoves();
        assertThat(call.pc.connectionState()).isEqualTo(RTCPeerConnectionState.CONNECTED);
    }

    private String ufrag() {
        return call.local()
                .get("sdp")
                .getAsString()
                .lines()
                .filter(line -> line.startsWith("a=ice-ufrag:"))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bothSidesOfferAtOnce(boolean javaIsPolite) throws Exception {
        connect();
        call.pc.addTransceiver(
                video().receiver().track(),
                RTCRtpTransceiverInit.builder().direction(SENDONLY).build());
        page.call("pc.addTransceiver(media.canvas())");
        call.pc.setLocalDescription().get(MediaCall.SECONDS, TimeUnit.SECONDS);
        JsonObject offer = page.call("await pc.setLocalDescription(); return pc.localDescription.toJSON()")
                .getAsJsonObject();
        assertThat(call.pc.signalingState()).isEqualTo(RTCSignalingState.HAVE_LOCAL_OFFER);
        if (javaIsPolite) {
            call.takeOffer(offer);
        } else {
            JsonObject answer = page.call("""
                            await pc.setRemoteDescription(args[0]);
                            await pc.setLocalDescription();
                            return pc.localDescription.toJSON()
                            """, call.local()).getAsJsonObject();
            call.pc
                    .setRemoteDescription(SignalingJson.description(RTCSdpType.ANSWER, answer))
                    .get(MediaCall.SECONDS, TimeUnit.SECONDS);
        }
        call.assertMoves();
        // Who gave way offers what it wanted.
        call.negotiate(javaIsPolite);
        assertThat(call.pageDirections()).containsExactlyInAnyOrder("sendrecv", "sendrecv", "sendrecv", "recvonly");
        call.assertMoves();
    }
}
