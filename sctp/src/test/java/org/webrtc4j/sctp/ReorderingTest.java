package org.webrtc4j.sctp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.webrtc4j.sctp.RawPeer.MILLI;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Loss found by time (RFC 8985): what may still come is waited for, what is overdue is sent again. */
class ReorderingTest {

    private static final int FULL = 1160;
    private static final long RTT = 40 * MILLI;

    private final RawPeer peer = RawPeer.established();
    private int next = 2;

    ReorderingTest() {
        peer.send(0, 2 * FULL);
        peer.turn();
        peer.pass(RTT);
        peer.receive(peer.sack(1));
        peer.takeTsns();
    }

    /** Sends ten packets that leave together, and waits for a round trip; returns the first. */
    private int train() {
        peer.send(0, 10 * FULL);
        peer.turn();
        int first = next;
        assertThat(peer.takeTsns()).hasSize(10).startsWith(first);
        next += 10;
        peer.pass(RTT);
        return first;
    }

    /** A SACK for everything below {@code hole} and for so many packets behind it. */
    private void gap(int hole, int behind) {
        peer.receive(peer.sack(hole - 1, 2, 1 + behind));
    }

    private long sentAgain() {
        return peer.association.stats().chunksRetransmitted();
    }

    @Test
    void aPacketOvertakenForLessThanAQuarterOfTheRoundTripIsNotSentAgain() {
        int hole = train();
        gap(hole, 2);
        peer.pass(RTT / 4 - MILLI);
        assertThat(sentAgain()).isZero();
        peer.receive(peer.sack(next - 1));
        peer.pass(RTT);
        assertThat(sentAgain()).isZero();
        assertThat(peer.association.stats().fastRecoveries()).isZero();
    }

    @Test
    void aPacketOvertakenForLongerIsLostWithoutAThirdReport() {
        int hole = train();
        gap(hole, 1);
        peer.pass(RTT / 4 - MILLI);
        assertThat(peer.takeTsns()).isEmpty();
        peer.pass(MILLI);
        assertThat(peer.takeTsns()).containsExactly(hole);
        assertThat(peer.association.stats().fastRecoveries()).isEqualTo(1);
    }

    @Test
    void oncePacketsHaveChangedPlacesReportsAloneProveNothing() {
        int hole = train();
        gap(hole, 1);
        peer.receive(peer.sack(hole + 1));
        for (int behind = 1; behind <= 7; behind++) {
            gap(hole + 2, behind);
        }
        peer.pass(RTT / 4 - MILLI);
        assertThat(sentAgain()).isZero();
        peer.receive(peer.sack(next - 1));
        peer.pass(RTT);
        assertThat(sentAgain()).isZero();
    }

    @Test
    void aRetransmissionThatIsLostIsFoundByWhatWasSentAfterIt() {
        int hole = train();
        gap(hole, 3);
        assertThat(peer.takeTsns()).containsExactly(hole);
        peer.receive(peer.sack(hole - 1, 2, 10));
        peer.send(0, 2 * FULL);
        peer.turn();
        assertThat(peer.takeTsns()).containsExactly(next, next + 1);
        peer.pass(RTT);
        peer.receive(peer.sack(hole - 1, 2, 11));
        assertThat(peer.takeTsns()).containsExactly(hole);
        assertThat(peer.association.stats().timeouts()).isZero();
        assertThat(peer.association.stats().fastRecoveries()).isEqualTo(1);
    }

    /** One packet comes so much later than those behind it; if it was sent again meanwhile, the peer has it twice. */
    private void straggle(long lateness) {
        int hole = train();
        gap(hole, 9);
        peer.pass(lateness);
        int[] duplicates = peer.takeTsns().stream().mapToInt(tsn -> tsn).toArray();
        peer.receive(peer.sack(next - 1));
        peer.pass(RTT);
        peer.receive(peer.sack(next - 1, new int[] {}, duplicates));
    }

    @Test
    void aReportedDuplicateMakesTheSenderWaitLonger() {
        straggle(0);
        assertThat(sentAgain()).isEqualTo(1);
        assertThat(peer.association.stats().spuriousRecoveries()).isEqualTo(1);
        straggle(RTT / 2 - MILLI);
        assertThat(sentAgain()).isEqualTo(1);
        straggle(RTT / 2);
        assertThat(sentAgain()).isEqualTo(2);
        straggle(3 * RTT / 4 - MILLI);
        assertThat(sentAgain()).isEqualTo(2);
    }

    @Test
    void theSenderNeverWaitsLongerThanARoundTrip() {
        for (int i = 0; i < 10; i++) {
            straggle(RTT);
        }
        long before = sentAgain();
        straggle(2 * RTT);
        assertThat(sentAgain()).isGreaterThan(before);
    }

    @Test
    void afterSixteenRecoveriesOfWhatWasLostThePatienceIsOver() {
        straggle(0);
        straggle(RTT / 2 - MILLI);
        assertThat(sentAgain()).isEqualTo(1);
        for (int i = 0; i < 16; i++) {
            int hole = train();
            gap(hole, 9);
            peer.pass(RTT / 2);
            assertThat(peer.takeTsns()).containsExactly(hole);
            peer.pass(RTT);
            peer.receive(peer.sack(next - 1));
            // Ten packets of window again.
            while (peer.association.stats().congestionWindow() < 10 * 1176) {
                grow(10);
            }
        }
        long before = sentAgain();
        straggle(RTT / 2 - MILLI);
        assertThat(sentAgain()).isEqualTo(before + 1);
    }

    private void grow(int packets) {
        peer.send(0, packets * FULL);
        peer.turn();
        int last = next + packets - 1;
        while (next <= last) {
            next += peer.takeTsns().size();
            peer.pass(RTT);
            peer.receive(peer.sack(next - 1));
        }
    }

    @Test
    void duplicatesOfWhatWasNeverSentAgainSayNothing() {
        long window = peer.association.stats().congestionWindow();
        int hole = train();
        peer.receive(peer.sack(hole - 1, new int[] {2, 2}, hole + 1, hole - 1, hole + 1_000_000, -5));
        peer.pass(RTT / 4);
        assertThat(peer.takeTsns()).containsExactly(hole);
        assertThat(peer.association.stats().spuriousRecoveries()).isZero();
        assertThat(peer.association.stats().congestionWindow()).isLessThan(window);
    }

    @Test
    void whatASackHasNoRoomToReportIsNotSentAgainBeforeItIsReportedMissing() {
        grow(90);
        peer.send(0, 60 * FULL);
        peer.turn();
        peer.pass(RTT / 2);
        List<Integer> sent = peer.takeTsns();
        int first = sent.get(0);
        assertThat(sent.size()).isGreaterThan(45);
        peer.pass(RTT);
        // Every second one of forty is missing; no room for what is beyond.
        peer.receive(peer.sack(first - 1, everySecond(2)));
        peer.pass(RTT);
        // The first retransmission has come, so that all sent before it is overdue.
        peer.receive(peer.sack(first + 1, everySecond(2)));
        peer.pass(RTT / 2);
        assertThat(peer.takeTsns()).contains(first, first + 2).allMatch(tsn -> tsn <= first + 42);
        peer.receive(peer.sack(first + 41));
        peer.pass(RTT / 2);
        assertThat(peer.takeTsns()).contains(first + 42);
    }

    private static int[] everySecond(int from) {
        int[] gaps = new int[40];
        for (int i = 0; i < 20; i++) {
            gaps[2 * i] = from + 2 * i;
            gaps[2 * i + 1] = from + 2 * i;
        }
        return gaps;
    }
}
