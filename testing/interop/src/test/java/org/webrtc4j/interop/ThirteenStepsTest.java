package org.webrtc4j.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.webrtc4j.EventType;
import org.webrtc4j.MediaStream;
import org.webrtc4j.MediaStreamConstraints;
import org.webrtc4j.RTCDataChannel;
import org.webrtc4j.RTCIceGatheringState;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.RTCPeerConnectionState;
import org.webrtc4j.RTCRtpSendParameters;
import org.webrtc4j.RTCRtpSender;
import org.webrtc4j.RTCRtpTransceiver;
import org.webrtc4j.RTCRtpTransceiverDirection;
import org.webrtc4j.RTCSdpType;
import org.webrtc4j.RTCSessionDescriptionInit;
import org.webrtc4j.RTCSignalingState;
import org.webrtc4j.RTCStatsType;
import org.webrtc4j.WebRtcRuntime;
import org.webrtc4j.samples.SignalingJson;

/** The thirteen steps of a call, from the constructor to close, in the order in which a page takes them, in both roles. */
@ExtendWith(WithChromium.class)
class ThirteenStepsTest {

    private WebRtcRuntime runtime;
    private PageServer page;
    private MediaCall call;
    private RTCPeerConnection pc;
    private MediaStream stream;
    private final List<String> events = Collections.synchronizedList(new ArrayList<>());
    private final LinkedBlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<RTCDataChannel> channel = new CompletableFuture<>();

    /** Step 1: a connection with its listeners, on both sides. */
    @BeforeEach
    void construct(Chromium browser) throws Exception {
        runtime = WebRtcRuntime.builder()
                .bind(java.net.InetAddress.getLoopbackAddress())
                .build();
        page = browser.page();
        // Candidates are signalled by the call as they come, which is step 10.
        call = new MediaCall(page, runtime, null);
        pc = call.pc;
        pc.onNegotiationNeeded(event -> events.add("negotiationneeded"))
                .onSignalingStateChange(event -> events.add(pc.signalingState().wireName()))
                .onConnectionStateChange(
                        event -> events.add(pc.connectionState().wireName()))
                .onIceGatheringStateChange(event ->
                        events.add("gathering " + pc.iceGatheringState().wireName()))
                .onTrack(event -> events.add("track " + event.track().kind()))
                .onDataChannel(event -> use(event.channel()));
        page.call("""
                globalThis.told = [];
                pc.onnegotiationneeded = () => told.push("negotiationneeded");
                pc.ontrack = ({ track, streams }) => told.push(`track ${track.kind} ${streams[0]?.id}`);
                pc.ondatachannel = ({ channel }) => use(channel);
                globalThis.use = (channel) => {
                  globalThis.chat = channel;
                  globalThis.heard = new Promise((resolve) => (channel.onmessage = ({ data }) => resolve(data)));
                  globalThis.chatEnded = new Promise((resolve) => (channel.onclose = resolve));
                };
                await media.open(320, 240, 15);
                """);
    }

    @AfterEach
    void close() {
        call.close();
        runtime.close();
    }

    private void use(RTCDataChannel opened) {
        opened.onMessage(event -> messages.add(event.text()));
        channel.complete(opened);
    }

    @Test
    void asTheCaller() throws Exception {
        // 2 and 3: media, tracks and a channel; both of which need negotiation, which is told once.
        addMedia();
        use(pc.createDataChannel("chat"));
        awaitEvent("negotiationneeded");
        // 4 and 5: the offer changes nothing until it is set; then gathering begins.
        RTCSessionDescriptionInit offer = await(pc.createOffer());
        assertThat(offer.type()).isEqualTo(RTCSdpType.OFFER);
        assertThat(pc.localDescription()).isNull();
        await(pc.setLocalDescription(offer));
        assertThat(pc.signalingState()).isEqualTo(RTCSignalingState.HAVE_LOCAL_OFFER);
        awaitEvent("gathering gathering");
        // 6, 7 and 8: the offer travels; the page hears of the tracks, adds its own and answers.
        JsonObject answer = page.call("""
                await pc.setRemoteDescription(args[0]);
                media.stream.getTracks().forEach((track) => pc.addTrack(track, media.stream));
                await pc.setLocalDescription(await pc.createAnswer());
                return pc.localDescription.toJSON();
                """, call.local()).getAsJsonObject();
        assertThat(told()).contains("track audio " + stream.id(), "track video " + stream.id());
        // 9: the answer.
        call.takeAnswer(answer);
        assertThat(events)
                .containsSubsequence(
                        "negotiationneeded", "have-local-offer", "gathering gathering", "stable", "track audio");
        connectAndClose();
    }

    @Test
    void asTheCallee() throws Exception {
        // 2 to 6 are the page's.
        JsonObject offer = page.call("""
                media.stream.getTracks().forEach((track) => pc.addTrack(track, media.stream));
                use(pc.createDataChannel("chat"));
                await pc.setLocalDescription(await pc.createOffer());
                return pc.localDescription.toJSON();
                """).getAsJsonObject();
        // 7: its tracks are told of before the description is taken.
        await(pc.setRemoteDescription(SignalingJson.description(RTCSdpType.OFFER, offer)));
        assertThat(events).containsSubsequence("have-remote-offer", "track audio", "track video");
        call.described();
        // 8: media of this side, and the answer.
        addMedia();
        RTCSessionDescriptionInit answer = await(pc.createAnswer());
        assertThat(answer.type()).isEqualTo(RTCSdpType.ANSWER);
        await(pc.setLocalDescription(answer));
        // 9
        page.call("await pc.setRemoteDescription(args[0])", call.local());
        assertThat(told()).contains("track audio " + stream.id(), "track video " + stream.id());
        connectAndClose();
    }

