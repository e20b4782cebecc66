package org.webrtc4j.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.webrtc4j.simulation.MediaPair.simulate;
import static org.webrtc4j.simulation.MediaPair.track;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.webrtc4j.RTCIceCandidatePairStats;
import org.webrtc4j.RTCRtpEncodingParameters;
import org.webrtc4j.RTCRtpSender;
import org.webrtc4j.RTCRtpTransceiverInit;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.rtp.congestion.CongestionControl;
import org.webrtc4j.testkit.Impairments;

/** What a path carries, among the senders of a connection. */
class RateSharesTest {

    private static final CodecDescription VP8 = CodecDescription.video("VP8", "");
    private static final CodecDescription OPUS = CodecDescription.audio("opus", 48_000, 2, "");
    private static final Duration FRAME = Duration.ofMillis(20);
    private static final Side CONTROLLED =
            Side.ofRuntime(builder -> builder.congestionControl(CongestionControl::ofGoogle));
    private static final Impairments PATH =
            Impairments.NONE.withDelay(Duration.ofMillis(20)).withRate(1_000_000, 100_000, Duration.ofMillis(500));

    private static RTCRtpTransceiverInit atMost(long bitsPerSecond) {
        return RTCRtpTransceiverInit.builder()
                .sendEncodings(List.of(RTCRtpEncodingParameters.builder()
                        .maxBitrate(bitsPerSecond)
                        .build()))
                .build();
    }

    /** As an encoder does: frames of the size that the target asks for, half of it for one that has more than it needs. */
    private static void send(MediaPair pair, List<RTCRtpSender> senders, Duration time) {
        for (long i = 0; i < time.dividedBy(FRAME); i++) {
            long timestamp = pair.peers.simulation.time().nanoTime() / 1_000 * 9 / 100;
            for (RTCRtpSender sender : senders) {
                boolean video = sender.dtmf() == null;
                int bytes = (int) Math.max(60, sender.targetBitrate() / 8 / 50 * 95 / 100);
                sender.frames()
                        .write(
                                video
                                        ? EncodedFrame.video(VP8, false, timestamp, new byte[bytes])
                                        : EncodedFrame.audio(OPUS, timestamp * 48 / 90, new byte[60]));
            }
            pair.run(FRAME);
        }
    }

    @Test
    void picturesShareAlikeWhatSoundLeavesAndNoneHasMoreThanItsMaxBitrate() {
        simulate(PATH, CONTROLLED, Side.ORDINARY, pair -> {
            RTCRtpSender sound = pair.a.addTrack(track("audio"));
            RTCRtpSender small =
                    pair.a.addTransceiver(track("video"), atMost(120_000)).sender();
            RTCRtpSender first = pair.a.addTransceiver("video").sender();
            RTCRtpSender second = pair.a.addTransceiver("video").sender();
            List<Long> told = new ArrayList<>();
            first.onTargetBitrate(told::add);
            pair.connect();
            send(pair, List.of(sound, small, first, second), Duration.ofSeconds(20));

            assertThat(sound.targetBitrate()).isEqualTo(100_000);
            assertThat(small.targetBitrate()).isEqualTo(120_000);
            assertThat(first.targetBitrate()).isBetween(200_000L, 450_000L);
            assertThat(second.targetBitrate()).isCloseTo(first.targetBitrate(), within(1L));
            assertThat(told).hasSizeGreaterThan(1).last().isEqualTo(first.targetBitrate());
            assertThat(pair.await(pair.a.getStats()).all(RTCIceCandidatePairStats.class))
                    .filteredOn(each -> each.availableOutgoingBitrate() != null)
                    .singleElement()
                    .satisfies(
                            each -> assertThat(each.availableOutgoingBitrate()).isBetween(600_000.0, 1_200_000.0));
        });
    }

    @Test
    void withoutTheOptionNothingIsEstimated() {
        simulate(PATH, Side.ORDINARY, Side.ORDINARY, pair -> {
            RTCRtpSender sender = pair.a.addTransceiver("video").sender();
            pair.connect();
            send(pair, List.of(sender), Duration.ofSeconds(2));
            assertThat(sender.targetBitrate()).isZero();
            assertThat(pair.await(pair.a.getStats()).all(RTCIceCandidatePairStats.class))
                    .allSatisfy(
                            each -> assertThat(each.availableOutgoingBitrate()).isNull());
        });
    }
}
