package org.webrtc4j.media.playout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.codec.AudioDecoder;
import org.webrtc4j.media.codec.AudioEncoder;
import org.webrtc4j.media.codec.CodecRegistry;

class JitterBufferTest {

    private static final long MILLI = 1_000_000;
    private static final int RATE = 16_000;
    private static final int PACKET = 320;
    private static final CodecDescription L16 = CodecDescription.audio("L16", RATE, 1, "");
    private static final PlayoutOptions OPTIONS = new PlayoutOptions(40 * MILLI, 400 * MILLI, 50);

    private final AudioEncoder encoder =
            Objects.requireNonNull(CodecRegistry.builtIn().audioEncoder(L16));
    private final AudioDecoder decoder =
            Objects.requireNonNull(CodecRegistry.builtIn().audioDecoder(L16, RATE, 1));
    private final JitterBuffer buffer = new JitterBuffer(decoder, RATE, OPTIONS);
    private final short[] out = new short[3_200];
    private long now = -100 * MILLI;

    @Test
    void beforeTheFirstPacketThereIsSilence() {
        assertThat(pull()).isFalse();
        assertThat(out).containsOnly((short) 0);
    }

    @Test
    void soundIsKeptBackForTheLeastDelayAndThenPlayedAsItCame() {
        short[] heard = new short[20];
        for (int i = 0; i < 20; i++) {
            put(i);
            pull();
            heard[i] = out[0];
        }
        assertThat(heard).startsWith(0, 0, 1_000, 1_001, 1_002).endsWith(1_016, 1_017);
        assertThat(buffer.stats().concealedSamples()).isZero();
        assertThat(buffer.stats().delaySeconds() / buffer.stats().samplesEmitted())
                .isEqualTo(0.04, within(1e-9));
    }

