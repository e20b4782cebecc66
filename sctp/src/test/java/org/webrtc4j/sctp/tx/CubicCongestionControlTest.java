package org.webrtc4j.sctp.tx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.webrtc4j.sctp.tx.ControllerOnPath.MILLISECOND;
import static org.webrtc4j.sctp.tx.ControllerOnPath.PACKET;
import static org.webrtc4j.sctp.tx.ControllerOnPath.SECOND;

import org.junit.jupiter.api.Test;

/** CUBIC (RFC 9438) with HyStart++ (RFC 9406). */
class CubicCongestionControlTest {

    private static final long ANY = 1L << 40;
    private static final long RTT = 50 * MILLISECOND;

    private final CubicCongestionControl cubic = new CubicCongestionControl(PACKET, 10, ANY);
    private final ControllerOnPath path = new ControllerOnPath(cubic, 1);

    private long packets() {
        return Math.round(cubic.window() / (double) PACKET);
    }

    private void growTo(long packets) {
        while (cubic.window() < packets * PACKET) {
            path.acknowledge(PACKET, path.delivered, RTT, cubic.window(), true);
        }
    }

    @Test
    void slowStartDoublesTheWindowEachRoundTrip() {
        path.round(RTT);
        assertThat(packets()).isEqualTo(20);
        path.round(RTT);
        assertThat(packets()).isEqualTo(40);
    }

    @Test
    void aWindowThatIsNotUsedDoesNotGrow() {
        path.acknowledge(10 * PACKET, 0, RTT, 10 * PACKET, false);
        assertThat(packets()).isEqualTo(10);
    }

    @Test
    void slowStartGrowsByAQuarterWhenRoundTripTimesRise() {
        path.round(RTT);
        path.round(RTT);
        long before = packets();
        path.round(RTT + RTT / 4);
        // The rise shows with the eighth sample of the round.
        assertThat(packets()).isBetween(before + before / 4, before + before / 4 + 8);
    }

    @Test
    void slowStartEndsFiveRoundsAfterRoundTripTimesRose() {
        path.round(RTT);
        path.round(RTT);
        for (int i = 0; i < 6; i++) {
            assertThat(cubic.slowStartThreshold()).isEqualTo(ANY);
            path.round(RTT + RTT / 4);
        }
        assertThat(cubic.slowStartThreshold()).isBetween(70L * PACKET, cubic.window());
        long before = packets();
        path.round(RTT + RTT / 4);
        assertThat(packets()).isBetween(before, before + 2);
    }

    @Test
    void aRiseThatGoesAwayLetsSlowStartGoOn() {
        path.round(RTT);
        path.round(RTT);
        path.round(RTT + RTT / 4);
        path.round(RTT);
        long before = packets();
        path.round(RTT);
        assertThat(packets()).isEqualTo(2 * before);
        assertThat(cubic.slowStartThreshold()).isEqualTo(ANY);
    }

    @Test
    void aRiseBelowFourMillisecondsIsNone() {
        path.round(RTT);
        path.round(RTT);
        path.round(RTT + 3 * MILLISECOND);
        assertThat(packets()).isEqualTo(80);
    }

    @Test
    void aLossLeavesSevenTenths() {
        growTo(100);
        path.loseOne();
        assertThat(packets()).isEqualTo(70);
        assertThat(cubic.slowStartThreshold()).isEqualTo(70L * PACKET);
    }

    @Test
    void furtherLossesOfARecoveryChangeNothing() {
        growTo(100);
        path.loseOne();
        path.sample.recoveryBegins = false;
        cubic.onLoss(path.sample, PACKET, path.now);
        assertThat(packets()).isEqualTo(70);
    }

    @Test
    void acknowledgementsWithinARecoveryDoNotLetTheWindowGrow() {
        growTo(100);
        path.loseOne();
        path.sample.clear(70L * PACKET, path.delivered, RTT);
        path.sample.bytes = 70L * PACKET;
        path.sample.fullyUtilised = true;
        path.sample.recovering = true;
        cubic.onAcked(path.sample, path.now);
        assertThat(packets()).isEqualTo(70);
    }

    @Test
    void theWindowIsNeverBelowFourPacketsAfterALoss() {
        for (int i = 0; i < 10; i++) {
            path.loseOne();
        }
        assertThat(packets()).isEqualTo(4);
    }

