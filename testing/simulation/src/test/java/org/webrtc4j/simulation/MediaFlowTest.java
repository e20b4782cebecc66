package org.webrtc4j.simulation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.webrtc4j.simulation.MediaPair.simulate;
import static org.webrtc4j.simulation.MediaPair.track;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.webrtc4j.MediaStreamTrack;
import org.webrtc4j.RTCOutboundRtpStreamStats;
import org.webrtc4j.RTCRtpReceiver;
import org.webrtc4j.RTCRtpSender;
import org.webrtc4j.RTCRtpTransceiver;
import org.webrtc4j.RTCRtpTransceiverDirection;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.testkit.Impairments;

/** Frames that one side writes are the frames that the other side takes, through SRTP, loss and a forwarding server. */
class MediaFlowTest {

    private static final CodecDescription VP8 = CodecDescription.video("VP8", "");
    private static final CodecDescription OPUS = CodecDescription.audio("opus", 48_000, 2, "");
    private static final Duration FRAME = Duration.ofMillis(33);
    private static final Comparator<byte[]> BYTES = Arrays::compare;

    private final Random random = new Random(5);

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

    private void send(RTCRtpSender sender, List<byte[]> sent, int index) {
        boolean key = index % 50 == 0;
        byte[] bytes = vp8(key);
        sent.add(bytes);
        sender.frames().write(EncodedFrame.video(VP8, key, index * 2_970L, bytes));
    }

    private static void collect(RTCRtpReceiver receiver, List<byte[]> received) {
        receiver.frames(frame -> received.add(frame.bytes()));
    }

    @Test
    void everyVideoFrameArrivesUnchanged() {
        simulate(pair -> {
            RTCRtpSender sender = pair.a.addTrack(track("video"));
            List<byte[]> sent = new ArrayList<>();
            List<byte[]> received = new ArrayList<>();
            List<Boolean> unmuted = new ArrayList<>();
            pair.b.onTrack(event -> {
                collect(event.receiver(), received);
                event.track().onUnmute(heard -> unmuted.add(event.track().muted()));
            });
            pair.connect();
            for (int i = 0; i < 100; i++) {
                send(sender, sent, i);
                pair.run(FRAME);
            }
            pair.run(Duration.ofSeconds(1));
            assertThat(received).hasSize(100).usingElementComparator(BYTES).containsExactlyElementsOf(sent);
            assertThat(unmuted).containsExactly(false);
        });
    }

    @Test
    void atFivePercentLossEveryVideoFrameIsRepaired() {
        Impairments lossy = Impairments.NONE.withDelay(Duration.ofMillis(25)).withLoss(0.05);
        simulate(lossy, pair -> {
            RTCRtpSender sender = pair.a.addTrack(track("video"));
            List<byte[]> sent = new ArrayList<>();
            List<byte[]> received = new ArrayList<>();
            pair.b.onTrack(event -> collect(event.receiver(), received));
            pair.connect();
            for (int i = 0; i < 300; i++) {
                send(sender, sent, i);
                pair.run(FRAME);
            }
            pair.run(Duration.ofSeconds(2));
            assertThat(received).hasSizeGreaterThan(290);
            assertThat(sent).usingElementComparator(BYTES).containsAll(received);
        });
    }

    @Test
    void withoutRtxLostPacketsAreSentAgainAsTheyWereEncrypted() {
        Impairments lossy = Impairments.NONE.withDelay(Duration.ofMillis(25)).withLoss(0.05);
        simulate(lossy, pair -> {
            RTCRtpSender sender = pair.a.addTrack(track("video"));
            pair.a
                    .getTransceivers()
                    .get(0)
                    .setCodecPreferences(requireNonNull(RTCRtpReceiver.getCapabilities("video")).codecs().stream()
                            .filter(each -> each.mimeType().equals("video/VP8"))
                            .toList());
            List<byte[]> sent = new ArrayList<>();
            List<byte[]> received = new ArrayList<>();
            pair.b.onTrack(event -> collect(event.receiver(), received));
            pair.connect();
            assertThat(MediaPair.local(pair.a).toString()).doesNotContain("rtx");
            for (int i = 0; i < 300; i++) {
                send(sender, sent, i);
                pair.run(FRAME);
            }
            pair.run(Duration.ofSeconds(2));
            assertThat(received).hasSizeGreaterThan(290);
            assertThat(sent).usingElementComparator(BYTES).containsAll(received);
            RTCOutboundRtpStreamStats stats = pair.await(sender.getStats())
                    .all(RTCOutboundRtpStreamStats.class)
                    .findFirst()
                    .orElseThrow();
            assertThat(stats.rtxSsrc()).isNull();
            assertThat(stats.retransmittedPacketsSent()).isGreaterThan(10);
        });
    }

