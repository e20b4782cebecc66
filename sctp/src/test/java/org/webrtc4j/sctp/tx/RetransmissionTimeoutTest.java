package org.webrtc4j.sctp.tx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.webrtc4j.sctp.SctpOptions;

class RetransmissionTimeoutTest {

    private static final long MILLI = 1_000_000L;

    private final RetransmissionTimeout timeout = new RetransmissionTimeout(SctpOptions.builder()
            .rtoInitialNanos(500 * MILLI)
            .rtoMinNanos(100 * MILLI)
            .rtoMaxNanos(10_000 * MILLI)
            .build());

    @Test
    void itBeginsWithTheInitialValue() {
        assertThat(timeout.timeoutNanos()).isEqualTo(500 * MILLI);
        assertThat(timeout.smoothedNanos()).isZero();
    }

    @Test
    void theFirstSampleGivesThreeTimesItself() {
        timeout.observe(200 * MILLI);
        assertThat(timeout.timeoutNanos()).isEqualTo(600 * MILLI);
        assertThat(timeout.smoothedNanos()).isEqualTo(200 * MILLI);
    }

    @Test
    void anEvenPathConvergesToItsRoundTripAndTheMinimumHolds() {
        for (int i = 0; i < 100; i++) {
            timeout.observe(300 * MILLI);
        }
        assertThat(timeout.timeoutNanos()).isBetween(301 * MILLI, 303 * MILLI);
        for (int i = 0; i < 200; i++) {
            timeout.observe(MILLI);
        }
        assertThat(timeout.timeoutNanos()).isEqualTo(100 * MILLI);
    }

    @Test
    void anUnevenPathKeepsItsDistance() {
        for (int i = 0; i < 100; i++) {
            timeout.observe((i % 2 == 0 ? 100 : 500) * MILLI);
        }
        assertThat(timeout.timeoutNanos()).isGreaterThan(800 * MILLI);
    }

    @Test
    void aNegativeSampleIsIgnoredAndAHugeOneLimited() {
        timeout.observe(-5);
        assertThat(timeout.timeoutNanos()).isEqualTo(500 * MILLI);
        timeout.observe(Long.MAX_VALUE);
        assertThat(timeout.timeoutNanos()).isEqualTo(10_000 * MILLI);
    }

    @Test
    void backingOffDoublesUpToThreeSecondsAndASampleEndsIt() {
        timeout.backOff();
        assertThat(timeout.timeoutNanos()).isEqualTo(1_000 * MILLI);
        timeout.backOff();
        timeout.backOff();
        timeout.backOff();
        assertThat(timeout.timeoutNanos()).isEqualTo(3_000 * MILLI);
        timeout.observe(100 * MILLI);
        assertThat(timeout.timeoutNanos()).isEqualTo(300 * MILLI);
    }
}
