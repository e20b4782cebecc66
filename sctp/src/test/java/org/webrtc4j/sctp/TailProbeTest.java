package org.webrtc4j.sctp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.webrtc4j.sctp.RawPeer.MILLI;

import org.junit.jupiter.api.Test;

/** The tail loss probe (RFC 8985 section 7): the end of a train is asked after before T3 costs the window. */
class TailProbeTest {

    private static final int FULL = 1160;
    private static final long RTT = 50 * MILLI;

    private final RawPeer peer = RawPeer.established();

    TailProbeTest() {
        send(2);
        peer.pass(RTT);
        peer.receive(peer.sack(1));
        peer.takeTsns();
    }

    private void send(int packets) {
        peer.send(0, packets * FULL);
        peer.turn();
    }

    private long window() {
        return peer.association.stats().congestionWindow();
    }

    @Test
    void theLastOfATrainIsSentAgainAfterTwoRoundTrips() {
        send(3);
        peer.takeTsns();
        peer.pass(2 * RTT + MILLI);
        assertThat(peer.takeTsns()).isEmpty();
        peer.pass(MILLI);
        assertThat(peer.takeTsns()).containsExactly(4);
        assertThat(peer.association.stats().probes()).isEqualTo(1);
    }

    @Test
    void theEndOfATrainAsksToBeAcknowledgedAtOnceSoThatAWaitForADelayIsNotNeeded() {
        send(10);
        assertThat(peer.sent(0))
                .extracting(c -> c.flags() & 8)
                .endsWith(0, 0, 8)
                .containsOnlyOnce(8);
        peer.sent.clear();
        peer.pass(RTT);
        peer.receive(peer.sack(10));
        peer.pass(2 * RTT + 2 * MILLI);
        assertThat(peer.takeTsns()).containsExactly(11);
    }

    @Test
    void aLonePacketMayBeAcknowledgedLateAndIsProbedWhenT3WouldExpire() {
        send(10);
        peer.pass(RTT);
        peer.receive(peer.sack(11));
        peer.takeTsns();
        send(1);
        assertThat(peer.sent(0)).extracting(c -> c.flags() & 8).containsExactly(0);
        peer.sent.clear();
        peer.pass(219 * MILLI);
        assertThat(peer.takeTsns()).isEmpty();
        long before = window();
        peer.pass(2 * MILLI);
        assertThat(peer.takeTsns()).containsExactly(12);
        assertThat(peer.association.stats().probes()).isEqualTo(1);
        assertThat(peer.association.stats().timeouts()).isZero();
        assertThat(window()).isEqualTo(before);
        // The probe is lost, too.
        peer.pass(221 * MILLI);
        assertThat(peer.association.stats().timeouts()).isEqualTo(1);
    }

    @Test
    void theProbeIsNewDataIfThereIsSome() {
        send(40);
        int sent = peer.takeTsns().size();
        peer.pass(2 * RTT + 2 * MILLI);
        assertThat(peer.takeTsns()).containsExactly(2 + sent);
        assertThat(peer.association.stats().bytesInFlight()).isGreaterThan(window());
    }

    @Test
    void oneProbeIsSentBeforeTheNextAcknowledgement() {
        send(3);
        peer.takeTsns();
        peer.pass(2 * RTT + 2 * MILLI);
        peer.takeTsns();
        peer.pass(200 * MILLI);
        assertThat(peer.takeTsns()).isEmpty();
        assertThat(peer.association.stats().probes()).isEqualTo(1);
    }

    @Test
    void aProbeThatRepairedALossHalvesTheWindow() {
        send(10);
        peer.pass(2 * RTT + 2 * MILLI);
        peer.takeTsns();
        peer.pass(RTT);
        peer.receive(peer.sack(11));
        long before = window();
        send(10);
        peer.pass(RTT);
        peer.receive(peer.sack(13));
        assertThat(window()).isEqualTo(before / 2);
        assertThat(peer.association.stats().fastRecoveries()).isZero();
    }

    @Test
    void aProbeThatWasNotNeededChangesNothing() {
        send(10);
        peer.pass(2 * RTT + 2 * MILLI);
        peer.takeTsns();
        long before = window();
        peer.receive(peer.sack(11));
        peer.pass(RTT);
        peer.receive(peer.sack(11, new int[] {}, 11));
        send(10);
        peer.pass(RTT);
        peer.receive(peer.sack(13));
        assertThat(window()).isGreaterThanOrEqualTo(before);
        assertThat(peer.association.stats().spuriousRecoveries()).isZero();
    }

    @Test
    void withoutASampleThereIsNoProbeAndT3WaitsHalfASecond() {
        RawPeer fresh = RawPeer.established();
        fresh.send(0, 3 * FULL);
        fresh.turn();
        fresh.takeTsns();
        fresh.pass(499 * MILLI);
        assertThat(fresh.takeTsns()).isEmpty();
        fresh.pass(2 * MILLI);
        assertThat(fresh.takeTsns()).containsExactly(0);
        assertThat(fresh.association.stats().probes()).isZero();
        assertThat(fresh.association.stats().timeouts()).isEqualTo(1);
    }
}
