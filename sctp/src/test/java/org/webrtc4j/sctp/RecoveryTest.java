package org.webrtc4j.sctp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.webrtc4j.sctp.RawPeer.MILLI;
import static org.webrtc4j.sctp.RawPeer.OUR_TSN;
import static org.webrtc4j.sctp.RawPeer.chunk;
import static org.webrtc4j.sctp.RawPeer.i32;
import static org.webrtc4j.sctp.RawPeer.u16;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a sender does with SACKs: good, late, missing, contradictory and malicious ones. */
class RecoveryTest {

    private static final int FULL = 1160;

    private final RawPeer peer = RawPeer.established();

    private void send(int packets) {
        peer.send(0, packets * FULL);
        peer.turn();
    }

    @Test
    void theInitialWindowIsTenPackets() {
        send(30);
        assertThat(peer.takeTsns())
                .containsExactlyElementsOf(IntStream.range(0, 10).boxed().toList());
        assertThat(peer.packets).isEqualTo(12);
    }

    @Test
    void slowStartDoublesPerRoundTrip() {
        send(200);
        peer.takeTsns();
        peer.receive(peer.sack(9));
        assertThat(peer.takeTsns()).hasSize(20);
        peer.receive(peer.sack(29));
        assertThat(peer.takeTsns()).hasSize(40);
    }

    @Test
    void theWindowDoesNotGrowWhileItIsNotFull() {
        long before = peer.association.stats().congestionWindow();
        for (int i = 0; i < 50; i++) {
            send(1);
            peer.receive(peer.sack(i));
        }
        assertThat(peer.association.stats().congestionWindow()).isEqualTo(before);
    }

    @Test
    void threeReportsMakeALossAndTheWindowHalves() {
        send(10);
        long before = peer.association.stats().congestionWindow();
        peer.takeTsns();
        peer.receive(peer.sack(-1, 2, 2));
        peer.receive(peer.sack(-1, 2, 3));
        assertThat(peer.takeTsns()).isEmpty();
        peer.receive(peer.sack(-1, 2, 4));
        assertThat(peer.takeTsns()).containsExactly(0);
        assertThat(peer.association.stats().congestionWindow()).isEqualTo(before / 2);
        assertThat(peer.association.stats().fastRecoveries()).isEqualTo(1);
    }

    @Test
    void theSameReportThreeTimesIsOne() {
        send(10);
        peer.takeTsns();
        for (int i = 0; i < 10; i++) {
            peer.receive(peer.sack(-1, 2, 2));
        }
        assertThat(peer.takeTsns()).isEmpty();
    }

    @Test
    void aChunkSentAgainIsLostAgainOnlyByNewerOnes() {
        send(30);
        peer.takeTsns();
        peer.receive(peer.sack(-1, 2, 2));
        peer.receive(peer.sack(-1, 2, 3));
        peer.receive(peer.sack(-1, 2, 4));
        assertThat(peer.takeTsns()).containsExactly(10, 11, 0);
        // Reports of what was sent before say nothing of the second transmission; one of the first sent after it does.
        for (int end = 5; end <= 12; end++) {
            peer.receive(peer.sack(-1, 2, end));
        }
        assertThat(peer.takeTsns()).contains(12, 13, 14).doesNotContain(0);
        assertThat(peer.association.stats().chunksRetransmitted()).isEqualTo(1);
        peer.receive(peer.sack(-1, 2, 13));
        assertThat(peer.takeTsns()).contains(0);
    }

    @Test
    void oneRecoveryIsOneReduction() {
        send(10);
        for (int end = 2; end <= 5; end++) {
            peer.receive(peer.sack(-1, 2, end));
        }
        long window = peer.association.stats().congestionWindow();
        peer.receive(peer.sack(0, 1, 4, 6, 6));
        peer.receive(peer.sack(0, 1, 4, 6, 7));
        peer.receive(peer.sack(0, 1, 4, 6, 8));
        assertThat(peer.association.stats().congestionWindow()).isEqualTo(window);
        assertThat(peer.association.stats().fastRecoveries()).isEqualTo(1);
    }

