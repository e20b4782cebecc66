package org.webrtc4j.sctp.tx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.webrtc4j.sctp.SctpCongestionControl;
import org.webrtc4j.sctp.SctpOptions;

/** What holds for each controller, whatever a path or a peer makes of it. */
class EveryControllerTest {

    private static final int PACKET = 1_188;
    private static final int SEEDS = 50;
    private static final int CALLS = 4_000;

    private final AckSample sample = new AckSample();
    private long now;
    private long delivered;

    private static CongestionControl create(SctpCongestionControl which) {
        return CongestionControls.create(
                SctpOptions.builder().congestionControl(which).build(), PACKET, 1 << 23);
    }

    @ParameterizedTest
    @EnumSource(SctpCongestionControl.class)
    void theFirstFlightIsTheInitialWindowAndUnpaced(SctpCongestionControl which) {
        CongestionControl control = create(which);
        assertThat(control.window()).isEqualTo(10 * PACKET);
        assertThat(control.pacingRate()).isZero();
    }

    @ParameterizedTest
    @EnumSource(SctpCongestionControl.class)
    void aPacketMayAlwaysBeInFlightAndThePaceIsNeverNegative(SctpCongestionControl which) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            Random random = new Random(seed);
            CongestionControl control = create(which);
            now = random.nextLong();
            delivered = 0;
            for (int i = 0; i < CALLS; i++) {
                call(control, random);
                assertThat(control.window()).as("seed %d, call %d", seed, i).isBetween((long) PACKET, 1L << 40);
                assertThat(control.pacingRate()).as("seed %d, call %d", seed, i).isNotNegative();
                assertThat(control.slowStartThreshold())
                        .as("seed %d, call %d", seed, i)
                        .isGreaterThanOrEqualTo(PACKET);
            }
        }
    }

    private void call(CongestionControl control, Random random) {
        now += switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> random.nextLong(1_000_000_000L);
            default -> random.nextLong(1_000_000L);
        };
        describe(random);
        switch (random.nextInt(16)) {
            case 0 -> control.onTimeout(now);
            case 1 -> control.onSpurious(now);
            case 2 -> control.onIdle(now);
            case 3 -> control.onRecoveryExit(now);
            case 4, 5 -> control.onSent(PACKET, sample.flightBefore, now);
            case 6, 7 -> control.onLoss(sample, sample.lostBytes, now);
            default -> control.onAcked(sample, now);
        }
    }

    /** A peer may acknowledge as it likes, and clocks may leap. */
    private void describe(Random random) {
        long flight = random.nextLong(1 << 23);
        long deliveredBefore = delivered - (delivered == 0 ? 0 : random.nextLong(Math.min(delivered, 1 << 24)));
        delivered += random.nextInt(1 << 20);
        sample.clear(flight, delivered, 1 + random.nextLong(60_000_000_000L));
        sample.bytes = random.nextInt(1 << 20);
        sample.flightAfter = Math.max(0, flight - sample.bytes);
        sample.rttNanos = random.nextBoolean() ? -1 : random.nextLong(60_000_000_000L);
        sample.deliveredBefore = deliveredBefore;
        sample.deliveryRate = random.nextInt(4) == 0 ? 0 : random.nextLong(1L << random.nextInt(1, 34));
        sample.appLimited = random.nextBoolean();
        sample.cumulativeAdvanced = random.nextBoolean();
        sample.fullyUtilised = random.nextBoolean();
        sample.recovering = random.nextBoolean();
        sample.recoveryBegins = random.nextInt(4) == 0;
        sample.lostBytes = random.nextInt(1 << 20);
    }
}
