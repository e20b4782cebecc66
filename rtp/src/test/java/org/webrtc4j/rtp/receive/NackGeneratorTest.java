package org.webrtc4j.rtp.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.webrtc4j.common.ProtocolEngine;

class NackGeneratorTest {

    private static final long MILLI = 1_000_000L;
    private static final long RTT = 100 * MILLI;

    private final NackGenerator generator = new NackGenerator();
    private long now = 5_000 * MILLI;

    private void take(long... sequences) {
        for (long sequence : sequences) {
            generator.onPacket(sequence, false, now);
        }
    }

    private List<Long> due() {
        List<Long> due = new ArrayList<>();
        generator.collect(RTT, now, due::add);
        return due;
    }

    @Test
    void whatIsMissingIsAskedForAtOnceAndAgainAfterARoundTrip() {
        take(1, 2, 5);
        assertThat(due()).containsExactly(3L, 4L);
        assertThat(due()).isEmpty();
        assertThat(generator.nextTimeout(RTT)).isEqualTo(now + RTT);
        take(4);
        now += RTT;
        assertThat(due()).containsExactly(3L);
        generator.onPacket(3, true, now);
        assertThat(generator.missingCount()).isZero();
        assertThat(generator.nextTimeout(RTT)).isEqualTo(ProtocolEngine.NEVER);
    }

    @Test
    void onAPathThatReordersItWaitsForAsManyPacketsAsWereLate() {
        take(1, 4);
        assertThat(due()).containsExactly(2L, 3L);
        take(2, 3);
        take(6);
        assertThat(due()).as("two packets may be late").isEmpty();
        take(7);
        assertThat(due()).isEmpty();
        take(8);
        assertThat(due()).containsExactly(5L);
        take(10);
        now += NackGenerator.REORDER_NANOS;
        assertThat(due()).as("late for long enough").containsExactly(9L);
    }

    @Test
    void whatIsAskedForTooOftenIsGivenUp() {
        take(1, 3);
        for (int i = 0; i < NackGenerator.MAX_REQUESTS; i++) {
            assertThat(due()).containsExactly(2L);
            now += RTT;
        }
        assertThat(generator.takeGivenUp()).isFalse();
        assertThat(due()).isEmpty();
        assertThat(generator.takeGivenUp()).isTrue();
        assertThat(generator.takeGivenUp()).isFalse();
        assertThat(generator.missingCount()).isZero();
    }

    @Test
    void whereTooMuchIsMissingNothingIsAskedFor() {
        take(1, 1_003);
        assertThat(generator.missingCount()).isZero();
        assertThat(generator.takeGivenUp()).isTrue();
        take(2_003);
        assertThat(generator.missingCount()).isEqualTo(999);
        assertThat(generator.takeGivenUp()).isFalse();
    }

    @Test
    void theLeastIntervalHoldsOnAShortPath() {
        take(1, 3);
        generator.collect(MILLI, now, sequence -> {});
        assertThat(generator.nextTimeout(MILLI)).isEqualTo(now + NackGenerator.MIN_INTERVAL_NANOS);
    }

    @Test
    void whatIsNoLongerNeededIsForgotten() {
        take(1, 10);
        generator.dropBefore(8);
        assertThat(due()).containsExactly(8L, 9L);
        generator.restart(100);
        take(101);
        assertThat(generator.missingCount()).isZero();
    }

    @Test
    void afterASilenceLongerThanSendersKeepPacketsAKeyFrameIsWantedAtOnce() {
        take(10);
        now += NackGenerator.KEPT_NANOS;
        take(20);
        assertThat(due()).isEmpty();
        assertThat(generator.takeGivenUp()).isTrue();
        take(22);
        assertThat(due()).as("what is lost from then on").containsExactly(21L);
        assertThat(generator.takeGivenUp()).isFalse();
    }

    @Test
    void theLastPacketsOfASlowStreamAreAskedForHoweverLateTheNextComes() {
        take(10);
        now += NackGenerator.KEPT_NANOS;
        take(13);
        assertThat(due()).containsExactly(11L, 12L);
        assertThat(generator.takeGivenUp()).isFalse();
    }
}
