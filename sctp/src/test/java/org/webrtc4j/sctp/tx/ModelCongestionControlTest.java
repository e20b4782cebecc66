package org.webrtc4j.sctp.tx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.webrtc4j.sctp.tx.ControllerOnPath.MILLISECOND;
import static org.webrtc4j.sctp.tx.ControllerOnPath.PACKET;
import static org.webrtc4j.sctp.tx.ControllerOnPath.SECOND;

import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Control by a model of the path, on one of 10 MB/s and 20 ms unless it says otherwise: 200 packets fill it. */
class ModelCongestionControlTest {

    private static final long PRODUCT = 200L * PACKET;

    private final ModelCongestionControl model = new ModelCongestionControl(PACKET, 10);
    private final ControllerOnPath path = new ControllerOnPath(model, 1);

    private void settle() {
        path.runFor(2 * SECOND);
        assertThat(model.state()).isEqualTo(ModelCongestionControl.State.PROBE_BANDWIDTH);
    }

    private void runUntil(ModelCongestionControl.State state, long limit) {
        for (long end = path.now + limit; model.state() != state; ) {
            assertThat(path.now).isLessThan(end);
            path.runFor(MILLISECOND);
        }
    }

    private void runUntil(BandwidthProbe.Phase phase, long limit) {
        for (long end = path.now + limit; model.phase() != phase; ) {
            assertThat(path.now).isLessThan(end);
            path.runFor(MILLISECOND);
        }
    }

    @Test
    void startupFindsTheBandwidthInAHandfulOfRoundTrips() {
        runUntil(ModelCongestionControl.State.DRAIN, 300 * MILLISECOND);
        assertThat(model.path().bandwidth.max()).isBetween(9_900_000L, 10_100_000L);
    }

    @Test
    void theQueueOfStartupDrains() {
        runUntil(ModelCongestionControl.State.PROBE_BANDWIDTH, 500 * MILLISECOND);
        assertThat(path.flight).isLessThanOrEqualTo(PRODUCT + PRODUCT / 10);
    }