    @Test
    void packetsOutOfOrderArePlayedInOrder() {
        int[] order = {0, 2, 1, 4, 3, 6, 5, 7, 8, 9};
        StringBuilder heard = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            put(order[i]);
            pull();
            heard.append(out[0]).append(' ');
        }
        assertThat(heard).hasToString("0 0 1000 1001 1002 1003 1004 1005 1006 1007 ");
        assertThat(buffer.stats().framesLate()).isZero();
    }

    @Test
    void aLostPacketIsMadeUpAndWhatFollowsStaysInTime() {
        StringBuilder heard = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            if (i != 3) {
                put(i);
            }
            pull();
            heard.append(out[0]).append(' ');
        }
        assertThat(heard).hasToString("0 0 1000 1001 1002 1002 1004 1005 1006 1007 ");
        assertThat(buffer.stats().concealedSamples()).isEqualTo(PACKET);
        assertThat(buffer.stats().concealmentEvents()).isEqualTo(1);
    }

    @Test
    void whenPacketsAreLateTheDelayGrowsAndNothingIsLost() {
        StringBuilder heard = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            // From the fifth on 60 ms later, and the one before makes up for it.
            if (i < 5) {
                put(i);
            } else if (i >= 8) {
                put(i - 3);
            }
            pull();
            heard.append(out[0] >= 1_000 && out[0] < 1_100 ? out[0] - 1_000 : -1)
                    .append(' ');
        }
        assertThat(heard.toString()).contains("0 1 2 3 4 ").endsWith("11 12 13 14 15 16 ");
        assertThat(heard.toString()).contains(" 5 6 7 8 9 10 ");
        assertThat(buffer.stats().framesLate()).isZero();
        assertThat(buffer.stats().concealedSamples()).isPositive();
    }

    @Test
    void jitterRaisesTheDelayUntilPacketsAreInTime() {
        Random random = new Random(7);
        long[] arrivals = new long[1_000];
        for (int i = 0; i < arrivals.length; i++) {
            arrivals[i] = i * 20L * MILLI + (long) (random.nextDouble() * 100 * MILLI);
        }
        long concealedEarly = 0;
        int next = 0;
        Integer[] order = new Integer[arrivals.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Long.compare(arrivals[a], arrivals[b]));
        for (int i = 0; i < arrivals.length; i++) {
            now = i * 20L * MILLI;
            while (next < order.length && arrivals[order[next]] <= now) {
                buffer.put(frame(order[next]), arrivals[order[next]]);
                next++;
            }
            buffer.pull(PACKET, out, now);
            if (i == 500) {
                concealedEarly = buffer.stats().concealedSamples();
            }
        }
        PlayoutStats stats = buffer.stats();
        assertThat(stats.targetDelayNanos()).isBetween(80 * MILLI, 100 * MILLI);
        assertThat(stats.concealedSamples() - concealedEarly).isLessThan(500 * PACKET / 20);
        assertThat(stats.delaySeconds() / stats.samplesEmitted()).isLessThan(0.2);
    }

    @Test
    void concealmentFallsSilentAndPlayingBeginsAnewWithTheNextPacket() {
        for (int i = 0; i < 5; i++) {
            put(i);
            pull();
        }
        boolean playing = true;
        for (int i = 0; i < 20; i++) {
            playing = pull();
        }
        assertThat(playing).isFalse();
        assertThat(out[0]).isZero();
        for (int i = 0; i < 5; i++) {
            put(1_000 + i);
            pull();
        }
        assertThat(out[0]).isEqualTo((short) 2_002);
    }

    @Test
    void aBurstIsNotKeptForLongerThanTheMostDelay() {
        for (int i = 0; i < 45; i++) {
            put(i);
        }
        int kept = 0;
        for (int i = 0; i < 45; i++) {
            pull();
            kept += out[0] >= 1_000 ? 1 : 0;
        }
        assertThat(kept).isBetween(15, 45);
        assertThat(buffer.stats().removedSamples()).isPositive();
    }

    @Test
    void noMorePacketsWaitThanTheLimit() {
        for (int i = 0; i < 200; i++) {
            put(i);
        }
        assertThat(buffer.stats().framesDiscarded()).isEqualTo(150);
        put(199);
        assertThat(buffer.stats().framesDiscarded()).isEqualTo(151);
    }

    @Test
    void aJumpOfTheTimestampIsPlayedOn() {
        for (int i = 0; i < 10; i++) {
            put(i < 5 ? i : i + 1_000_000);
            pull();
        }
        assertThat(out[0]).isGreaterThanOrEqualTo((short) 1_000);
        for (int i = 0; i < 20; i++) {
            put(i);
            pull();
        }
        assertThat(out[0]).as("and back").isGreaterThanOrEqualTo((short) 1_000);
    }

    @Test
    void aPacketTheDecoderRefusesIsMadeUp() {
        for (int i = 0; i < 6; i++) {
            if (i == 3) {
                buffer.put(EncodedFrame.audio(L16, 3 * PACKET, new byte[] {1}), now);
            } else {
                put(i);
            }
            pull();
        }
        assertThat(buffer.stats().framesRefused()).isEqualTo(1);
        assertThat(buffer.stats().concealedSamples()).isEqualTo(PACKET);
    }

    @Test
    void aDelayThatIsAskedForIsReachedByPlayingSlowerAndGivenUpByPlayingFaster() {
        for (int i = 0; i < 50; i++) {
            put(i);
            pull();
        }
        buffer.delayAtLeast(300 * MILLI);
        PlayoutStats before = played(50, 200);
        PlayoutStats after = played(200, 250);
        assertThat(meanDelay(before, after)).isEqualTo(0.3, within(0.03));
        assertThat((double) after.insertedSamples() / RATE).isEqualTo(0.26, within(0.03));

        buffer.delayAtLeast(0);
        before = played(250, 400);
        after = played(400, 450);
        assertThat(meanDelay(before, after)).isEqualTo(0.04, within(0.04));
        assertThat(after.removedSamples()).isPositive();
        assertThat(after.concealedSamples()).isZero();
        assertThat(after.minimumDelaySeconds() / after.samplesEmitted()).isEqualTo(0.04, within(1e-9));
    }

    @Test
    void aSlowerClockOfTheSenderIsFollowedWithoutAGap() {
        // Half a percent, far more than any clock is off.
        int packets = 0;
        now = 0;
        for (int i = 0; i < 2_000; i++) {
            while (packets * 20_100_000L <= now) {
                buffer.put(frame(packets), packets * 20_100_000L);
                packets++;
            }
            pull();
        }
        PlayoutStats stats = buffer.stats();
        assertThat(stats.insertedSamples()).isPositive();
        assertThat(stats.concealedSamples()).isZero();
    }

    @Test
    void limitsThatMakeNoSenseAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new PlayoutOptions(-1, 1, 10));
        assertThatIllegalArgumentException().isThrownBy(() -> new PlayoutOptions(2, 1, 10));
        assertThatIllegalArgumentException().isThrownBy(() -> new PlayoutOptions(1, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> buffer.pull(10, new short[9], 0));
        assertThatIllegalArgumentException().isThrownBy(() -> buffer.pull(100_000, new short[100_000], 0));
    }

    private PlayoutStats played(int from, int to) {
        for (int i = from; i < to; i++) {
            put(i);
            pull();
        }
        return buffer.stats();
    }

    private static double meanDelay(PlayoutStats before, PlayoutStats after) {
        return (after.delaySeconds() - before.delaySeconds()) / (after.samplesEmitted() - before.samplesEmitted());
    }

    private void put(int index) {
        buffer.put(frame(index), now);
    }

    /** Each packet has one value all over: 1000 and its number. */
    private EncodedFrame frame(int index) {
        short[] samples = new short[PACKET];
        Arrays.fill(samples, (short) (1_000 + index % 10_000));
        return EncodedFrame.audio(L16, (long) index * PACKET, encoder.encode(samples, 0));
    }

    private boolean pull() {
        boolean playing = buffer.pull(PACKET, out, now);
        now += 20 * MILLI;
        return playing;
    }
}