    @Test
    void aRecoveryEndsWhenAllThatWasOutstandingAtItsBeginningIsAcknowledged() {
        send(40);
        peer.takeTsns();
        for (int end = 2; end <= 4; end++) {
            peer.receive(peer.sack(-1, 2, end));
        }
        int exit = peer.takeTsns().stream().mapToInt(tsn -> tsn).max().orElseThrow();
        long window = peer.association.stats().congestionWindow();
        peer.receive(peer.sack(exit - 1));
        assertThat(peer.association.stats().congestionWindow()).isEqualTo(window);
        peer.receive(peer.sack(exit));
        peer.receive(peer.sack(exit, 2, 2));
        peer.receive(peer.sack(exit, 2, 3));
        assertThat(peer.association.stats().fastRecoveries()).isEqualTo(1);
        peer.receive(peer.sack(exit, 2, 4));
        assertThat(peer.association.stats().fastRecoveries()).isEqualTo(2);
    }

    @Test
    void theFirstRetransmissionIgnoresTheWindowAndTheSecondDoesNot() {
        send(10);
        peer.takeTsns();
        peer.receive(peer.sack(-1, 3, 3));
        peer.receive(peer.sack(-1, 3, 4));
        peer.receive(peer.sack(-1, 3, 5));
        // Five are in flight, and the window is five.
        assertThat(peer.takeTsns()).containsExactly(0);
        assertThat(peer.association.stats().congestionWindow()).isEqualTo(5 * (FULL + 16));
        assertThat(peer.association.stats().bytesInFlight()).isEqualTo(6 * (FULL + 16));
        peer.receive(peer.sack(-1, 3, 6));
        assertThat(peer.takeTsns()).isEmpty();
        peer.receive(peer.sack(-1, 3, 7));
        assertThat(peer.takeTsns()).containsExactly(1);
    }

    @Test
    void aPeerThatAcknowledgesBeforeItCanHaveReceivedGetsNoMoreThanItsWindow() {
        RawPeer optimistic = RawPeer.established(RawPeer.options(), 100_000);
        optimistic.send(0, 2_000 * FULL);
        optimistic.turn();
        int acked = -1;
        while (acked < 1_000) {
            assertThat(optimistic.association.stats().bytesInFlight())
                    .isLessThanOrEqualTo(100_000L / FULL * (FULL + 16));
            acked += optimistic.takeTsns().size();
            optimistic.receive(optimistic.sack(acked));
        }
        assertThat(optimistic.drops(SctpDrop.INVALID_SACK)).isZero();
    }

    @Test
    void withoutAnAnswerEverythingIsSentAgainOnePacketAtATimeAndBackingOffEndsAtThreeSeconds() {
        RawPeer silent = RawPeer.established();
        silent.send(0, 5 * FULL);
        silent.turn();
        silent.takeTsns();
        silent.pass(500 * MILLI);
        assertThat(silent.takeTsns()).containsExactly(0);
        silent.pass(1_000 * MILLI);
        assertThat(silent.takeTsns()).containsExactly(0);
        silent.pass(60_000 * MILLI);
        assertThat(silent.takeTsns()).hasSizeBetween(19, 22).containsOnly(0);
        assertThat(silent.association.state()).isEqualTo(SctpState.ESTABLISHED);
        silent.receive(silent.sack(0));
        assertThat(silent.takeTsns()).containsExactly(1, 2);
    }

    @Test
    void withALimitOnRetransmissionsAnUnansweredAssociationEnds() {
        RawPeer limited = RawPeer.established(RawPeer.options().maxAssociationRetransmits(3));
        limited.send(0, 100);
        limited.turn();
        limited.pass(60_000 * MILLI);
        assertThat(limited.sent(0)).hasSize(4);
        assertThat(limited.sent(6)).hasSize(1);
        assertThat(limited.events(SctpEvent.Closed.class))
                .singleElement()
                .satisfies(c -> assertThat(c.cause().kind()).isEqualTo(SctpCloseCause.Kind.TOO_MANY_RETRIES));
    }

    @Test
    void aTailThatIsLostIsProbedBeforeTheTimeout() {
        send(2);
        peer.pass(50 * MILLI);
        peer.receive(peer.sack(1));
        peer.takeTsns();
        send(2);
        peer.takeTsns();
        peer.pass(103 * MILLI);
        assertThat(peer.takeTsns()).containsExactly(3);
        assertThat(peer.association.stats().probes()).isEqualTo(1);
        assertThat(peer.association.stats().timeouts()).isZero();
        long window = peer.association.stats().congestionWindow();
        peer.pass(50 * MILLI);
        peer.receive(peer.sack(3));
        assertThat(peer.association.stats().congestionWindow()).isGreaterThanOrEqualTo(window);
        assertThat(peer.association.nextTimeout()).isGreaterThan(peer.now + 1_000 * MILLI);
    }