    /** Steps 2 and 3. */
    private void addMedia() throws Exception {
        stream = await(runtime.mediaDevices().getUserMedia(MediaStreamConstraints.of(true, true)));
        stream.getTracks().forEach(each -> pc.addTrack(each, stream));
    }

    private void connectAndClose() throws Exception {
        assertThat(pc.signalingState()).isEqualTo(RTCSignalingState.STABLE);
        assertThat(pc.getTransceivers())
                .extracting(RTCRtpTransceiver::currentDirection)
                .containsExactly(RTCRtpTransceiverDirection.SENDRECV, RTCRtpTransceiverDirection.SENDRECV);
        // 10: both sides gather to the end, and signal what they found.
        awaitEvent("gathering complete");
        assertThat(pc.iceGatheringState()).isEqualTo(RTCIceGatheringState.COMPLETE);
        // 11: ICE, DTLS, SRTP and SCTP.
        awaitEvent("connected");
        assertThat(events).containsSubsequence("connecting", "connected");
        page.call("""
                while (pc.connectionState !== "connected") {
                  await new Promise((resolve) => pc.addEventListener("connectionstatechange", resolve, { once: true }));
                }
                """);
        // 12: media and messages both ways, and what may change meanwhile.
        call.assertMoves();
        exchangeMessages();
        changeParameters();
        replaceTheTrack();
        rollBack();
        renegotiate();
        readStatistics();
        // 13: another path, and the end.
        restart();
        pc.close();
        assertThat(pc.connectionState()).isEqualTo(RTCPeerConnectionState.CLOSED);
        page.call("await chatEnded");
    }

    private void exchangeMessages() throws Exception {
        RTCDataChannel chat = channel.get(MediaCall.SECONDS, TimeUnit.SECONDS);
        page.call("""
                while (globalThis.chat?.readyState !== "open") {
                  await new Promise((resolve) => setTimeout(resolve, 20));
                }
                chat.send("from the page");
                """);
        assertThat(messages.poll(MediaCall.SECONDS, TimeUnit.SECONDS)).isEqualTo("from the page");
        chat.send("from Java");
        assertThat(page.call("return await heard").getAsString()).isEqualTo("from Java");
    }

    /** An encoding that is not active rests; it goes on afterwards. */
    private void changeParameters() throws Exception {
        RTCRtpSender sender = pc.getSenders().get(1);
        for (boolean active : new boolean[] {false, true}) {
            RTCRtpSendParameters now = sender.getParameters();
            await(sender.setParameters(now.toBuilder()
                    .encodings(List.of(
                            now.encodings().get(0).toBuilder().active(active).build()))
                    .build()));
            assertThat(sender.getParameters().encodings().get(0).active()).isEqualTo(active);
        }
        call.assertMoves();
    }

    private void replaceTheTrack() throws Exception {
        RTCRtpSender sender = pc.getSenders().get(1);
        await(sender.replaceTrack(pc.getReceivers().get(1).track()));
        call.assertMoves();
        await(sender.replaceTrack(stream.getVideoTracks().get(0)));
        call.assertMoves();
    }

    private void rollBack() throws Exception {
        RTCRtpTransceiver unwanted = pc.addTransceiver("video");
        await(pc.setLocalDescription());
        assertThat(pc.signalingState()).isEqualTo(RTCSignalingState.HAVE_LOCAL_OFFER);
        await(pc.setLocalDescription(RTCSessionDescriptionInit.rollback()));
        assertThat(pc.signalingState()).isEqualTo(RTCSignalingState.STABLE);
        unwanted.stop();
        call.assertMoves();
    }

    private void renegotiate() throws Exception {
        RTCRtpTransceiver more = pc.addTransceiver(pc.getReceivers().get(1).track());
        more.direction(RTCRtpTransceiverDirection.SENDONLY);
        call.javaOffers();
        assertThat(more.currentDirection()).isEqualTo(RTCRtpTransceiverDirection.SENDONLY);
        call.assertMoves();
    }

    private void readStatistics() throws Exception {
        assertThat(await(pc.getStats()).values().stream().map(each -> each.type()))
                .contains(
                        RTCStatsType.PEER_CONNECTION,
                        RTCStatsType.TRANSPORT,
                        RTCStatsType.CANDIDATE_PAIR,
                        RTCStatsType.DATA_CHANNEL);
    }

    private void restart() throws Exception {
        events.clear();
        pc.restartIce();
        awaitEvent("negotiationneeded");
        call.javaOffers();
        call.assertMoves();
    }

    private List<String> told() throws Exception {
        return List.of(new Gson().fromJson(page.call("return told"), String[].class));
    }

    private static <T> T await(CompletableFuture<T> future) throws Exception {
        return future.get(MediaCall.SECONDS, TimeUnit.SECONDS);
    }

    /** Waits for what is heard, or was. */
    private void awaitEvent(String event) throws Exception {
        CompletableFuture<String> heard = new CompletableFuture<>();
        pc.addEventListener(EventType.NEGOTIATIONNEEDED, any -> check(event, heard));
        pc.addEventListener(EventType.CONNECTIONSTATECHANGE, any -> check(event, heard));
        pc.addEventListener(EventType.ICEGATHERINGSTATECHANGE, any -> check(event, heard));
        check(event, heard);
        await(heard);
    }

    private void check(String event, CompletableFuture<String> heard) {
        if (events.contains(event)) {
            heard.complete(event);
        }
    }
}
