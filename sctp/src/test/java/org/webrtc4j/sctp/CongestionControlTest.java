package org.webrtc4j.sctp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.webrtc4j.sctp.SctpCongestionControl.CUBIC;
import static org.webrtc4j.sctp.SctpCongestionControl.MODEL;
import static org.webrtc4j.sctp.SctpCongestionControl.STANDARD;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.webrtc4j.testkit.Impairments;
import org.webrtc4j.testkit.SharedBottleneck;
import org.webrtc4j.testkit.Simulation;

/**
 * What each controller gets of a path, and what it leaves to a standard flow on the same one. Whole associations in virtual
 * time: shares are those of {@code ./bench goodput}, bounds leave room for other seeds.
 */
class CongestionControlTest {

    private static final long BITS_PER_SECOND = 20_000_000;
    /** Payload of a link of that rate, in bytes per second. */
    private static final double LINK = BITS_PER_SECOND / 8.0 * 1160 / 1188;

    private static final int RTT_MILLIS = 20;

    /** Bytes per second that each of some flows got while all were there. */
    private static double[] goodput(
            long bitsPerSecond, int rttMillis, double loss, double queueProducts, SctpCongestionControl... controls) {
        double[] goodput = new double[controls.length];
        int queue = (int) (queueProducts * bitsPerSecond / 8 * rttMillis / 1_000);
        Impairments back =
                Impairments.NONE.withDelay(Duration.ofMillis(rttMillis / 2)).withLoss(loss);
        Simulation.run(1, simulation -> {
            SharedBottleneck bottleneck =
                    simulation.newBottleneck(back.withRate(bitsPerSecond, queue, Duration.ofHours(1)));
            List<BulkFlow> flows = new ArrayList<>();
            for (SctpCongestionControl control : controls) {
                int number = flows.size();
                BulkFlow flow =
                        new BulkFlow(simulation.newLoop("flow " + number), bottleneck.newLink(back), control, number);
                flow.begin();
                flows.add(flow);
                simulation.time().runFor(Duration.ofSeconds(5));
            }
            long[] before = flows.stream().mapToLong(BulkFlow::received).toArray();
            int seconds = 20;
            simulation.time().runFor(Duration.ofSeconds(seconds));
            for (int i = 0; i < goodput.length; i++) {
                goodput[i] = (flows.get(i).received() - before[i]) / (double) seconds;
            }
        });
        return goodput;
    }

    private static double share(double[] goodput) {
        return goodput[1] / (goodput[0] + goodput[1]);
    }

    @ParameterizedTest
    @EnumSource(SctpCongestionControl.class)
    void aLinkIsFilledByOneFlow(SctpCongestionControl control) {
        assertThat(goodput(BITS_PER_SECOND, RTT_MILLIS, 0, 1, control)[0]).isGreaterThan(0.95 * LINK);
    }

    @ParameterizedTest
    @CsvSource({"STANDARD, 0.001", "STANDARD, 0.01", "STANDARD, 0.05", "CUBIC, 0.001", "CUBIC, 0.01", "CUBIC, 0.05"})
    void aLossyPathGivesWhatTheFormulaSays(SctpCongestionControl control, double loss) {
        double formula = 1.22 * 1160 / (RTT_MILLIS / 1e3 * Math.sqrt(loss));
        assertThat(goodput(BITS_PER_SECOND, RTT_MILLIS, loss, 1, control)[0])
                .isGreaterThan(0.7 * Math.min(formula, LINK));
    }

    @ParameterizedTest
    @CsvSource({"0.001, 0.9", "0.01, 0.9", "0.05, 0.8"})
    void aModelOfThePathFillsALossyOne(double loss, double share) {
        assertThat(goodput(BITS_PER_SECOND, RTT_MILLIS, loss, 1, MODEL)[0]).isGreaterThan(share * LINK);
    }

    @ParameterizedTest
    @CsvSource({"100, 0.01, 0.5", "100, 0.05, 0.3"})
    void aModelOfThePathKeepsALongOneBusyThoughItLoses(int rttMillis, double loss, double share) {
        double link = 5 * LINK;
        assertThat(goodput(5 * BITS_PER_SECOND, rttMillis, loss, 1, MODEL)[0]).isGreaterThan(share * link);
    }

    /** Ten holes a round trip: were each told apart, the flow would wait for a round trip ten times as often. */
    @Test
    void whatIsSentOnceOnlyLosesMessagesAndNotTheLink() {
        double[] delivered = new double[1];
        Impairments path = Impairments.NONE.withDelay(Duration.ofMillis(50)).withLoss(0.01);
        Simulation.run(1, simulation -> {
            SharedBottleneck bottleneck =
                    simulation.newBottleneck(path.withRate(5 * BITS_PER_SECOND, 1_250_000, Duration.ofHours(1)));
            BulkFlow flow = new BulkFlow(simulation.newLoop("flow"), bottleneck.newLink(path), MODEL, 1);
            flow.deliver(new SendOptions(true, 0, SendOptions.UNLIMITED));
            flow.begin();
            simulation.time().runFor(Duration.ofSeconds(25));
            delivered[0] = flow.received() / 25.0;
        });
        // Of a message of fifteen packets all arrive in 86 % of the cases.
        assertThat(delivered[0]).isGreaterThan(0.86 * 0.5 * 5 * LINK);
    }

    @ParameterizedTest
    @CsvSource({"0.25", "1", "4"})
    void cubicSharesWithAStandardFlow(double queueProducts) {
        double[] both = goodput(BITS_PER_SECOND, RTT_MILLIS, 0, queueProducts, STANDARD, CUBIC);
        assertThat(share(both)).isBetween(0.35, 0.65);
    }

    @ParameterizedTest
    @CsvSource({"0.25", "1", "4"})
    void aModelOfThePathLeavesAStandardFlowASixthAtLeast(double queueProducts) {
        double[] both = goodput(BITS_PER_SECOND, RTT_MILLIS, 0, queueProducts, STANDARD, MODEL);
        assertThat(share(both)).isBetween(0.25, 5 / 6.0);
    }

    @ParameterizedTest
    @EnumSource(SctpCongestionControl.class)
    void twoFlowsOfOneKindShareWithinAFactorOfTwo(SctpCongestionControl control) {
        double[] both = goodput(BITS_PER_SECOND, RTT_MILLIS, 0, 1, control, control);
        assertThat(share(both)).isBetween(1 / 3.0, 2 / 3.0);
        assertThat(both[0] + both[1]).isGreaterThan(0.9 * LINK);
    }
}