    @Test
    void aClosedWindowStopsTheSenderAndIsProbedWithOnePacket() {
        RawPeer closed = RawPeer.established();
        closed.window = 0;
        closed.send(0, 3 * FULL);
        closed.send(0, 30 * FULL);
        closed.turn();
        closed.takeTsns();
        closed.receive(closed.sack(9));
        assertThat(closed.takeTsns()).isEmpty();
        closed.pass(250 * MILLI);
        assertThat(closed.takeTsns()).containsExactly(10);
        closed.receive(closed.sack(10));
        assertThat(closed.takeTsns()).isEmpty();
        closed.pass(20_000 * MILLI);
        assertThat(closed.takeTsns()).isNotEmpty().containsOnly(11);
        closed.window = 1 << 20;
        closed.receive(closed.sack(11));
        assertThat(closed.takeTsns()).isNotEmpty();
    }

    @Test
    void aWindowClosedForEverDoesNotEndTheAssociationWhileThePeerAnswers() {
        RawPeer closed = RawPeer.established(RawPeer.options().maxAssociationRetransmits(3));
        closed.send(0, 100 * FULL);
        closed.turn();
        closed.window = 0;
        int acked = closed.takeTsns().size() - 1;
        for (int i = 0; i < 50; i++) {
            closed.receive(closed.sack(acked));
            closed.pass(5_000 * MILLI);
            acked += closed.takeTsns().isEmpty() ? 0 : 1;
        }
        assertThat(closed.association.state()).isEqualTo(SctpState.ESTABLISHED);
        assertThat(acked).isGreaterThan(40);
    }

    @Test
    void sacksThatNameWhatWasNeverSentChangeNothing() {
        send(5);
        SctpStats before = peer.association.stats();
        peer.receive(peer.sack(5));
        peer.receive(peer.sack(-1, 1, 6));
        peer.receive(peer.sack(0, 60_000, 65_535));
        peer.receive(chunk(3, 0, i32(OUR_TSN + (1 << 30), 0), u16(0, 0)));
        assertThat(peer.drops(SctpDrop.INVALID_SACK) + peer.drops(SctpDrop.OLD_SACK))
                .isEqualTo(4);
        assertThat(peer.association.stats().bytesInFlight()).isEqualTo(before.bytesInFlight());
        assertThat(peer.association.stats().peerWindow()).isEqualTo(before.peerWindow());
    }

    @Test
    void impossibleGapBlocksChangeNothing() {
        send(5);
        peer.receive(peer.sack(-1, 0, 2));
        peer.receive(peer.sack(-1, 3, 2));
        peer.receive(chunk(3, 0, i32(OUR_TSN, 9), u16(1, 0)));
        peer.receive(chunk(3, 0, i32(OUR_TSN, 9), u16(0, 0), new byte[4]));
        peer.receive(chunk(3, 0, i32(OUR_TSN, 9), u16(0, 1)));
        peer.receive(chunk(3, 0, i32(OUR_TSN, 9), u16(65_535, 65_535)));
        peer.receive(peer.sack(-1, 1, 2));
        assertThat(peer.drops(SctpDrop.INVALID_SACK)).isEqualTo(7);
        peer.receive(chunk(3, 0, i32(OUR_TSN, 9)));
        assertThat(peer.drops(SctpDrop.MALFORMED_CHUNK)).isEqualTo(1);
        assertThat(peer.association.stats().bytesInFlight()).isEqualTo(5 * (FULL + 16));
    }

    @Test
    void blocksTouchingOverlappingOrOutOfOrderCountOnce() {
        send(8);
        peer.receive(peer.sack(-1, 2, 2, 3, 3));
        assertThat(peer.association.stats().bytesInFlight()).isEqualTo(6 * (FULL + 16));
        peer.receive(peer.sack(-1, 2, 3, 3, 5));
        assertThat(peer.association.stats().bytesInFlight()).isEqualTo(6 * (FULL + 16));
        peer.receive(peer.sack(-1, 5, 5, 2, 3));
        assertThat(peer.association.stats().bytesInFlight()).isEqualTo(7 * (FULL + 16));
        peer.receive(peer.sack(7));
        assertThat(peer.association.stats().bytesInFlight()).isZero();
    }