    @Test
    void theWindowComesBackToWhereTheLossWasFastAndStaysThereForAWhile() {
        growTo(1_000);
        path.loseOne();
        // K = cbrt(300 / 0.4), 9.09 s.
        long begin = path.now;
        path.round(RTT);
        long after = 0;
        while (path.now - begin < 9 * SECOND) {
            path.round(RTT);
            if (path.now - begin == 3 * SECOND) {
                after = packets();
            }
        }
        assertThat(after).as("a third of the time, most of the way").isBetween(900L, 950L);
        assertThat(packets()).isCloseTo(1_000, within(3L));
        while (path.now - begin < 11 * SECOND) {
            path.round(RTT);
        }
        assertThat(packets()).as("flat around it").isBetween(1_000L, 1_006L);
        while (path.now - begin < 18 * SECOND) {
            path.round(RTT);
        }
        assertThat(packets()).as("then away from it, faster and faster").isBetween(1_270L, 1_300L);
    }

    @Test
    void aFlowThatLosesEarlierThanBeforeMakesRoom() {
        growTo(1_000);
        path.loseOne();
        path.round(RTT);
        path.loseOne();
        // The plateau is at 700 * 0.85, not at 700: K = cbrt((595 - 490) / 0.4), 6.4 s.
        for (long begin = path.now; path.now - begin < 6_500 * MILLISECOND; ) {
            path.round(RTT);
        }
        assertThat(packets()).isCloseTo(597, within(5L));
    }

    @Test
    void onAShortPathTheWindowGrowsAsThatOfStandardControlWould() {
        growTo(100);
        path.loseOne();
        int rounds = 0;
        while (packets() < 100) {
            path.round(MILLISECOND);
            rounds++;
        }
        // 0.53 packets a round trip from 70 to 100, where the cubic function would take cbrt(30 / 0.4), 4.2 s.
        assertThat(rounds).isBetween(50, 65);
        long before = packets();
        for (int i = 0; i < 10; i++) {
            path.round(MILLISECOND);
        }
        assertThat(packets()).as("a packet each round trip beyond").isBetween(before + 9, before + 11);
    }

    @Test
    void timeInWhichTheWindowIsNotUsedDoesNotCount() {
        growTo(1_000);
        path.loseOne();
        path.round(RTT);
        long before = packets();
        for (int i = 0; i < 100; i++) {
            path.now += 100 * MILLISECOND;
            path.acknowledge(PACKET, path.delivered, RTT, 10 * PACKET, false);
        }
        path.round(RTT);
        assertThat(packets()).isCloseTo(before, within(20L));
    }

    @Test
    void aTimeoutLeavesOnePacketAndSlowStartUpToSevenTenths() {
        growTo(100);
        cubic.onTimeout(path.now);
        assertThat(packets()).isEqualTo(1);
        assertThat(cubic.slowStartThreshold()).isEqualTo(70L * PACKET);
        path.round(RTT);
        path.round(RTT);
        assertThat(packets()).isEqualTo(4);
        // From there on the function begins where slow start ended.
        while (cubic.window() < 70L * PACKET) {
            path.round(RTT);
        }
        long before = packets();
        path.round(RTT);
        assertThat(packets()).isBetween(before, before + 2);
    }

    @Test
    void aLossThatWasNoneIsTakenBack() {
        growTo(100);
        path.loseOne();
        cubic.onSpurious(path.now);
        assertThat(packets()).isEqualTo(100);
        assertThat(cubic.slowStartThreshold()).isEqualTo(ANY);
    }

    @Test
    void aTimeoutThatWasNoneIsTakenBackThoughTheTimerFiredTwice() {
        growTo(100);
        cubic.onTimeout(path.now);
        cubic.onTimeout(path.now + SECOND);
        cubic.onSpurious(path.now);
        assertThat(packets()).isEqualTo(100);
    }

    @Test
    void whatTheWindowHasGainedMeanwhileIsNotTakenBack() {
        growTo(10);
        path.loseOne();
        growTo(200);
        cubic.onSpurious(path.now);
        assertThat(packets()).isEqualTo(200);
    }

    @Test
    void anIdleSenderBeginsWithTheInitialWindowAndRemembersTheThreshold() {
        growTo(1_000);
        path.loseOne();
        cubic.onIdle(path.now);
        assertThat(packets()).isEqualTo(10);
        assertThat(cubic.slowStartThreshold()).isEqualTo(700L * PACKET);
    }

    @Test
    void packetsArePacedAtTwiceTheWindowInSlowStartAndAQuarterMoreAfterwards() {
        assertThat(cubic.pacingRate()).as("no round trip known").isZero();
        path.round(RTT);
        assertThat(cubic.pacingRate()).isEqualTo(20L * PACKET * 2 * SECOND / RTT);
        growTo(100);
        path.loseOne();
        path.acknowledge(PACKET, path.delivered, RTT, 70L * PACKET, false);
        assertThat(cubic.pacingRate()).isEqualTo(cubic.window() * 5 / 4 * SECOND / RTT);
    }
}
