package org.webrtc4j.media.playout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.webrtc4j.common.ProtocolEngine;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.EncodedFrame;

class VideoJitterBufferTest {

    private static final long MILLI = 1_000_000;
    private static final long FRAME = 40 * MILLI;
    private static final CodecDescription VP8 = CodecDescription.video("VP8", "");

    private final List<Long> timestamps = new ArrayList<>();
    private final List<Long> times = new ArrayList<>();
    private final VideoJitterBuffer buffer = new VideoJitterBuffer(PlayoutOptions.video(), this::onFrame);
    private long now;

    private void onFrame(EncodedFrame frame) {
        timestamps.add(frame.timestamp());
        times.add(now);
    }

    @Test
    void withoutJitterEachFrameIsShownAtOnce() {
        for (int i = 0; i < 50; i++) {
            arrive(i, i * FRAME);
        }
        assertThat(times).hasSize(50).containsExactlyElementsOf(multiples(50));
        assertThat(buffer.stats().delaySeconds()).isZero();
        assertThat(buffer.nextTimeout()).isEqualTo(ProtocolEngine.NEVER);
    }

    @Test
    void jitterIsTakenOutOfThePauses() {
        Random random = new Random(3);
        for (int i = 0; i < 500; i++) {
            arrive(i, i * FRAME + (long) (random.nextDouble() * 30 * MILLI));
        }
        runUntil(1_000 * FRAME);
        List<Long> pauses = pauses(200);
        long uneven = pauses.stream()
                .filter(each -> Math.abs(each - FRAME) > 5 * MILLI)
                .count();
        assertThat(uneven).as("of %d", pauses.size()).isLessThan(pauses.size() / 10);
        assertThat(buffer.stats().jitterDelayNanos()).isBetween(25 * MILLI, 30 * MILLI);
        assertThat(buffer.stats().delaySeconds() / buffer.stats().framesEmitted())
                .isLessThan(0.03);
    }

    @Test
    void framesThatARetransmissionCompletedAreWaitedForOnceTheyAreFrequent() {
        for (int i = 0; i < 400; i++) {
            // Each tenth 100 ms late, and with it, in decode order, those after it.
            int held = i % 10 < 2 ? i / 10 * 10 : -1;
            arrive(i, Math.max(i * FRAME, held < 0 ? 0 : held * FRAME + 100 * MILLI));
        }
        long late = buffer.stats().framesLate();
        runUntil(1_000 * FRAME);
        assertThat(buffer.stats().targetDelayNanos()).isEqualTo(100 * MILLI);
        assertThat(late).isLessThan(20);
        assertThat(pauses(200)).allSatisfy(each -> assertThat(each).isCloseTo(FRAME, within(5 * MILLI)));
    }

    @Test
    void aDelayThatIsAskedForIsReachedLittleByLittleAndGivenUpAgain() {
        int index = 0;
        for (; index < 50; index++) {
            arrive(index, index * FRAME);
        }
        buffer.delayAtLeast(400 * MILLI);
        for (; index < 250; index++) {
            arrive(index, index * FRAME);
        }
        assertThat(lateness()).isEqualTo(400 * MILLI);
        buffer.delayAtLeast(0);
        for (; index < 450; index++) {
            arrive(index, index * FRAME);
        }
        assertThat(lateness()).isZero();
        assertThat(pauses(0)).allSatisfy(each -> assertThat(each).isCloseTo(FRAME, within(FRAME / 5)));
    }

    @Test
    void layersOfOnePictureAreShownTogether() {
        buffer.delayAtLeast(100 * MILLI);
        for (int i = 0; i < 100; i++) {
            arrive(i, i * FRAME);
            arrive(i, i * FRAME + MILLI);
        }
        runUntil(200 * FRAME);
        assertThat(timestamps).hasSize(200);
        for (int i = 100; i < 200; i += 2) {
            assertThat(times.get(i)).isEqualTo(times.get(i + 1));
        }
    }

    @Test
    void aJumpOfTheTimestampBeginsAnewAndNothingIsLost() {
        buffer.delayAtLeast(200 * MILLI);
        for (int i = 0; i < 20; i++) {
            arrive(i, i * FRAME);
        }
        for (int i = 20; i < 40; i++) {
            arrive(i + 1_000_000_000L, i * FRAME);
        }
        for (int i = 40; i < 60; i++) {
            arrive(i - 1_000_000_000L, i * FRAME);
        }
        runUntil(100 * FRAME);
        assertThat(timestamps).hasSize(60);
        assertThat(lateness(59)).isEqualTo(200 * MILLI);
    }

    @Test
    void noMoreFramesWaitThanTheLimitAndTheOldestGoFirst() {
        buffer.delayAtLeast(4_000 * MILLI);
        for (int i = 0; i < 400; i++) {
            buffer.handleFrame(EncodedFrame.video(VP8, false, i * 90L, new byte[10]), i * MILLI);
        }
        assertThat(timestamps).isSorted().hasSize(100);
        assertThat(buffer.stats().framesHurried()).isEqualTo(100);
    }

    @Test
    void noMoreBytesWaitThanTheLimit() {
        buffer.delayAtLeast(4_000 * MILLI);
        for (int i = 0; i < 20; i++) {
            buffer.handleFrame(EncodedFrame.video(VP8, true, i, new byte[1 << 20]), 0);
        }
        assertThat(timestamps).hasSize(20 - VideoJitterBuffer.MAX_BYTES / (1 << 20));
    }

    private void arrive(long index, long arrivalNanos) {
        runUntil(arrivalNanos);
        now = Math.max(now, arrivalNanos);
        long timestamp = index * 3_600;
        buffer.handleFrame(EncodedFrame.video(VP8, false, timestamp, new byte[10]), now);
    }

    private void runUntil(long end) {
        for (long next = buffer.nextTimeout(); next < end; next = buffer.nextTimeout()) {
            now = Math.max(now, next);
            buffer.handleTimeout(now);
        }
    }

    private long lateness() {
        return lateness(times.size() - 1);
    }

    private long lateness(int index) {
        long expected = index * FRAME;
        return times.get(index) - expected;
    }

    private List<Long> pauses(int from) {
        List<Long> pauses = new ArrayList<>();
        for (int i = from + 1; i < times.size(); i++) {
            pauses.add(times.get(i) - times.get(i - 1));
        }
        return pauses;
    }

    private static List<Long> multiples(int count) {
        List<Long> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(i * FRAME);
        }
        return all;
    }
}
