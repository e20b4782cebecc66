package org.webrtc4j.sctp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.webrtc4j.sctp.RawPeer.chunk;
import static org.webrtc4j.sctp.RawPeer.data;

import org.junit.jupiter.api.Test;

class HeartbeatTest {

    private static final long SECOND = 1_000_000_000L;

    private void answer(RawPeer peer) {
        peer.sent(4).forEach(h -> peer.receive(chunk(5, 0, h.value())));
        peer.sent.clear();
    }

    @Test
    void anIdleAssociationAsksAboutEveryThirtySeconds() {
        RawPeer peer = RawPeer.established();
        peer.pass(30 * SECOND);
        assertThat(peer.sent(4)).isEmpty();
        int asked = 0;
        for (int i = 0; i < 600; i++) {
            peer.pass(SECOND);
            asked += peer.sent(4).size();
            answer(peer);
        }
        assertThat(asked).isBetween(18, 20);
        assertThat(peer.drops(SctpDrop.FOREIGN_HEARTBEAT_ACK)).isZero();
    }

    @Test
    void aPeerThatSpeaksIsNotAsked() {
        RawPeer peer = RawPeer.established();
        for (int i = 0; i < 100; i++) {
            peer.pass(10 * SECOND);
            peer.receive(data(i, 3, 0, i, (byte) 1));
        }
        assertThat(peer.sent(4)).isEmpty();
    }

    @Test
    void anAnswerCountsOnceAndOnlyWithItsNonce() {
        RawPeer peer = RawPeer.established();
        peer.pass(31 * SECOND);
        RawPeer.Chunk heartbeat = peer.take(4).get(0);
        byte[] forged = heartbeat.value().clone();
        forged[5] ^= 1;
        peer.receive(chunk(5, 0, forged));
        assertThat(peer.drops(SctpDrop.FOREIGN_HEARTBEAT_ACK)).isEqualTo(1);
        peer.receive(chunk(5, 0, heartbeat.value()));
        peer.receive(chunk(5, 0, heartbeat.value()));
        assertThat(peer.drops(SctpDrop.FOREIGN_HEARTBEAT_ACK)).isEqualTo(2);
    }

    @Test
    void withoutLimitSilenceIsIcesBusinessAndWithOneTheAssociationEnds() {
        RawPeer patient = RawPeer.established();
        patient.pass(3600 * SECOND);
        assertThat(patient.association.state()).isEqualTo(SctpState.ESTABLISHED);
        RawPeer limited = RawPeer.established(RawPeer.options().maxAssociationRetransmits(2));
        limited.pass(3600 * SECOND);
        assertThat(limited.sent(4)).hasSize(3);
        assertThat(limited.events(SctpEvent.Closed.class)).hasSize(1);
    }

    @Test
    void noneAreSentWhenTurnedOff() {
        RawPeer silent = RawPeer.established(RawPeer.options().heartbeatIntervalNanos(0));
        assertThat(silent.association.nextTimeout()).isEqualTo(Long.MAX_VALUE);
    }
}
