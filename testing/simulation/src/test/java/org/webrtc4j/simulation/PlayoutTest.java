package org.webrtc4j.simulation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.webrtc4j.simulation.MediaPair.simulate;
import static org.webrtc4j.simulation.MediaPair.track;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.webrtc4j.DOMException;
import org.webrtc4j.MediaStream;
import org.webrtc4j.RTCInboundRtpStreamStats;
import org.webrtc4j.RTCRtpReceiver;
import org.webrtc4j.RTCRtpSender;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.g711.G711;
import org.webrtc4j.testkit.Impairments;

/** When pictures and sound are given out. */
class PlayoutTest {

    private static final CodecDescription VP8 = CodecDescription.video("VP8", "");
    private static final CodecDescription PCMU = CodecDescription.audio("PCMU", 8_000, 1, "");
    private static final Duration FRAME = Duration.ofMillis(20);
    private static final Impairments FAR = Impairments.NONE.withDelay(Duration.ofMillis(25));
    private static final long MILLI = 1_000_000;
    private static final int PERIOD = 50;

    /** One flash and one beep a second, at one moment. */
    private static final class Call {

        final MediaPair pair;
        final RTCRtpSender video;
        final RTCRtpSender audio;
        final Map<String, RTCRtpReceiver> receivers = new HashMap<>();
        final List<Long> shown = new ArrayList<>();
        final List<Long> flashes = new ArrayList<>();
        final List<Long> beeps = new ArrayList<>();
        private boolean loud;
        private int sent;

        Call(MediaPair pair, boolean together) {
            this.pair = pair;
            MediaStream stream = new MediaStream();
            video = pair.a.addTrack(track("video"), stream);
            audio = pair.a.addTrack(track("audio"), together ? stream : new MediaStream());
            pair.b.onTrack(event -> receivers.put(event.track().kind(), event.receiver()));
            pair.connect();
            receiver("video").playout(this::onPicture);
            receiver("audio").pcm(8_000, 1, this::onSound);
        }

        RTCRtpReceiver receiver(String kind) {
            return requireNonNull(receivers.get(kind));
        }

        private long now() {
            return pair.peers.simulation.time().nanoTime();
        }

        private void onPicture(EncodedFrame frame) {
            shown.add(now());
            if (frame.bytes().length > 2_000) {
                flashes.add(now());
            }
        }

        private void onSound(short[] block) {
            boolean before = loud;
            loud = Math.abs(block[block.length / 2]) > 1_000;
            if (loud && !before) {
                beeps.add(now());
            }
        }

        void send(Duration time) {
            for (long i = 0; i < time.dividedBy(FRAME); i++) {
                boolean beep = sent % PERIOD < PERIOD / 2;
                byte[] sound = new byte[160];
                Arrays.fill(sound, G711.toMuLaw((short) (beep ? 8_000 : 0)));
                audio.frames().write(EncodedFrame.audio(PCMU, sent * 160L, sound));
                boolean flash = sent % PERIOD == 0;
                video.frames().write(EncodedFrame.video(VP8, flash, sent * 1_800L, vp8(flash)));
                sent++;
                pair.run(FRAME);
            }
        }

        /** How much later than the beep the last flash was seen, in milliseconds. */
        long flashAfterBeep() {
            long flash = flashes.get(flashes.size() - 1);
            return beeps.stream()
                    .map(each -> (flash - each) / MILLI)
                    .reduce(Long.MAX_VALUE, (best, each) -> Math.abs(each) < Math.abs(best) ? each : best);
        }

