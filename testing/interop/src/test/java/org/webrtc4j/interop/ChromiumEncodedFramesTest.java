package org.webrtc4j.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.webrtc4j.RTCInboundRtpStreamStats;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.RTCRtpReceiver;
import org.webrtc4j.RTCRtpSender;
import org.webrtc4j.RTCRtpTransceiverDirection;
import org.webrtc4j.WebRtcRuntime;
import org.webrtc4j.interop.MediaCall.Frame;
import org.webrtc4j.media.EncodedFrame;

/**
 * Every encoded frame byte for byte: what Chromium's encoder gave is what a receiver here hands out, and what a sender here
 * was given is what Chromium's decoder gets, by the hashes that its script transforms see.
 */
@ExtendWith(WithChromium.class)
class ChromiumEncodedFramesTest {

    private static final int SECONDS = Integer.getInteger("webrtc4j.seconds", 4);

    private static final int AT_THE_BEGINNING = 3;

    /** By kind, on the connection's loop. */
    private final Map<String, List<Frame>> taken = new ConcurrentHashMap<>();

    @ParameterizedTest
    @CsvSource({"VP8, 640, 360, 30", "H264, 640, 360, 30", "VP9, 320, 240, 15", "AV1, 320, 240, 15"})
    void framesAreTheSameOnBothSides(String codec, int width, int height, int frameRate, Chromium browser)
            throws Exception {
        browser.call("await media.open(args[0], args[1], args[2])", width, height, frameRate);
        try (WebRtcRuntime runtime = WebRtcRuntime.builder()
                        .bind(java.net.InetAddress.getLoopbackAddress())
                        .build();
                MediaCall call = new MediaCall(browser.page(), runtime, null)) {
            call.pc.onTrack(event -> {
                event.transceiver().direction(RTCRtpTransceiverDirection.SENDRECV);
                writeBack(event.receiver(), event.transceiver().sender());
            });
            browser.call("media.send(pc, args[0]); media.watchAll(pc, args[0])", codec);
            call.pageOffers();

            MediaNumbers flowing = call.until(
                    "n.outbound.video?.framesSent >= " + SECONDS * frameRate + " && n.inbound.video?.framesDecoded > "
                            + SECONDS * frameRate / 2 + " && n.inbound.audio?.totalAudioEnergy > 0",
                    SECONDS + MediaCall.SECONDS);
            System.out.println(codec + " frames: " + flowing.video());
            assertThat(flowing.met()).as(codec + " flows both ways").isTrue();
            browser.call("await media.endFrames(pc)");
            for (String kind : List.of("video", "audio")) {
                List<Frame> sent = call.frames(kind + " sent " + codec);
                List<Frame> here = taken.get(kind);
                List<Frame> back = call.frames(kind + " received " + codec);
                System.out.println(codec + " " + kind + " frames: encoded " + sent.size() + ", here " + here.size()
                        + ", decoded " + back.size() + ", key here "
                        + here.stream()
                                .filter(each -> each.type().equals("key"))
                                .count());
                assertCarried(sent, here);
                assertCarried(here, back);
            }
            assertNothingLost(call.pc);
        }
    }

    private void writeBack(RTCRtpReceiver receiver, RTCRtpSender sender) {
        String kind = receiver.track().kind();
        List<Frame> frames = new ArrayList<>();
        taken.put(kind, frames);
        receiver.frames(frame -> {
            frames.add(seen(kind, frame));
            sender.frames().write(frame);
        });
        sender.onKeyFrameRequest(receiver::requestKeyFrame);
    }

    private static Frame seen(String kind, EncodedFrame frame) {
        byte[] bytes = frame.bytes();
        String type = kind.equals("audio") ? "audio" : frame.key() ? "key" : "delta";
        return new Frame(
                type,
                bytes.length,
                HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, 8)),
                HexFormat.of().formatHex(sha256(bytes)));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /**
     * All that arrived is what left, in its order; little is missing, as where one side began before the other. At the very
     * beginning a browser makes its stream anew while it encodes already, and shows frames that it never sends.
     */
    private static void assertCarried(List<Frame> left, List<Frame> arrived) {
        assertThat(arrived.size()).isGreaterThanOrEqualTo((int) (0.9 * left.size()));
        int end = left.lastIndexOf(arrived.get(arrived.size() - 1)) + 1;
        int count = Math.min(end, arrived.size()) - AT_THE_BEGINNING;
        assertThat(left.subList(end - count, end))
                .containsExactlyElementsOf(arrived.subList(arrived.size() - count, arrived.size()));
    }

    /** What did not arrive was not sent: no number of a packet is missing, and of none that came its frame. */
    private static void assertNothingLost(RTCPeerConnection connection) {
        connection.getStats().join().all(RTCInboundRtpStreamStats.class).forEach(each -> {
            assertThat(each.packetsLost()).as(each.kind()).isZero();
            assertThat(each.framesDropped()).as(each.kind()).isIn(null, 0L);
        });
    }
}
