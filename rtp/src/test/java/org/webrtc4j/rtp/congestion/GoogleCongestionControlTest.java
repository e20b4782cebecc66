package org.webrtc4j.rtp.congestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.webrtc4j.rtp.congestion.SimulatedPath.MILLI;
import static org.webrtc4j.rtp.congestion.SimulatedPath.SECOND;

import org.junit.jupiter.api.Test;

/** A call over a narrow link in virtual time. */
class GoogleCongestionControlTest {

    private static SimulatedPath.Flow flow(SimulatedPath path) {
        return path.newFlow(new GoogleCongestionControl(GoogleCongestionControl.START_RATE));
    }

    @Test
    void probingReachesTwoMegabitsWithinTwoSeconds() {
        SimulatedPath path = new SimulatedPath(3_000_000);
        SimulatedPath.Flow flow = flow(path);
        path.runFor(2 * SECOND);
        assertThat(flow.estimator.targetRate()).isBetween(2_000_000L, 3_000_000L);
    }

    @Test
    void theRateFollowsACapacityThatFallsAndRises() {
        SimulatedPath path = new SimulatedPath(3_000_000);
        SimulatedPath.Flow flow = flow(path);
        path.runFor(20 * SECOND);
        path.capacity = 1_000_000;
        path.runFor(3 * SECOND);
        for (int i = 0; i < 12; i++) {
            assertThat(flow.estimator.targetRate()).isBetween(750_000L, 1_200_000L);
            path.runFor(SECOND);
        }
        path.capacity = 3_000_000;
        path.runFor(10 * SECOND);
        assertThat(flow.estimator.targetRate()).isGreaterThan(2_400_000L);
        path.runFor(5 * SECOND);
        assertThat(path.takeQueueDelay()).isLessThan(100 * MILLI);
    }

    /** Bits per second that arrive of a path of 2 Mbit/s. */
    private static long goodput(double loss) {
        SimulatedPath path = new SimulatedPath(2_000_000);
        path.loss = loss;
        SimulatedPath.Flow flow = flow(path);
        path.runFor(10 * SECOND);
        long before = flow.deliveredBytes;
        path.runFor(40 * SECOND);
        assertThat(path.takeQueueDelay()).isLessThan(100 * MILLI);
        return (flow.deliveredBytes - before) * 8 / 40;
    }

    @Test
    void randomLossIsNotTakenForCongestion() {
        long lossless = goodput(0);
        assertThat(lossless).isGreaterThan(1_700_000);
        assertThat(goodput(0.02)).isGreaterThan(85 * lossless / 100);
        assertThat(goodput(0.1)).isGreaterThan(300_000);
    }

    @Test
    void twoFlowsShareALink() {
        SimulatedPath path = new SimulatedPath(3_000_000);
        SimulatedPath.Flow first = flow(path);
        path.runFor(10 * SECOND);
        SimulatedPath.Flow second = flow(path);
        path.runFor(20 * SECOND);
        for (int i = 0; i < 6; i++) {
            long before = first.deliveredBytes - 2 * second.deliveredBytes;
            long beforeSecond = second.deliveredBytes - 2 * first.deliveredBytes;
            path.runFor(10 * SECOND);
            assertThat(first.deliveredBytes - 2 * second.deliveredBytes).isLessThan(before);
            assertThat(second.deliveredBytes - 2 * first.deliveredBytes).isLessThan(beforeSecond);
        }
        assertThat(path.takeQueueDelay()).isLessThan(100 * MILLI);
    }

    @Test
    void whatAnApplicationDoesNotUseIsFoundByProbes() {
        SimulatedPath path = new SimulatedPath(300_000);
        SimulatedPath.Flow flow = flow(path);
        flow.applicationRate = 100_000;
        path.runFor(10 * SECOND);
        path.capacity = 4_000_000;
        path.runFor(15 * SECOND);
        assertThat(flow.estimator.targetRate()).isGreaterThan(1_000_000);
    }

    @Test
    void theRateStaysWithinItsBounds() {
        SimulatedPath path = new SimulatedPath(3_000_000);
        SimulatedPath.Flow flow = flow(path);
        flow.estimator.setBounds(100_000, 800_000);
        path.runFor(20 * SECOND);
        assertThat(flow.estimator.targetRate()).isEqualTo(800_000);
        flow.estimator.onRemoteLimit(500_000);
        assertThat(flow.estimator.targetRate()).isEqualTo(500_000);
        path.capacity = 20_000;
        path.runFor(20 * SECOND);
        assertThat(flow.estimator.targetRate()).isEqualTo(100_000);
        flow.estimator.onRemoteLimit(Long.MAX_VALUE);
        flow.estimator.setBounds(100_000, 5_000_000);
        path.capacity = 3_000_000;
        path.runFor(60 * SECOND);
        assertThat(flow.estimator.targetRate()).isGreaterThan(1_000_000);
    }
}