    @Test
    void aReceivedTrackThatIsSentBackReturnsEveryFrame() {
        simulate(pair -> {
            RTCRtpSender video = pair.a.addTrack(track("video"));
            RTCRtpSender audio = pair.a.addTrack(track("audio"));
            List<byte[]> sent = new ArrayList<>();
            List<byte[]> sound = new ArrayList<>();
            List<byte[]> back = new ArrayList<>();
            List<byte[]> heard = new ArrayList<>();
            pair.b.onTrack(event -> {
                MediaStreamTrack received = event.track();
                pair.b.addTrack(received);
            });
            pair.a.onTrack(
                    event -> collect(event.receiver(), event.track().kind().equals("video") ? back : heard));
            pair.connect();
            for (int i = 0; i < 100; i++) {
                send(video, sent, i);
                byte[] spoken = opus();
                sound.add(spoken);
                audio.frames().write(EncodedFrame.audio(OPUS, i * 960L, spoken));
                pair.run(FRAME);
            }
            pair.run(Duration.ofSeconds(1));
            assertThat(back).hasSize(100).usingElementComparator(BYTES).containsExactlyElementsOf(sent);
            assertThat(heard).hasSize(100).usingElementComparator(BYTES).containsExactlyElementsOf(sound);
        });
    }

    @Test
    void aSenderThatRestedGoesOn() {
        simulate(pair -> {
            RTCRtpTransceiver video = pair.a.addTransceiver(track("video"));
            List<byte[]> sent = new ArrayList<>();
            List<byte[]> received = new ArrayList<>();
            pair.b.onTrack(event -> collect(event.receiver(), received));
            pair.connect();
            for (int round = 0; round < 20; round++) {
                sent.clear();
                received.clear();
                for (int i = 0; i < 3; i++) {
                    send(video.sender(), sent, i);
                    pair.run(FRAME);
                }
                pair.run(Duration.ofMillis(500));
                assertThat(received)
                        .as("round %s", round)
                        .usingElementComparator(BYTES)
                        .containsExactlyElementsOf(sent);
                video.direction(RTCRtpTransceiverDirection.INACTIVE);
                pair.negotiate();
                video.direction(RTCRtpTransceiverDirection.SENDONLY);
                pair.negotiate();
            }
        });
    }

    @Test
    void theSenderHearsWhenAKeyFrameIsNeeded() {
        simulate(pair -> {
            RTCRtpTransceiver video = pair.a.addTransceiver(track("video"));
            List<String> requests = new ArrayList<>();
            video.sender().onKeyFrameRequest(() -> requests.add("asked"));
            List<RTCRtpReceiver> receivers = new ArrayList<>();
            pair.b.onTrack(event -> receivers.add(event.receiver()));
            pair.connect();
            assertThat(requests).as("what begins begins with one").hasSize(1);
            send(video.sender(), new ArrayList<>(), 0);
            pair.run(Duration.ofSeconds(1));

            receivers.get(0).requestKeyFrame();
            pair.run(Duration.ofSeconds(1));
            assertThat(requests)
                    .as("of the other side, in RTCP of reduced size")
                    .hasSize(2);

            video.direction(RTCRtpTransceiverDirection.INACTIVE);
            pair.negotiate();
            video.direction(RTCRtpTransceiverDirection.SENDONLY);
            pair.negotiate();
            pair.run(Duration.ofSeconds(1));
            assertThat(requests).as("what rested begins again").hasSize(3);
        });
    }
}
