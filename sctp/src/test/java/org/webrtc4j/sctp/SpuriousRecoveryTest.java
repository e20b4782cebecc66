package org.webrtc4j.sctp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.webrtc4j.sctp.RawPeer.MILLI;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a recovery or a timeout has cost is given back when nothing was lost. */
class SpuriousRecoveryTest {

    private static final int FULL = 1160;
    private static final long RTT = 100 * MILLI;

    private final RawPeer peer = RawPeer.established();
    private final long window;

    SpuriousRecoveryTest() {
        peer.send(0, 2 * FULL);
        peer.turn();
        peer.pass(RTT);
        peer.receive(peer.sack(1));
        peer.send(0, 10 * FULL);
        peer.turn();
        peer.pass(20 * MILLI);
        assertThat(peer.takeTsns()).endsWith(10, 11);
        window = peer.association.stats().congestionWindow();
    }

    private SctpStats stats() {
        return peer.association.stats();
    }

    private void recoverFirst() {
        peer.pass(RTT);
        peer.receive(peer.sack(1, 2, 4));
        assertThat(peer.takeTsns()).containsExactly(2);
        assertThat(stats().congestionWindow()).isLessThan(window);
    }

    @Test
    void aRecoveryIsTakenBackWhenAllThatWasSentAgainIsReportedAsADuplicate() {
        recoverFirst();
        peer.receive(peer.sack(11));
        peer.pass(RTT);
        peer.receive(peer.sack(11, new int[] {}, 2));
        assertThat(stats().congestionWindow()).isGreaterThanOrEqualTo(window);
        assertThat(stats().slowStartThreshold()).isGreaterThan(window);
        assertThat(stats().spuriousRecoveries()).isEqualTo(1);
    }

    @Test
    void aRecoveryIsTakenBackWhenTheOriginalIsAcknowledgedSoonerThanTheRetransmissionCanBe() {
        recoverFirst();
        peer.pass(10 * MILLI);
        peer.receive(peer.sack(6));
        assertThat(stats().congestionWindow()).isGreaterThanOrEqualTo(window);
        assertThat(stats().spuriousRecoveries()).isEqualTo(1);
    }

    @Test
    void aRecoveryThatRepairedSomethingStands() {
        peer.pass(RTT);
        peer.receive(peer.sack(1, 3, 10));
        assertThat(peer.takeTsns()).containsExactly(2, 3);
        peer.pass(RTT);
        peer.receive(peer.sack(11));
        peer.receive(peer.sack(11, new int[] {}, 3));
        assertThat(stats().congestionWindow()).isLessThan(window);
        assertThat(stats().spuriousRecoveries()).isZero();
        // The duplicate of the other one comes a second time: packets are duplicated on this path, nothing else.
        peer.receive(peer.sack(11, new int[] {}, 3, 3, 3));
        assertThat(stats().spuriousRecoveries()).isZero();
    }

    private void timeOut() {
        peer.pass(3 * RTT);
        peer.takeTsns();
        peer.pass(10 * RTT);
        peer.takeTsns();
        assertThat(stats().timeouts()).isPositive();
        assertThat(stats().congestionWindow()).isEqualTo(1176);
    }

    @Test
    void aTimeoutIsTakenBackWhenTheOriginalIsAcknowledgedSoonerThanTheRetransmissionCanBe() {
        peer.pass(500 * MILLI);
        assertThat(stats().timeouts()).isEqualTo(1);
        assertThat(stats().probes()).isEqualTo(1);
        assertThat(stats().congestionWindow()).isEqualTo(1176);
        peer.takeTsns();
        peer.receive(peer.sack(3));
        assertThat(stats().congestionWindow()).isGreaterThanOrEqualTo(window);
        assertThat(stats().spuriousRecoveries()).isEqualTo(1);
        // The rest is on its way, too, and not sent again.
        assertThat(stats().bytesInFlight()).isEqualTo(8 * (FULL + 16));
        assertThat(peer.takeTsns()).isEmpty();
        peer.receive(peer.sack(11));
        assertThat(peer.takeTsns()).isEmpty();
        assertThat(stats().bytesInFlight()).isZero();
    }

    @Test
    void aTimeoutIsTakenBackWhenTheRetransmissionIsReportedAsADuplicate() {
        peer.pass(500 * MILLI);
        assertThat(stats().timeouts()).isEqualTo(1);
        peer.pass(RTT - MILLI);
        peer.receive(peer.sack(11, new int[] {}, 2));
        assertThat(stats().spuriousRecoveries()).isEqualTo(1);
        assertThat(stats().congestionWindow()).isGreaterThanOrEqualTo(window);
    }

    @Test
    void afterTheSecondTimeoutInARowOneDuplicateProvesNothing() {
        timeOut();
        int timeouts = (int) stats().timeouts();
        assertThat(timeouts).isGreaterThan(1);
        peer.pass(RTT);
        peer.receive(peer.sack(11, new int[] {}, 2));
        assertThat(stats().spuriousRecoveries()).isZero();
        peer.receive(peer.sack(
                11, new int[] {}, IntStream.range(0, timeouts).map(i -> 2).toArray()));
        assertThat(stats().spuriousRecoveries()).isEqualTo(1);
        assertThat(stats().congestionWindow()).isGreaterThanOrEqualTo(window);
    }

    @Test
    void aDelayThatComesAndGoesCostsNoWindow() {
        Pipe pipe = new Pipe(7);
        pipe.delayNanos = 20 * MILLI;
        Peer[] peers = Peer.connected(pipe, SctpOptions.defaults());
        for (int i = 0; i < 40; i++) {
            peers[0].send(1, new byte[60_000]);
        }
        pipe.runFor(150 * MILLI);
        long before = peers[0].association.stats().congestionWindow();
        pipe.delayNanos = 500 * MILLI;
        pipe.runFor(100 * MILLI);
        pipe.delayNanos = 20 * MILLI;
        pipe.runUntil(() -> peers[1].messages.size() == 40, 60_000 * MILLI);
        SctpStats stats = peers[0].association.stats();
        assertThat(peers[1].messages).hasSize(40);
        assertThat(stats.spuriousRecoveries()).isPositive();
        assertThat(stats.congestionWindow()).isGreaterThanOrEqualTo(before);
    }
}
