package org.webrtc4j.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.webrtc4j.MediaStreamTrack;
import org.webrtc4j.MediaTrackSource;
import org.webrtc4j.RTCConfiguration;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.RTCRtpSender;
import org.webrtc4j.RTCSdpType;
import org.webrtc4j.WebRtcRuntime;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.samples.SignalingJson;
import org.webrtc4j.testkit.peer.Peer;
import org.webrtc4j.testkit.peer.ProcessPeer;

/** Audio and video to pion and back, in both roles: each frame returns as it left. */
class PionMediaTest {

    private static final int SECONDS = 30;
    private static final int FRAMES = 100;
    private static final CodecDescription VP8 = CodecDescription.video("VP8", "");
    private static final CodecDescription OPUS = CodecDescription.audio("opus", 48_000, 2, "");

    private final Random random = new Random(3);
    private final BlockingQueue<EncodedFrame> video = new LinkedBlockingQueue<>();
    private final BlockingQueue<EncodedFrame> audio = new LinkedBlockingQueue<>();

    /** This process as a peer; its descriptions are whole, so that no candidate overtakes them. */
    private static final class Here extends Peer {

        final RTCPeerConnection pc;

        Here(RTCPeerConnection pc) {
            super("here");
            this.pc = pc;
        }

        void offer() throws Exception {
            describe("offer");
        }

        private void describe(String type) throws Exception {
            pc.setLocalDescription().get(SECONDS, TimeUnit.SECONDS);
            JsonObject line = SignalingJson.description(pc.gatheringComplete().get(SECONDS, TimeUnit.SECONDS));
            line.addProperty("type", type);
            line.addProperty("id", 0);
            said(line);
        }

        @Override
        public void send(JsonObject line) {
            try {
                switch (line.get("type").getAsString()) {
                    case "offer" -> {
                        take(RTCSdpType.OFFER, line);
                        describe("answer");
                    }
                    case "answer" -> take(RTCSdpType.ANSWER, line);
                    case "candidate" ->
                        pc.addIceCandidate(SignalingJson.candidate(line.getAsJsonObject("candidate")))
                                .get(SECONDS, TimeUnit.SECONDS);
                    default -> {
                        // What else is said needs no answer here.
                    }
                }
            } catch (Exception failed) {
                ended(failed.toString());
            }
        }

        private void take(RTCSdpType type, JsonObject line) throws Exception {
            pc.setRemoteDescription(SignalingJson.description(type, line)).get(SECONDS, TimeUnit.SECONDS);
        }

        @Override
        public void close() {
            pc.close();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void framesComeBackAsTheyLeft(boolean javaOffers) throws Exception {
        JsonObject config = Scenarios.media(javaOffers ? "answerer" : "offerer", SECONDS);
        config.addProperty("sendBack", true);
        try (WebRtcRuntime runtime = WebRtcRuntime.builder()
                        .bind(java.net.InetAddress.getLoopbackAddress())
                        .build();
                Here here = new Here(runtime.createPeerConnection(RTCConfiguration.defaults(), "media with pion"));
                Peer pion = new ProcessPeer("pion", BuiltPeers.command("pion-peer"), config)) {
            Peer.join(here, pion);
            pion.await("ready", SECONDS);
            here.pc.onTrack(
                    event -> event.receiver().frames((event.track().kind().equals("video") ? video : audio)::add));
            RTCRtpSender sound = here.pc.addTrack(track("audio"));
            RTCRtpSender pictures = here.pc.addTrack(track("video"));
            if (javaOffers) {
                here.offer();
            } else {
                pion.command("start");
            }
            assertComeBack(pictures, video, i -> EncodedFrame.video(VP8, i % 50 == 0, i * 3_000L, vp8(i % 50 == 0)));
            assertComeBack(sound, audio, i -> EncodedFrame.audio(OPUS, i * 960L, opus()));
        }
    }

    private static MediaStreamTrack track(String kind) {
        return new MediaStreamTrack(new MediaTrackSource() {
            @Override
            public String kind() {
                return kind;
            }
        });
    }

    /** One frame on its way at a time; the first ones go nowhere until both sides are connected. */
    private static void assertComeBack(
            RTCRtpSender sender, BlockingQueue<EncodedFrame> arrived, IntFunction<EncodedFrame> frames)
            throws InterruptedException {
        EncodedFrame first = frames.apply(0);
        EncodedFrame back = null;
        for (int attempt = 1; back == null && attempt <= 10 * SECONDS; attempt++) {
            sender.frames().write(first.withTimestamp(attempt));
            back = arrived.poll(100, TimeUnit.MILLISECONDS);
        }
        assertThat(back).as("the first frame").isNotNull();
        assertThat(back.bytes()).isEqualTo(first.bytes());
        for (int i = 1; i < FRAMES; i++) {
            EncodedFrame next = frames.apply(i);
            sender.frames().write(next.withTimestamp(next.timestamp() + 1_000_000));
            do {
                back = arrived.poll(SECONDS, TimeUnit.SECONDS);
                assertThat(back).as("frame %s", i).isNotNull();
                // Copies of the first may still be on their way.
            } while (java.util.Arrays.equals(back.bytes(), first.bytes()));
            assertThat(back.bytes()).as("frame %s", i).isEqualTo(next.bytes());
            assertThat(back.key()).isEqualTo(next.key());
        }
    }

    /** VP8 data whose first bit says whether it is a key frame (RFC 6386 section 9.1). */
    private byte[] vp8(boolean key) {
        byte[] bytes = new byte[key ? 9_000 : 400 + random.nextInt(3_000)];
        random.nextBytes(bytes);
        bytes[0] = (byte) (key ? bytes[0] & ~1 : bytes[0] | 1);
        return bytes;
    }

    /** An Opus packet of one 20 ms frame (RFC 6716 section 3.1). */
    private byte[] opus() {
        byte[] bytes = new byte[80];
        random.nextBytes(bytes);
        bytes[0] = (byte) 0x78;
        return bytes;
    }
}