        RTCInboundRtpStreamStats stats(String kind) {
            return pair.await(pair.b.getStats())
                    .all(RTCInboundRtpStreamStats.class)
                    .filter(each -> each.kind().equals(kind))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static byte[] vp8(boolean key) {
        byte[] bytes = new byte[key ? 3_000 : 300];
        byte[] start = {0x10, 0, 0, (byte) 0x9d, 0x01, 0x2a, 0x40, 0x01, (byte) 0xf0, 0};
        System.arraycopy(start, 0, bytes, 0, start.length);
        bytes[0] |= (byte) (key ? 0 : 1);
        return bytes;
    }

    @Test
    void picturesAreShownAtThePaceOfTheCameraHoweverTheyCome() {
        simulate(FAR.withJitter(Duration.ofMillis(20)), pair -> {
            Call call = new Call(pair, true);
            call.send(Duration.ofSeconds(10));
            List<Long> shown = call.shown;
            int uneven = 0;
            for (int i = shown.size() - 200; i < shown.size(); i++) {
                uneven += Math.abs(shown.get(i) - shown.get(i - 1) - FRAME.toNanos()) > 5 * MILLI ? 1 : 0;
            }
            assertThat(uneven).isLessThan(20);
            RTCInboundRtpStreamStats video = call.stats("video");
            assertThat(requireNonNull(video.jitterBufferEmittedCount())).isEqualTo(shown.size());
            assertThat(requireNonNull(video.jitterBufferDelay()) / shown.size()).isBetween(0.005, 0.1);
            assertThat(video.insertedSamplesForDeceleration()).isNull();
        });
    }

    @Test
    void soundWaitsForThePicturesOfItsStream() {
        simulate(FAR, pair -> {
            Call call = new Call(pair, true);
            call.receiver("video").jitterBufferTarget(200.0);
            call.send(Duration.ofSeconds(15));
            assertThat(call.flashAfterBeep()).isBetween(-45L, 45L);
            assertThat(call.stats("audio").insertedSamplesForDeceleration()).isPositive();
            assertThat(call.stats("audio").concealedSamples()).isZero();
        });
    }

    @Test
    void picturesWaitForTheSoundOfTheirStream() {
        simulate(FAR, pair -> {
            Call call = new Call(pair, true);
            call.receiver("audio").jitterBufferTarget(300.0);
            call.send(Duration.ofSeconds(15));
            assertThat(call.flashAfterBeep()).isBetween(-45L, 45L);
        });
    }

    @Test
    void tracksOfDifferentStreamsDoNotWaitForEachOther() {
        simulate(FAR, pair -> {
            Call call = new Call(pair, false);
            call.receiver("video").jitterBufferTarget(200.0);
            call.send(Duration.ofSeconds(15));
            assertThat(call.flashAfterBeep()).isBetween(140L, 220L);
        });
    }

    @Test
    void theTargetOfAPageIsKept() {
        simulate(FAR, pair -> {
            Call call = new Call(pair, true);
            call.send(Duration.ofSeconds(1));
            RTCRtpReceiver video = call.receiver("video");
            assertThat(video.jitterBufferTarget()).isNull();
            video.jitterBufferTarget(300.0);
            assertThat(video.jitterBufferTarget()).isEqualTo(300.0);
            call.send(Duration.ofSeconds(5));
            RTCInboundRtpStreamStats before = call.stats("video");
            call.send(Duration.ofSeconds(5));
            RTCInboundRtpStreamStats after = call.stats("video");
            assertThat((requireNonNull(after.jitterBufferDelay()) - requireNonNull(before.jitterBufferDelay()))
                            / (requireNonNull(after.jitterBufferEmittedCount())
                                    - requireNonNull(before.jitterBufferEmittedCount())))
                    .isEqualTo(0.3, within(0.02));
            assertThat(requireNonNull(after.jitterBufferMinimumDelay()) / after.jitterBufferEmittedCount())
                    .isLessThan(0.05);
            assertThat(call.flashAfterBeep()).as("sound follows").isBetween(-45L, 45L);

            assertThatThrownBy(() -> video.jitterBufferTarget(4_001.0))
                    .isInstanceOfSatisfying(DOMException.class, thrown -> assertThat(thrown.name())
                            .isEqualTo("RangeError"));
            assertThatThrownBy(() -> video.jitterBufferTarget(-1.0)).isInstanceOf(DOMException.class);
            assertThatThrownBy(() -> video.jitterBufferTarget(Double.NaN)).isInstanceOf(DOMException.class);
            assertThatThrownBy(() -> call.receiver("audio").playout(frame -> {}))
                    .isInstanceOf(DOMException.class);
        });
    }
}