    @Test
    void aPathIsKeptBusyWithNextToNoQueue() {
        settle();
        assertThat(path.throughputOf(10 * SECOND)).isGreaterThan(9_600_000L);
        assertThat(path.longestQueueNanos).isLessThan(25 * MILLISECOND);
        path.runFor(500 * MILLISECOND);
        runUntil(BandwidthProbe.Phase.CRUISE, 5 * SECOND);
        path.runFor(50 * MILLISECOND);
        assertThat(path.longestQueueNanos).as("while cruising").isLessThan(MILLISECOND);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.001, 0.01, 0.05})
    void whatThePathLosesOfItsOwnIsNoReasonToSendLess(double loss) {
        path.loss = loss;
        path.runFor(3 * SECOND);
        assertThat(path.throughputOf(10 * SECOND)).isGreaterThan((long) (9_000_000 * (1 - loss)));
        assertThat(path.losses).isPositive();
    }

    @Test
    void lossFromTheFirstPacketOnDoesNotEndStartup() {
        path.loss = 0.05;
        path.runFor(SECOND);
        assertThat(model.path().bandwidth.max()).isGreaterThan(9_000_000L);
    }

    @Test
    void aLongPathThatLosesIsFilledTo() {
        path.rttNanos = 100 * MILLISECOND;
        path.loss = 0.01;
        path.runFor(3 * SECOND);
        assertThat(path.throughputOf(20 * SECOND)).isGreaterThan(9_000_000L);
    }

    @Test
    void moreBandwidthIsFoundWithinAFewSeconds() {
        settle();
        path.rate = 20_000_000;
        path.runFor(10 * SECOND);
        assertThat(path.throughputOf(5 * SECOND)).isGreaterThan(18_500_000L);
    }

    @Test
    void lessBandwidthIsBelievedWithinTwoCycles() {
        path.queueBytes = 2 * PRODUCT;
        settle();
        path.rate = 5_000_000;
        path.runFor(10 * SECOND);
        long lostBefore = path.lost;
        long deliveredBefore = path.delivered;
        assertThat(path.throughputOf(10 * SECOND)).isGreaterThan(4_600_000L);
        assertThat(path.lost - lostBefore).isLessThan((path.delivered - deliveredBefore) / 50);
    }

    @Test
    void aQueueShorterThanThePathOverflowsRarely() {
        path.queueBytes = PRODUCT / 10;
        path.runFor(2 * SECOND);
        long lostBefore = path.lost;
        long deliveredBefore = path.delivered;
        assertThat(path.throughputOf(20 * SECOND)).isGreaterThan(9_000_000L);
        assertThat(path.lost - lostBefore).isLessThan((path.delivered - deliveredBefore) / 50);
    }

    @Test
    void moreLossThanThePathHasOfItsOwnBoundsWhatIsInFlight() {
        path.queueBytes = PRODUCT / 2;
        settle();
        path.runFor(20 * SECOND);
        assertThat(path.losses).isPositive();
        assertThat(model.path().flightHigh()).isBetween(PRODUCT, 2 * PRODUCT);
    }

    @Test
    void everyPhaseOfTheCycleComesRoundWithinThreeSeconds() {
        settle();
        for (BandwidthProbe.Phase phase : EnumSet.allOf(BandwidthProbe.Phase.class)) {
            runUntil(phase, 3_500 * MILLISECOND);
        }
    }

    @Test
    void theRoundTripIsLookedAtAfterFiveSecondsWithoutOneAsShort() {
        settle();
        // The way has become longer: no sample is as short as the one remembered.
        path.rttNanos = 30 * MILLISECOND;
        runUntil(ModelCongestionControl.State.PROBE_RTT, 6 * SECOND);
        path.runFor(100 * MILLISECOND);
        assertThat(path.flight).isLessThanOrEqualTo(PRODUCT);
        runUntil(ModelCongestionControl.State.PROBE_BANDWIDTH, 400 * MILLISECOND);
        path.runFor(11 * SECOND);
        assertThat(model.path().minRtt.nanos()).isBetween(30 * MILLISECOND, 32 * MILLISECOND);
        assertThat(path.throughputOf(5 * SECOND)).isGreaterThan(9_400_000L);
    }

    @Test
    void aSenderWithLittleToSendKeepsWhatItKnows() {
        settle();
        path.limit = 10 * PACKET;
        path.runFor(20 * SECOND);
        assertThat(model.path().bandwidth.max()).isGreaterThan(9_000_000L);
        path.limit = Long.MAX_VALUE;
        assertThat(path.throughputOf(SECOND)).isGreaterThan(8_500_000L);
    }

    @Test
    void afterAPauseTheFirstPacketsArePacedAtTheRateOfBefore() {
        settle();
        path.pause(3 * SECOND);
        assertThat(model.pacingRate()).isBetween(8_500_000L, 13_000_000L);
        assertThat(path.throughputOf(SECOND)).isGreaterThan(8_500_000L);
    }

    @Test
    void aTimeoutLeavesOnePacketAndTheModelBringsTheWindowBack() {
        settle();
        path.timeOut();
        assertThat(model.window()).isEqualTo(PACKET);
        path.runFor(300 * MILLISECOND);
        assertThat(model.window()).isGreaterThan(PRODUCT);
    }

    @Test
    void aTimeoutThatWasNoneIsTakenBackAtOnce() {
        settle();
        long before = model.window();
        model.onTimeout(path.now);
        model.onTimeout(path.now + SECOND);
        model.onSpurious(path.now + SECOND);
        assertThat(model.window()).isEqualTo(before);
    }

    @Test
    void boundsOfALossThatWasNoneAreTakenBack() {
        settle();
        long rate = model.path().rate();
        path.sample.clear(PRODUCT, path.delivered, path.rttNanos);
        path.sample.recoveryBegins = true;
        model.onLoss(path.sample, PRODUCT, path.now);
        model.path().lower(rate / 2, PRODUCT / 2, model.window());
        assertThat(model.path().rate()).isLessThan(rate);
        model.onSpurious(path.now);
        assertThat(model.path().rate()).isEqualTo(rate);
    }

    @Test
    void atLeastFourPacketsMayBeInFlight() {
        path.rate = 10_000;
        path.runFor(20 * SECOND);
        assertThat(path.leastWindow).isGreaterThanOrEqualTo(4L * PACKET);
        assertThat(path.throughputOf(20 * SECOND)).isGreaterThan(9_000L);
    }
}
