package org.webrtc4j.sctp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.webrtc4j.sctp.RawPeer.MILLI;
import static org.webrtc4j.sctp.RawPeer.OUR_TSN;
import static org.webrtc4j.sctp.RawPeer.PEER_TSN;
import static org.webrtc4j.sctp.RawPeer.chunk;
import static org.webrtc4j.sctp.RawPeer.data;
import static org.webrtc4j.sctp.RawPeer.i32;
import static org.webrtc4j.sctp.RawPeer.init;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ShutdownTest {

    private static final long SECOND = 1_000_000_000L;

    private static SctpCloseCause.Kind closed(Peer peer) {
        List<SctpEvent.Closed> events = peer.events(SctpEvent.Closed.class);
        assertThat(events).hasSize(1);
        assertThat(peer.association.nextTimeout()).isEqualTo(Long.MAX_VALUE);
        return events.get(0).cause().kind();
    }

    @Test
    void queuedDataOfBothSidesIsDeliveredBeforeTheEnd() {
        Pipe pipe = new Pipe(1);
        Peer[] peers = Peer.connected(pipe, SctpOptions.defaults());
        for (int i = 0; i < 20; i++) {
            peers[0].send(1, new byte[50_000]);
            peers[1].send(1, new byte[50_000]);
        }
        peers[0].association.shutdown(pipe.nowNanos);
        assertThat(peers[0].send(1, new byte[1])).isEqualTo(SendStatus.CLOSED);
        pipe.runFor(30 * SECOND);
        assertThat(peers[1].messages).hasSize(20);
        assertThat(peers[0].messages).hasSize(20);
        assertThat(closed(peers[0])).isEqualTo(SctpCloseCause.Kind.LOCAL_SHUTDOWN);
        assertThat(closed(peers[1])).isEqualTo(SctpCloseCause.Kind.PEER_SHUTDOWN);
    }

    @Test
    void crossedShutdownsEndBoth() {
        Pipe pipe = new Pipe(2);
        Peer[] peers = Peer.connected(pipe, SctpOptions.defaults());
        peers[0].association.shutdown(pipe.nowNanos);
        peers[1].association.shutdown(pipe.nowNanos);
        pipe.runFor(30 * SECOND);
        assertThat(closed(peers[0])).isEqualTo(SctpCloseCause.Kind.LOCAL_SHUTDOWN);
        assertThat(closed(peers[1])).isEqualTo(SctpCloseCause.Kind.LOCAL_SHUTDOWN);
    }

    @Test
    void whicheverOnePacketIsLostTheShutdownCompletes() {
        for (int lost = 0; lost < 8; lost++) {
            int victim = lost;
            Pipe pipe = new Pipe(lost);
            Peer[] peers = Peer.connected(pipe, SctpOptions.defaults());
            pipe.runFor(SECOND);
            AtomicInteger count = new AtomicInteger();
            pipe.filter = packet -> count.getAndIncrement() != victim;
            peers[0].send(1, new byte[3000]);
            peers[0].association.shutdown(pipe.nowNanos);
            pipe.runFor(30 * SECOND);
            assertThat(peers[1].messages).hasSize(1);
            assertThat(closed(peers[0])).as("lost %d", lost).isEqualTo(SctpCloseCause.Kind.LOCAL_SHUTDOWN);
            // Without SHUTDOWN COMPLETE the other side asks again and is told out of the blue.
            assertThat(peers[1].events(SctpEvent.Closed.class)).hasSize(1);
        }
    }

    @Test
    void aShutdownNobodyAnswersEndsByTheLimitOrByTheGuard() {
        RawPeer limited = RawPeer.established(RawPeer.options().maxAssociationRetransmits(4));
        limited.association.shutdown(limited.now);
        limited.turn();
        limited.pass(60 * SECOND);
        assertThat(limited.sent(7)).hasSize(5);
        assertThat(limited.events(SctpEvent.Closed.class)).hasSize(1);
        RawPeer guarded = RawPeer.established();
        guarded.association.shutdown(guarded.now);
        guarded.turn();
        guarded.pass(299 * SECOND);
        assertThat(guarded.events(SctpEvent.Closed.class)).isEmpty();
        guarded.pass(2 * SECOND);
        assertThat(guarded.events(SctpEvent.Closed.class)).hasSize(1);
    }

    @Test
    void inShutdownSentEveryPacketWithDataIsAnsweredWithShutdownAndSackAtOnce() {
        RawPeer peer = RawPeer.established();
        peer.association.shutdown(peer.now);
        peer.turn();
        peer.sent.clear();
        for (int i = 0; i < 3; i++) {
            peer.pass(400 * MILLI);
            peer.sent.clear();
            peer.receive(data(i, 3, 0, i, (byte) 1));
            assertThat(peer.sent).extracting(RawPeer.Chunk::type).containsExactlyInAnyOrder(7, 3);
            assertThat(peer.sent(7).get(0).i32(0)).isEqualTo(PEER_TSN + i);
        }
        assertThat(peer.messages).hasSize(3);
    }

    @Test
    void shutdownAcknowledgesAndIsAnsweredWhenEverythingIs() {
        RawPeer peer = RawPeer.established();
        peer.send(0, 2000);
        peer.turn();
        peer.sent.clear();
        peer.receive(chunk(7, 0, i32(OUR_TSN)));
        assertThat(peer.association.state()).isEqualTo(SctpState.SHUTDOWN_RECEIVED);
        assertThat(peer.sent(8)).isEmpty();
        assertThat(peer.send(0, 1)).isEqualTo(SendStatus.CLOSED);
        peer.receive(chunk(7, 0, i32(OUR_TSN + 1)));
        assertThat(peer.take(8)).hasSize(1);
        peer.receiveTagged(0, init());
        assertThat(peer.sent(2)).isEmpty();
        assertThat(peer.take(8)).hasSize(1);
        peer.receive(data(0, 3, 0, 0, (byte) 1));
        assertThat(peer.messages).isEmpty();
        peer.receive(chunk(14, 0));
        assertThat(peer.events(SctpEvent.Closed.class))
                .singleElement()
                .satisfies(c -> assertThat(c.cause().kind()).isEqualTo(SctpCloseCause.Kind.PEER_SHUTDOWN));
    }

    @Test
    void aShutdownAckDuringTheSetUpIsAnsweredOutOfTheBlue() {
        RawPeer peer = new RawPeer(RawPeer.options());
        peer.association.connect(peer.now);
        peer.turn();
        peer.sent.clear();
        peer.receiveTagged(0x7777, chunk(8, 0));
        assertThat(peer.sent(14)).singleElement().satisfies(c -> {
            assertThat(c.flags()).isEqualTo(1);
            assertThat(c.tag()).isEqualTo(0x7777);
        });
        assertThat(peer.association.state()).isEqualTo(SctpState.COOKIE_WAIT);
    }

    @Test
    void anAbortInTheMiddleOfAShutdownIsNotLost() {
        RawPeer peer = RawPeer.established();
        peer.association.shutdown(peer.now);
        peer.turn();
        peer.association.abort(peer.now);
        peer.turn();
        assertThat(peer.sent(6)).hasSize(1);
        assertThat(peer.events(SctpEvent.Closed.class)).hasSize(1);
    }
}
