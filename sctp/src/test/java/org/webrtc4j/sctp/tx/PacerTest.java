package org.webrtc4j.sctp.tx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.webrtc4j.sctp.SctpOptions;

class PacerTest {

    private static final long MILLI = 1_000_000L;
    private static final int PACKET = 1_000;
    private static final long RTT = 50 * MILLI;

    private final Pacer pacer = new Pacer(SctpOptions.defaults(), PACKET);
    private long now = 7 * MILLI;

    /** Sends what a turn allows, and returns how many packets that were. */
    private int turn(long rate) {
        pacer.beginTurn(rate, RTT, now);
        int packets = 0;
        while (pacer.allows()) {
            pacer.spent(PACKET);
            packets++;
        }
        return packets;
    }

    @Test
    void itBeginsWithABurstOfTenPackets() {
        assertThat(turn(1_000_000)).isEqualTo(10);
        assertThat(turn(1_000_000)).isZero();
    }

    @Test
    void onAFastPathWhatLeavesInAMillisecondLeavesTogether() {
        assertThat(turn(100_000_000)).isEqualTo(100);
        assertThat(pacer.await(now)).isEqualTo(now + MILLI);
        now += MILLI / 2;
        assertThat(turn(100_000_000)).isZero();
        now += MILLI / 2;
        assertThat(turn(100_000_000)).isEqualTo(100);
    }

    @Test
    void onASlowPathOnePacketLeavesAtATimeAndTheRateIsKept() {
        int packets = turn(50_000) - 10;
        long begin = now;
        while (now - begin < 1_000 * MILLI) {
            now = pacer.await(now);
            packets += turn(50_000);
        }
        assertThat(packets).isBetween(49, 51);
    }

    @Test
    void aTimerThatFiresLateTakesNothingAway() {
        int packets = turn(10_000_000) - 10;
        long begin = now;
        while (now - begin < 1_000 * MILLI) {
            now = pacer.await(now) + 4 * MILLI;
            packets += turn(10_000_000);
        }
        assertThat(packets).isBetween(9_900, 10_100);
    }

    @Test
    void whatWasNotAskedForIsNotSaved() {
        turn(10_000_000);
        now += 10_000 * MILLI;
        assertThat(turn(10_000_000)).isEqualTo(10);
    }

    @Test
    void aRateThatTheClockDividesBadlyIsKept() {
        long rate = 1_234_567;
        int packets = turn(rate) - 10;
        long begin = now;
        while (now - begin < 1_000 * MILLI) {
            now = Math.min(pacer.await(now), now + 3_333);
            packets += turn(rate);
        }
        assertThat(packets).isBetween(1_230, 1_240);
    }

    @Test
    void withoutARateATurnSendsABurstMoreThanTwiceWhatItAcknowledged() {
        pacer.onAcked(20 * PACKET);
        assertThat(turn(0)).isEqualTo(50);
        assertThat(turn(0)).isEqualTo(10);
        assertThat(pacer.isPaced()).isFalse();
    }

    @Test
    void belowAMillisecondOfRoundTripAcknowledgementsAreTheClock() {
        pacer.beginTurn(1_000_000, MILLI - 1, now);
        assertThat(pacer.isPaced()).isFalse();
        pacer.beginTurn(1_000_000, MILLI, now);
        assertThat(pacer.isPaced()).isTrue();
    }
}
