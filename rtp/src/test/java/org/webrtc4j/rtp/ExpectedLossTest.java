package org.webrtc4j.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExpectedLossTest {

    private final ExpectedLoss loss = new ExpectedLoss();

    @Test
    void aReportOfLossIsBelievedAtOnce() {
        loss.onReport(0.2);
        assertThat(loss.takeChange()).isTrue();
        assertThat(loss.percent()).isEqualTo(20);
    }

    @Test
    void oneGoodReportDoesNotEndTheExpectationAndManyDo() {
        loss.onReport(0.2);
        loss.onReport(0);
        assertThat(loss.percent()).isEqualTo(10);
        for (int i = 0; i < 5; i++) {
            loss.onReport(0);
        }
        assertThat(loss.percent()).isZero();
    }

    @Test
    void nothingIsToldWhileThePercentageStays() {
        loss.onReport(0);
        assertThat(loss.takeChange()).isFalse();
        loss.onReport(0.05);
        assertThat(loss.takeChange()).isTrue();
        loss.onReport(0.055);
        assertThat(loss.takeChange()).isFalse();
    }
}
