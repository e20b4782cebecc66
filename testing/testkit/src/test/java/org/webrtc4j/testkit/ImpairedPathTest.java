package org.webrtc4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ImpairedPathTest {

    private static final long MILLISECOND = 1_000_000L;
    private static final long SECOND = 1_000 * MILLISECOND;
    private static final int MANY = 20_000;

    static LongStream seeds() {
        return Seeds.upTo(30);
    }

    @Test
    void aPerfectPathChangesNothing() {
        Run run = new Run(Impairments.NONE, 1);
        run.offer(1200, 5);
        run.offer(0, 6);

        assertThat(run.arrivalNanos).containsExactly(5L, 6L);
        assertThat(run.packets.get(0)).hasSize(1200);
        assertThat(run.packets.get(1)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void uniformLossIsAsOftenAsItsProbabilitySays(long seed) {
        double probability = (seed % 10) / 10.0;
        Run run = new Run(Impairments.NONE.withLoss(probability), seed);
        run.offerMany(MANY);

        double deviation = Math.sqrt(MANY * probability * (1 - probability));
        assertThat((double) run.lost())
                .isBetween(MANY * probability - 5 * deviation, MANY * probability + 5 * deviation);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void burstLossHasItsMeanAndItsMeanBurstLength(long seed) {
        Loss.GilbertElliott bursts = new Loss.GilbertElliott(0.02, 0.25, 0, 1);
        Run run = new Run(Impairments.NONE.withLoss(bursts), seed);
        run.offerMany(MANY * 5);

        assertThat(bursts.meanLoss()).isBetween(0.0740, 0.0741);
        assertThat((double) run.lost() / (MANY * 5)).isBetween(0.064, 0.085);
        assertThat((double) run.lost() / run.lossBursts()).isBetween(3.6, 4.4);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void jitterWithoutReorderingKeepsTheOrder(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        Run run = new Run(Impairments.NONE.withDelay(Duration.ofMillis(20)).withJitter(Duration.ofMillis(50)), seed);
        long now = 0;
        for (int i = 0; i < 1_000; i++) {
            now += random.nextLong(5 * MILLISECOND);
            run.offer(4, now);
        }

        assertThat(run.numbers()).isSorted().hasSize(1_000);
        assertThat(run.arrivalNanos).isSorted();
        for (int i = 0; i < 1_000; i++) {
            assertThat(run.arrivalNanos.get(i) - run.offerNanos.get(i)).isBetween(20 * MILLISECOND, 70 * MILLISECOND);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void jitterWithReorderingLetsPacketsOvertakeWithinTheJitter(long seed) {
        Run run =
                new Run(Impairments.NONE.withDelay(Duration.ofMillis(20)).withReordering(Duration.ofMillis(50)), seed);
        for (int i = 0; i < 1_000; i++) {
            run.offer(4, i * MILLISECOND);
        }

        assertThat(run.arrivalNanos)
                .isNotEqualTo(run.arrivalNanos.stream().sorted().toList());
        for (int i = 0; i < 1_000; i++) {
            assertThat(run.arrivalNanos.get(i) - run.offerNanos.get(i)).isBetween(20 * MILLISECOND, 70 * MILLISECOND);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aBottleneckPassesExactlyItsRateHoweverLongTheRun(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        long bitsPerSecond = 1_000_003 + random.nextLong(10_000_000);
        Run run = new Run(Impairments.NONE.withRate(bitsPerSecond, Integer.MAX_VALUE, Duration.ofHours(1)), seed);
        long bits = 0;
        for (int i = 0; i < 2_000; i++) {
            int size = 1 + random.nextInt(1_500);
            bits += size * 8L;
            run.offer(size, 0);
            assertThat(run.arrivalNanos.get(i)).isEqualTo(bits * SECOND / bitsPerSecond);
        }
    }

    @Test
    void aQueueHoldsItsBytesAndNoMore() {
        Run run = new Run(Impairments.NONE.withRate(8_000_000, 3_000, Duration.ofHours(1)), 1);
        for (int i = 0; i < 5; i++) {
            run.offer(1_000, 0);
        }
        run.offer(1_000, MILLISECOND);
        run.offer(1_000, MILLISECOND);

        assertThat(run.arrivalNanos).containsExactly(MILLISECOND, 2 * MILLISECOND, 3 * MILLISECOND, 4 * MILLISECOND);
        assertThat(run.path.stats().drops()).isEqualTo(Map.of(DropReason.QUEUE_FULL, 3L));
    }

    @Test
    void aQueueHoldsPacketsForItsTimeAndNoLonger() {
        Run run = new Run(Impairments.NONE.withRate(8_000_000, Integer.MAX_VALUE, Duration.ofMillis(2)), 1);
        for (int i = 0; i < 5; i++) {
            run.offer(1_000, 0);
        }

        assertThat(run.arrivalNanos).containsExactly(MILLISECOND, 2 * MILLISECOND, 3 * MILLISECOND);
        assertThat(run.path.stats().drops()).isEqualTo(Map.of(DropReason.QUEUE_FULL, 2L));
    }

    @Test
    void aBottleneckThatWasIdleOwesNothing() {
        Run run = new Run(Impairments.NONE.withRate(8_000_000, 10_000, Duration.ofSeconds(1)), 1);
        run.offer(1_000, 0);
        run.offer(1_000, 10 * SECOND);

        assertThat(run.arrivalNanos).containsExactly(MILLISECOND, 10 * SECOND + MILLISECOND);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void duplicatesAreEqualAndAsOftenAsTheirProbabilitySays(long seed) {
        Run run = new Run(Impairments.NONE.withDuplicates(0.2), seed);
        run.offerMany(MANY);

        assertThat((int) run.path.stats().duplicated()).isBetween(MANY / 5 - 300, MANY / 5 + 300);
        assertThat(run.packets).hasSize(MANY + (int) run.path.stats().duplicated());
        assertThat(run.numbers()).isSorted();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void damageTouchesBitsOrTheLengthAsOftenAsItsProbabilitySays(long seed) {
        Run bits = new Run(Impairments.NONE.withCorruption(0.1, 0), seed);
        Run lengths = new Run(Impairments.NONE.withCorruption(0, 0.1), seed);
        bits.offerMany(MANY);
        lengths.offerMany(MANY);

        assertThat((int) bits.path.stats().damaged()).isBetween(MANY / 10 - 250, MANY / 10 + 250);
        assertThat(bits.packets).allMatch(packet -> packet.length == 4);
        assertThat(bits.unlike()).isBetween((int) bits.path.stats().damaged() * 9 / 10, (int)
                bits.path.stats().damaged());
        assertThat(lengths.packets.stream().filter(packet -> packet.length != 4).count())
                .isEqualTo(lengths.path.stats().damaged());
        assertThat(lengths.packets.stream().mapToInt(packet -> packet.length).summaryStatistics())
                .matches(sizes -> sizes.getMin() == 0 && sizes.getMax() == 68);
    }

    @Test
    void thePacketOfferedIsNeverTouched() {
        ImpairedPath path = new ImpairedPath(Impairments.NONE.withCorruption(1, 1), new SplittableRandom(1), 0);
        byte[] bytes = {1, 2, 3, 4};
        ByteBuffer packet = ByteBuffer.wrap(bytes);

        path.offer(packet, 0, new Run(Impairments.NONE, 1));

        assertThat(bytes).containsExactly(1, 2, 3, 4);
        assertThat(packet.remaining()).isEqualTo(4);
    }

    @Test
    void theMtuIsTheLargestPacketThatPasses() {
        Run run = new Run(Impairments.NONE.withMtu(1_200), 1);
        run.offer(1_200, 0);
        run.offer(1_201, 0);

        assertThat(run.packets).hasSize(1);
        assertThat(run.path.stats().drops()).isEqualTo(Map.of(DropReason.TOO_LARGE, 1L));
    }

    @Test
    void aBlackoutBeginsAndEndsOnTheNanosecond() {
        Run run = new Run(
                Impairments.NONE
                        .withBlackout(Duration.ofNanos(10), Duration.ofNanos(5))
                        .withBlackout(Duration.ofNanos(20), Duration.ofNanos(1)),
                1);
        for (int i = 0; i < 25; i++) {
            run.offer(4, i);
        }

        assertThat(run.arrivalNanos)
                .containsExactlyElementsOf(LongStream.range(0, 25)
                        .filter(nanos -> (nanos < 10 || nanos > 14) && nanos != 20)
                        .boxed()
                        .toList());
    }

    @Test
    void theTestMayChooseWhatIsLost() {
        Run run = new Run(
                Impairments.NONE.withLoss(new Loss.Chosen((index, packet) -> index == 1 || packet.getInt(0) == 3)), 1);
        run.offerMany(5);

        assertThat(run.numbers()).containsExactly(0, 2, 4);
    }

    @Test
    void impairmentsChangeFromTheNextPacketOn() {
        Run run = new Run(Impairments.NONE.withDelay(Duration.ofNanos(100)), 1);
        run.offer(4, 0);
        run.path.setImpairments(Impairments.NONE.withLoss(1));
        run.offer(4, 0);
        run.path.setImpairments(Impairments.NONE);
        run.offer(4, 10);

        // Order is kept over the change too: the path is one queue.
        assertThat(run.arrivalNanos).containsExactly(100L, 100L);
        assertThat(run.lost()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyPacketOfferedIsDeliveredOrDroppedForAReason(long seed) {
        Run run = new Run(
                Impairments.NONE
                        .withLoss(0.1)
                        .withRate(1_000_000, 5_000, Duration.ofMillis(30))
                        .withMtu(1_200)
                        .withDuplicates(0.1)
                        .withBlackout(Duration.ofMillis(100), Duration.ofMillis(50)),
                seed);
        RandomGenerator random = new SplittableRandom(seed);
        for (int i = 0; i < 1_000; i++) {
            run.offer(random.nextInt(1_300), i * MILLISECOND);
        }

        ImpairedPath.Stats stats = run.path.stats();
        assertThat(stats.offered()).isEqualTo(1_000);
        assertThat(stats.delivered()
                        + stats.drops().values().stream()
                                .mapToLong(Long::longValue)
                                .sum())
                .isEqualTo(1_000);
        assertThat(stats.drops())
                .containsOnlyKeys(DropReason.LOSS, DropReason.QUEUE_FULL, DropReason.TOO_LARGE, DropReason.BLACKOUT);
        assertThat((long) run.packets.size()).isEqualTo(stats.delivered() + stats.duplicated());
    }

    @Test
    void whatIsNoProbabilityOrRateIsRefused() {
        assertThatThrownBy(() -> Impairments.NONE.withLoss(1.1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Impairments.NONE.withDuplicates(-0.1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Impairments.NONE.withCorruption(Double.NaN, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Loss.GilbertElliott(0, 2, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Impairments.NONE.withRate(0, 1, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** A path and all that came out of it. Packets of four bytes and more begin with their number. */
    private static final class Run implements ImpairedPath.Output {

        private final ImpairedPath path;
        private final List<Long> offerNanos = new ArrayList<>();
        private final List<Long> arrivalNanos = new ArrayList<>();
        private final List<byte[]> packets = new ArrayList<>();
        private final List<Boolean> fates = new ArrayList<>();

        Run(Impairments impairments, long seed) {
            path = new ImpairedPath(impairments, new SplittableRandom(seed), 0);
        }

        void offerMany(int count) {
            for (int i = 0; i < count; i++) {
                offer(4, i);
            }
        }

        void offer(int size, long nowNanos) {
            byte[] bytes = new byte[size];
            if (size >= 4) {
                ByteBuffer.wrap(bytes).putInt(offerNanos.size());
            }
            offerNanos.add(nowNanos);
            path.offer(ByteBuffer.wrap(bytes), nowNanos, this);
        }

        long lost() {
            return path.stats().drops().getOrDefault(DropReason.LOSS, 0L);
        }

        long lossBursts() {
            long bursts = 0;
            for (int i = 1; i < fates.size(); i++) {
                bursts += fates.get(i - 1) && !fates.get(i) ? 1 : 0;
            }
            return bursts;
        }

        List<Integer> numbers() {
            return packets.stream()
                    .map(packet -> ByteBuffer.wrap(packet).getInt())
                    .toList();
        }

        /** How many packets differ from what was offered; only without loss and duplicates. */
        int unlike() {
            int unlike = 0;
            for (int i = 0; i < packets.size(); i++) {
                byte[] offered = ByteBuffer.allocate(4).putInt(i).array();
                unlike += Arrays.equals(offered, packets.get(i)) ? 0 : 1;
            }
            return unlike;
        }

        @Override
        public void arrives(byte[] packet, long atNanos) {
            packets.add(packet);
            arrivalNanos.add(atNanos);
            fates.add(true);
        }

        @Override
        public void dropped(ByteBuffer packet, DropReason reason) {
            fates.add(false);
        }
    }
}
