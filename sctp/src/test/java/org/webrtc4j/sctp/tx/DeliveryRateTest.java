package org.webrtc4j.sctp.tx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.webrtc4j.sctp.SendOptions;

/** Samples as draft-cheng-iccrg-delivery-rate-estimation takes them. */
class DeliveryRateTest {

    private static final long MILLI = 1_000_000L;
    private static final long RTT = 50 * MILLI;
    private static final int CHUNK = 1_000;
    private static final int HEADER = 16;

    private final OutstandingData outstanding = new OutstandingData();
    private final Acknowledgements acknowledgements = new Acknowledgements(outstanding);
    private final AckResult result = new AckResult();
    private final AckSample sample = new AckSample();
    private final OutboundMessage message =
            new OutboundMessage(new OutboundStream(0), 53, new byte[1 << 20], SendOptions.ORDERED, 0);
    private long now = 1_000 * MILLI;

    DeliveryRateTest() {
        outstanding.start(0, HEADER);
        acknowledgements.start(0);
    }

    private void send(int chunks) {
        for (int i = 0; i < chunks; i++) {
            outstanding.add(message, 0, CHUNK - HEADER, now);
        }
    }

    private void acknowledge(long tsn) {
        acknowledgements.apply(tsn, new byte[0], 0, 0, RTT, now, result);
        sample.clear(outstanding.flightBytes(), outstanding.rate().delivered(), RTT);
        outstanding.rate().onAcked(result, sample, RTT, now);
    }

    @Test
    void aSteadyFlowMeasuresItsRate() {
        // One chunk a millisecond, acknowledged a round trip later: a million bytes a second.
        long sent = 0;
        for (int i = 0; i < 500; i++) {
            send(1);
            sent++;
            if (i >= 50) {
                acknowledge(i - 50L);
            }
            now += MILLI;
        }
        assertThat(sample.deliveryRate).isCloseTo(1_000_000, within(20_000L));
        assertThat(sample.delivered).isEqualTo(450 * CHUNK);
        assertThat(sample.delivered - sample.deliveredBefore).isEqualTo(51 * CHUNK);
        assertThat(sample.appLimited).isFalse();
        assertThat(sent).isEqualTo(500);
    }

    @Test
    void acknowledgementsThatComeTogetherDoNotLookLikeSpeed() {
        long fastest = 0;
        for (int i = 0; i < 500; i++) {
            send(1);
            now += MILLI;
            // Held back on the way and told all at once, every twenty milliseconds.
            if (i > 70 && i % 20 == 0) {
                acknowledge(i - 50L);
                fastest = Math.max(fastest, sample.deliveryRate);
            }
        }
        assertThat(fastest).isBetween(900_000L, 1_500_000L);
    }

    @Test
    void aBurstIsNotFasterThanThePathThatDeliversIt() {
        send(100);
        now += RTT;
        long fastest = 0;
        for (int i = 0; i < 100; i++) {
            acknowledge(i);
            fastest = Math.max(fastest, sample.deliveryRate);
            now += MILLI;
        }
        assertThat(fastest).isLessThanOrEqualTo(1_000_000);
    }

    @Test
    void whatWasSentByASenderWithLittleToSendIsMarked() {
        send(1);
        outstanding.rate().onLimited(outstanding.flightBytes());
        now += RTT;
        acknowledge(0);
        assertThat(sample.appLimited).isFalse();
        send(1);
        now += RTT;
        acknowledge(1);
        assertThat(sample.appLimited).isTrue();
        // From here on there is always more.
        send(10);
        now += RTT;
        acknowledge(11);
        assertThat(sample.appLimited).isFalse();
    }

    @Test
    void anOriginalAcknowledgedAfterItsRetransmissionGivesNoRate() {
        send(1);
        now += 10 * RTT;
        outstanding.markAllLost();
        outstanding.sentAgain(0, now);
        now += MILLI;
        acknowledge(0);
        assertThat(sample.deliveryRate).isZero();
        assertThat(sample.delivered).isEqualTo(CHUNK);
    }

    @Test
    void whatThePeerTakesBackIsNotDelivered() {
        send(3);
        now += RTT;
        acknowledgements.apply(-1, new byte[] {0, 2, 0, 3}, 0, 1, RTT, now, result);
        outstanding.rate().onAcked(result, sample, RTT, now);
        assertThat(outstanding.rate().delivered()).isEqualTo(2 * CHUNK);
        acknowledgements.apply(-1, new byte[0], 0, 0, RTT, now, result);
        assertThat(outstanding.rate().delivered()).isZero();
    }
}
