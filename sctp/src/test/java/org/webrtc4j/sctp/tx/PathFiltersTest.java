package org.webrtc4j.sctp.tx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The filters behind the model of a path. */
class PathFiltersTest {

    private static final long SECOND = 1_000_000_000L;

    private final BandwidthFilter bandwidth = new BandwidthFilter();
    private final MinRttFilter rtt = new MinRttFilter();
    private final AckAggregation aggregation = new AckAggregation();
    private final FullPipe pipe = new FullPipe();
    private final AckSample sample = new AckSample();

    @Test
    void theBandwidthIsTheHighestRateOfTwoCycles() {
        bandwidth.update(100, false);
        bandwidth.update(80, false);
        assertThat(bandwidth.max()).isEqualTo(100);
        bandwidth.advance();
        bandwidth.update(60, false);
        assertThat(bandwidth.max()).isEqualTo(100);
        bandwidth.advance();
        assertThat(bandwidth.max()).isEqualTo(60);
    }

    @Test
    void aCycleWithoutASampleChangesNothing() {
        bandwidth.update(100, false);
        bandwidth.advance();
        bandwidth.advance();
        bandwidth.advance();
        assertThat(bandwidth.max()).isEqualTo(100);
    }

    @Test
    void aRateThatTheSenderHeldBackCountsOnlyAsARecord() {
        bandwidth.update(100, false);
        bandwidth.advance();
        bandwidth.update(50, true);
        bandwidth.advance();
        assertThat(bandwidth.max()).isEqualTo(100);
        bandwidth.update(120, true);
        assertThat(bandwidth.max()).isEqualTo(120);
    }

    @Test
    void theRoundTripTimeIsTheLeastOfTenSeconds() {
        rtt.update(20, 0);
        rtt.update(30, SECOND);
        rtt.update(-1, 2 * SECOND);
        assertThat(rtt.nanos()).isEqualTo(20);
        for (int i = 2; i < 10; i++) {
            rtt.update(30, i * SECOND);
        }
        assertThat(rtt.nanos()).isEqualTo(20);
        rtt.update(30, 11 * SECOND);
        assertThat(rtt.nanos()).isEqualTo(30);
    }

    @Test
    void aLookIsDueAfterFiveSecondsWithoutASampleAsLow() {
        rtt.update(20, 0);
        rtt.update(30, 5 * SECOND);
        assertThat(rtt.isProbeDue()).isFalse();
        rtt.update(30, 5 * SECOND + 1);
        assertThat(rtt.isProbeDue()).isTrue();
        rtt.probed(6 * SECOND);
        assertThat(rtt.isProbeDue()).isFalse();
        rtt.update(40, 10 * SECOND);
        assertThat(rtt.isProbeDue()).isFalse();
    }

    @Test
    void aSampleAsLowAsTheLeastPutsOffTheLook() {
        rtt.update(20, 0);
        rtt.update(20, 4 * SECOND);
        rtt.update(30, 8 * SECOND);
        assertThat(rtt.isProbeDue()).isFalse();
    }

    @Test
    void beforeTheFirstSampleNoRoundTripTimeIsKnown() {
        rtt.update(-1, 100 * SECOND);
        assertThat(rtt.isKnown()).isFalse();
        assertThat(rtt.isProbeDue()).isFalse();
    }

    @Test
    void evenAcknowledgementsLeaveNothingExtra() {
        for (int i = 1; i <= 1_000; i++) {
            aggregation.update(1_000, 1_000_000, Long.MAX_VALUE, i / 20, i * SECOND / 1_000);
        }
        assertThat(aggregation.extra(1_000_000)).isLessThanOrEqualTo(1_000);
    }

    @Test
    void acknowledgementsInLumpsLeaveALumpExtra() {
        for (int i = 1; i <= 100; i++) {
            aggregation.update(10_000, 1_000_000, Long.MAX_VALUE, i / 2, i * SECOND / 100);
        }
        assertThat(aggregation.extra(1_000_000)).isEqualTo(10_000);
    }

    @Test
    void lumpsAreForgottenAfterTenRounds() {
        aggregation.update(50_000, 1_000_000, Long.MAX_VALUE, 0, SECOND);
        assertThat(aggregation.extra(1_000_000)).isEqualTo(50_000);
        for (int i = 1; i <= 300; i++) {
            aggregation.update(1_000, 1_000_000, Long.MAX_VALUE, i / 20, 2 * SECOND + i * SECOND / 1_000);
        }
        assertThat(aggregation.extra(1_000_000)).isLessThanOrEqualTo(1_000);
    }

    @Test
    void aPipeIsFullWhenThreeRoundsBringNoQuarterMore() {
        rate(100, true);
        rate(200, true);
        rate(240, true);
        rate(240, true);
        assertThat(pipe.isFull()).isFalse();
        rate(245, true);
        assertThat(pipe.isFull()).isTrue();
    }

    @Test
    void growthWithinARoundBeginsTheCountAnew() {
        rate(100, true);
        rate(100, true);
        rate(100, true);
        rate(130, false);
        rate(130, true);
        assertThat(pipe.isFull()).isFalse();
    }

    private void rate(long bytesPerSecond, boolean roundBegins) {
        sample.clear(0, 0, 0);
        sample.deliveryRate = bytesPerSecond;
        pipe.onAcked(sample, roundBegins);
    }
}