    @Test
    void anOldSackIsIgnored() {
        send(5);
        peer.receive(peer.sack(3));
        peer.receive(peer.sack(1));
        assertThat(peer.drops(SctpDrop.OLD_SACK)).isEqualTo(1);
        assertThat(peer.association.stats().bytesInFlight()).isEqualTo(FULL + 16);
    }

    @Test
    void whatThePeerTakesBackIsSentAgain() {
        send(5);
        peer.receive(peer.sack(-1, 2, 4));
        assertThat(peer.association.stats().bytesInFlight()).isEqualTo(2 * (FULL + 16));
        peer.receive(peer.sack(0));
        assertThat(peer.association.stats().bytesInFlight()).isEqualTo(4 * (FULL + 16));
        peer.takeTsns();
        peer.pass(1_000 * MILLI);
        assertThat(peer.takeTsns()).contains(1);
    }

    @Test
    void tenThousandSacksWithoutProgressSendNothing() {
        send(5);
        peer.takeTsns();
        for (int i = 0; i < 10_000; i++) {
            peer.receive(peer.sack(-1, 3, 3));
        }
        assertThat(peer.takeTsns()).isEmpty();
        assertThat(peer.association.stats().fastRecoveries()).isZero();
    }

    @Test
    void aBurstIsBoundedAfterAnIdleTimeOrALargeWindow() {
        send(200);
        int acked = -1;
        for (int size = peer.takeTsns().size(); size > 0; size = peer.takeTsns().size()) {
            acked += size;
            peer.receive(peer.sack(acked));
        }
        assertThat(acked).isEqualTo(199);
        assertThat(peer.association.stats().congestionWindow()).isGreaterThan(50 * FULL);
        send(100);
        assertThat(peer.takeTsns()).hasSizeLessThanOrEqualTo(11);
    }

    @Test
    void noTurnSendsMoreThanTwoMebibytesHoweverMuchWasAcknowledged() {
        RawPeer wide =
                RawPeer.established(RawPeer.options().streamBufferSize(32 << 20).maxSendMessageSize(0), 8 << 20);
        wide.send(0, 16 << 20);
        wide.turn();
        int acked = -1;
        int largest = 0;
        for (int size = wide.takeTsns().size(); size > 0; size = wide.takeTsns().size()) {
            largest = Math.max(largest, size);
            acked += size;
            wide.receive(wide.sack(acked));
        }
        assertThat(acked).isEqualTo(((16 << 20) + FULL - 1) / FULL - 1);
        assertThat(largest * 1176).isBetween(1 << 20, (2 << 20) + 1176);
    }

    @Test
    void afterAnIdleTimeTheWindowIsTheInitialOne() {
        send(100);
        peer.receive(peer.sack(9));
        peer.receive(peer.sack(29));
        peer.receive(peer.sack(69));
        peer.receive(peer.sack(99));
        assertThat(peer.association.stats().congestionWindow()).isGreaterThan(20_000);
        peer.pass(5_000 * MILLI);
        send(1);
        assertThat(peer.association.stats().congestionWindow()).isEqualTo(10 * 1176);
    }

    @Test
    void smallMessagesShareAPacketAndTheTailOfALargeOneIsNotCutToPieces() {
        for (int i = 0; i < 5; i++) {
            peer.send(0, 100);
        }
        peer.send(1, 1100);
        peer.turn();
        assertThat(peer.sent(0)).extracting(c -> c.packet() - 2).containsExactly(1, 1, 1, 1, 1, 1, 2);
    }

    @Test
    void naglesRuleHoldsASmallMessageBackWhileOthersAreOutstanding() {
        RawPeer nagle = RawPeer.established(RawPeer.options().noDelay(false));
        nagle.send(0, 100);
        nagle.turn();
        nagle.send(0, 100);
        nagle.turn();
        assertThat(nagle.takeTsns()).containsExactly(0);
        nagle.receive(nagle.sack(0));
        assertThat(nagle.takeTsns()).containsExactly(1);
    }
}
