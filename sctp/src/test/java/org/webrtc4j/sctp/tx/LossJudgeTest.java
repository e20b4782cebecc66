package org.webrtc4j.sctp.tx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LossJudgeTest {

    private static final int PACKET = 1_000;
    private static final long RTT = 20_000_000L;
    private static final long WITH_QUEUE = 30_000_000L;

    private final LossJudge judge = new LossJudge(PACKET);
    private final AckSample sample = new AckSample();

    /** A round of a thousand packets. */
    private void round(int lostPackets, long rttNanos) {
        judge.onLoss((long) lostPackets * PACKET);
        sample.clear(0, 0, RTT);
        sample.bytes = (1_000L - lostPackets) * PACKET;
        sample.rttNanos = rttNanos;
        judge.onAcked(sample);
    }

    private void next() {
        judge.beginRound(1_000L * PACKET, false, RTT);
    }

    @Test
    void withoutAQueueFifteenInAHundredAreNotTooMuch() {
        round(140, RTT);
        assertThat(judge.isTooMuch(RTT)).isFalse();
        judge.onLoss(20L * PACKET);
        assertThat(judge.isTooMuch(RTT)).isTrue();
    }

    @Test
    void withAQueueTwoInAHundredAreTooMuch() {
        round(19, WITH_QUEUE);
        assertThat(judge.isTooMuch(RTT)).isFalse();
        judge.onLoss(10L * PACKET);
        assertThat(judge.isTooMuch(RTT)).isTrue();
    }

    @Test
    void whatIsLostWithoutAQueueIsThePathsOwnAndAddedToTheLimit() {
        for (int i = 0; i < 30; i++) {
            round(50, RTT);
            next();
        }
        assertThat(judge.own()).isCloseTo(0.05, within(0.001));
        round(50, WITH_QUEUE);
        next();
        round(60, WITH_QUEUE);
        assertThat(judge.isTooMuch(RTT)).isFalse();
        judge.onLoss(20L * PACKET);
        assertThat(judge.isTooMuch(RTT)).isTrue();
    }

    @Test
    void whatIsLostWithAQueueIsNoEvidenceOfThePath() {
        for (int i = 0; i < 30; i++) {
            round(50, WITH_QUEUE);
            next();
        }
        assertThat(judge.own()).isZero();
    }

    @Test
    void whatAProbeLosesIsNoEvidenceOfThePath() {
        for (int i = 0; i < 30; i++) {
            round(50, RTT);
            judge.beginRound(1_000L * PACKET, true, RTT);
        }
        assertThat(judge.own()).isZero();
    }

    @Test
    void moreThanTenInAHundredAreNeverThePathsOwn() {
        for (int i = 0; i < 30; i++) {
            round(140, RTT);
            next();
        }
        assertThat(judge.own()).isEqualTo(0.10);
    }

    @Test
    void aQueueOfTheRoundBeforeStillExplainsLosses() {
        round(0, WITH_QUEUE);
        next();
        round(50, RTT);
        assertThat(judge.isTooMuch(RTT)).isTrue();
    }

    @Test
    void twoPacketsOfAFewAreChance() {
        judge.beginRound(10L * PACKET, false, RTT);
        judge.onLoss(2L * PACKET);
        sample.clear(0, 0, RTT);
        sample.bytes = 8L * PACKET;
        sample.rttNanos = WITH_QUEUE;
        judge.onAcked(sample);
        assertThat(judge.isTooMuch(RTT)).isFalse();
        judge.onLoss(PACKET);
        assertThat(judge.isTooMuch(RTT)).isTrue();
    }
}
