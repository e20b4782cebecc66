package org.webrtc4j.sctp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.webrtc4j.sctp.RawPeer.OUR_TAG;
import static org.webrtc4j.sctp.RawPeer.PEER_TAG;
import static org.webrtc4j.sctp.RawPeer.PEER_TSN;
import static org.webrtc4j.sctp.RawPeer.chunk;
import static org.webrtc4j.sctp.RawPeer.cookie;
import static org.webrtc4j.sctp.RawPeer.data;
import static org.webrtc4j.sctp.RawPeer.extensions;
import static org.webrtc4j.sctp.RawPeer.forwardTsnSupported;
import static org.webrtc4j.sctp.RawPeer.i32;
import static org.webrtc4j.sctp.RawPeer.init;
import static org.webrtc4j.sctp.RawPeer.initAck;
import static org.webrtc4j.sctp.RawPeer.parameter;
import static org.webrtc4j.sctp.RawPeer.u16;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HandshakeTest {

    private static final long SECOND = 1_000_000_000L;

    private final RawPeer peer = new RawPeer(RawPeer.options());

    private void connect() {
        peer.association.connect(peer.now);
        peer.turn();
    }

    /** Answers an INIT of ours and returns our cookie, as a COOKIE ECHO. */
    private byte[] cookieEchoFor(byte[] init) {
        peer.sent.clear();
        peer.receiveTagged(0, init);
        RawPeer.Chunk ack = peer.take(2).get(0);
        // The cookie follows the extensions (8 bytes) and FORWARD-TSN supported (4 bytes).
        int at = 16 + 8 + 4;
        assertThat(ack.u16(at)).isEqualTo(7);
        return chunk(10, 0, Arrays.copyOfRange(ack.value(), at + 4, at + ack.u16(at + 2)));
    }

    @Test
    void initStandsAloneWithTagZeroAndIsSentAgainUnchanged() {
        connect();
        RawPeer.Chunk first = peer.take(1).get(0);
        assertThat(first.tag()).isZero();
        assertThat(first.i32(0)).isEqualTo(OUR_TAG);
        assertThat(first.i32(4)).isEqualTo(8 * 1024 * 1024);
        peer.pass(500 * RawPeer.MILLI);
        peer.pass(1_000 * RawPeer.MILLI);
        assertThat(peer.take(1)).hasSize(2).allSatisfy(again -> assertThat(again.value())
                .isEqualTo(first.value()));
    }

    @Test
    void backingOffEndsAtThreeSecondsAndNeverGivesUpUnlessTold() {
        connect();
        peer.pass(60 * SECOND);
        assertThat(peer.take(1)).hasSizeBetween(20, 24);
        RawPeer limited = new RawPeer(RawPeer.options().maxInitRetransmits(3));
        limited.association.connect(limited.now);
        limited.turn();
        limited.pass(60 * SECOND);
        assertThat(limited.sent(1)).hasSize(4);
        assertThat(limited.events(SctpEvent.Closed.class))
                .singleElement()
                .satisfies(c -> assertThat(c.cause().kind()).isEqualTo(SctpCloseCause.Kind.TOO_MANY_RETRIES));
    }

    @Test
    void dataQueuedBeforeConnectLeavesWithTheCookieEchoAndOnce() {
        assertThat(peer.send(1, 100)).isEqualTo(SendStatus.QUEUED);
        connect();
        assertThat(peer.take(0)).isEmpty();
        peer.receive(initAck(1 << 20, cookie(new byte[50])));
        assertThat(peer.sent.get(0).type()).isEqualTo(10);
        assertThat(peer.sent.get(1).type()).isZero();
        assertThat(peer.packets).isEqualTo(2);
        assertThat(peer.takeTsns()).containsExactly(0);
        peer.receive(chunk(11, 0), peer.sack(0));
        assertThat(peer.take(0)).isEmpty();
        assertThat(peer.events(SctpEvent.Connected.class)).containsExactly(new SctpEvent.Connected(65_535, 65_535));
    }

    @Test
    void nothingElseLeavesUntilTheCookieAckAndThenEverythingAtOnce() {
        connect();
        peer.receive(initAck(1 << 20, cookie(new byte[50])));
        peer.sent.clear();
        peer.send(1, 5000);
        peer.turn();
        assertThat(peer.sent).isEmpty();
        peer.receive(chunk(11, 0));
        assertThat(peer.takeTsns()).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void aLostCookieEchoIsSentAgainWithItsData() {
        peer.send(1, 100);
        connect();
        peer.receive(initAck(1 << 20, cookie(new byte[50])));
        peer.sent.clear();
        peer.pass(500 * RawPeer.MILLI);
        assertThat(peer.sent).extracting(RawPeer.Chunk::type).containsExactly(10, 0);
        assertThat(peer.association.stats().timeouts()).isZero();
    }

    @Test
    void anInitIsAnsweredWithoutMemoryAndItsCookieEstablishes() {
        byte[] echo = cookieEchoFor(init(forwardTsnSupported(), extensions(130, 192)));
        for (int i = 0; i < 1000; i++) {
            peer.receiveTagged(0, init());
            assertThat(peer.take(2)).hasSize(1);
        }
        assertThat(peer.association.state()).isEqualTo(SctpState.CLOSED);
        assertThat(peer.association.nextTimeout()).isEqualTo(Long.MAX_VALUE);
        peer.receiveTagged(OUR_TAG, echo, data(0, 3, 2, 0, (byte) 9));
        assertThat(peer.association.state()).isEqualTo(SctpState.ESTABLISHED);
        assertThat(peer.sent).extracting(RawPeer.Chunk::type).containsExactly(11, 3);
        assertThat(peer.messages).hasSize(1);
        assertThat(peer.association.stats().drops()).isEmpty();
    }

    @Test
    void aChangedForeignExpiredOrShortenedCookieIsRefused() {
        byte[] echo = cookieEchoFor(init());
        byte[] flipped = echo.clone();
        flipped[40] ^= 1;
        peer.receiveTagged(OUR_TAG, flipped);
        peer.receiveTagged(OUR_TAG, chunk(10, 0, new byte[76]));
        peer.receiveTagged(OUR_TAG, chunk(10, 0, new byte[5]));
        peer.receiveTagged(OUR_TAG, chunk(10, 0));
        peer.receiveTagged(OUR_TAG + 1, echo);
        assertThat(peer.drops(SctpDrop.FOREIGN_COOKIE)).isEqualTo(5);
        assertThat(peer.sent).isEmpty();
        peer.pass(61 * SECOND);
        peer.receiveTagged(OUR_TAG, echo);
        assertThat(peer.take(9)).singleElement().satisfies(e -> {
            assertThat(e.tag()).isEqualTo(PEER_TAG);
            assertThat(e.u16(0)).isEqualTo(3);
            assertThat(e.i32(4)).isEqualTo(1_000_000);
        });
        assertThat(peer.association.state()).isEqualTo(SctpState.CLOSED);
    }

    @Test
    void anInitInCookieWaitIsAnsweredWithOurOwnTagAndTsn() {
        connect();
        byte[] echo = cookieEchoFor(init(forwardTsnSupported()));
        peer.receiveTagged(OUR_TAG, echo);
        assertThat(peer.take(11)).hasSize(1);
        assertThat(peer.events).hasSize(1);
        peer.receive(initAck(1 << 20, cookie(new byte[8])));
        assertThat(peer.drops(SctpDrop.UNEXPECTED_CHUNK)).isEqualTo(1);
        peer.send(0, 10);
        peer.turn();
        assertThat(peer.takeTsns()).containsExactly(0);
    }

    @Test
    void anInitInTheTurnOfConnectIsAnsweredAndOursWaitsForItsTimer() {
        peer.association.connect(peer.now);
        peer.receiveTagged(0, init());
        assertThat(peer.take(2)).hasSize(1).first().satisfies(ack -> assertThat(ack.i32(0))
                .isEqualTo(OUR_TAG));
        assertThat(peer.sent(1)).isEmpty();
        peer.pass(500 * RawPeer.MILLI);
        assertThat(peer.take(1)).hasSize(1);
    }

    @Test
    void anInitInCookieEchoedLeadsToTheSameAssociation() {
        peer.send(0, 10);
        connect();
        peer.receive(initAck(1 << 20, cookie(new byte[8])));
        byte[] echo = cookieEchoFor(init());
        peer.receiveTagged(OUR_TAG, echo);
        assertThat(peer.association.state()).isEqualTo(SctpState.ESTABLISHED);
        peer.receive(chunk(11, 0), peer.sack(0));
        assertThat(peer.association.stats().bytesInFlight()).isZero();
        assertThat(peer.events(SctpEvent.Connected.class)).hasSize(1);
    }

    @Test
    void lateDuplicatesOfEveryPacketOfASetUpChangeNothing() {
        connect();
        byte[] echo = cookieEchoFor(init());
        peer.receiveTagged(OUR_TAG, echo);
        peer.receive(data(0, 3, 0, 0, (byte) 1));
        peer.sent.clear();
        peer.receiveTagged(OUR_TAG, echo);
        assertThat(peer.take(11)).hasSize(1);
        peer.receive(chunk(11, 0));
        peer.receive(initAck(1 << 20, cookie(new byte[8])));
        peer.receiveTagged(0, init());
        assertThat(peer.association.state()).isEqualTo(SctpState.ESTABLISHED);
        peer.receive(data(1, 3, 0, 1, (byte) 2));
        assertThat(peer.messages).hasSize(2);
        assertThat(peer.events).hasSize(1);
    }

    @Test
    void anInitOnAnEstablishedAssociationChangesNothingUntilTheCookieProvesARestart() {
        RawPeer other = RawPeer.established();
        other.receive(data(0, 3, 0, 0, (byte) 1));
        other.sent.clear();
        for (int i = 0; i < 100; i++) {
            other.receiveTagged(0, init(0x3333_3333, 9000));
        }
        assertThat(other.take(2)).hasSize(100).allSatisfy(ack -> assertThat(ack.tag())
                .isEqualTo(0x3333_3333));
        other.receive(data(1, 3, 0, 1, (byte) 2));
        assertThat(other.messages).hasSize(2);
        assertThat(other.association.state()).isEqualTo(SctpState.ESTABLISHED);
        assertThat(other.events(SctpEvent.Restarted.class)).isEmpty();
    }

    @Test
    void aPeerThatStartsAgainMidMessageIsServedByTheSameAssociation() {
        Pipe pipe = new Pipe(9);
        Peer[] peers = Peer.connected(pipe, SctpOptions.defaults());
        peers[0].send(3, new byte[60_000]);
        peers[1].send(3, new byte[60_000]);
        pipe.step(pipe.nowNanos + SECOND);
        pipe.step(pipe.nowNanos + SECOND);
        Peer again = new Peer(pipe, 1, SctpOptions.defaults());
        pipe.join(peers[0].association, again.association);
        again.association.connect(pipe.nowNanos);
        pipe.runFor(5 * SECOND);
        assertThat(peers[0].events(SctpEvent.Restarted.class)).hasSize(1);
        assertThat(again.isEstablished() && peers[0].isEstablished()).isTrue();
        peers[0].send(3, new byte[] {1});
        again.send(3, new byte[] {2});
        pipe.runFor(5 * SECOND);
        assertThat(again.messages.get(again.messages.size() - 1).payload()).containsExactly(1);
        assertThat(peers[0].messages.get(peers[0].messages.size() - 1).payload())
                .containsExactly(2);
    }

    @Test
    void theSetUpSucceedsWhicheverOnePacketIsLost() {
        for (boolean both : new boolean[] {false, true}) {
            for (int lost = 0; lost < 10; lost++) {
                int victim = lost;
                Pipe pipe = new Pipe(lost);
                AtomicInteger count = new AtomicInteger();
                pipe.filter = packet -> count.getAndIncrement() != victim;
                Peer[] peers = Peer.pair(pipe);
                peers[0].send(1, new byte[] {1});
                peers[1].send(1, new byte[] {2});
                peers[0].association.connect(pipe.nowNanos);
                if (both) {
                    peers[1].association.connect(pipe.nowNanos);
                }
                pipe.runFor(10 * SECOND);
                assertThat(peers[1].messages).as("both %s, lost %d", both, lost).hasSize(1);
                assertThat(peers[0].messages).as("both %s, lost %d", both, lost).hasSize(1);
                assertThat(peers[0].events(SctpEvent.Connected.class)).hasSize(1);
                assertThat(peers[1].events(SctpEvent.Connected.class)).hasSize(1);
            }
        }
    }

    @Test
    void collisionsWithLossAlwaysEndEstablished() {
        for (long seed = 0; seed < 300; seed++) {
            Pipe pipe = new Pipe(seed);
            pipe.loss = 0.3;
            pipe.duplicates = 0.1;
            pipe.jitterNanos = 30_000_000L;
            Peer[] peers = Peer.connected(pipe, SctpOptions.defaults());
            peers[0].send(0, new byte[] {1});
            peers[1].send(0, new byte[] {2});
            assertThat(pipe.runUntil(
                            () -> peers[0].messages.size() == 1 && peers[1].messages.size() == 1, 600 * SECOND))
                    .as("seed %d %s", seed, peers[0].association.stats())
                    .isTrue();
        }
    }

    @Test
    void closingDuringTheSetUpSaysSoOnce() {
        connect();
        peer.association.abort(peer.now);
        peer.turn();
        peer.receive(initAck(1 << 20, cookie(new byte[8])));
        peer.pass(10 * SECOND);
        assertThat(peer.events).hasSize(1);
        assertThat(peer.events.get(0)).isInstanceOf(SctpEvent.Closed.class);
        assertThat(peer.take(10)).isEmpty();
    }

    @Test
    void anInitThatCannotBeAcceptedIsRefusedWithItsOwnTag() {
        peer.receiveTagged(0, chunk(1, 0, i32(0, 1 << 20), u16(1, 1), i32(1)));
        assertThat(peer.sent).isEmpty();
        peer.receiveTagged(0, chunk(1, 0, i32(PEER_TAG, 1499), u16(1, 1), i32(1)));
        peer.receiveTagged(0, chunk(1, 0, i32(PEER_TAG, 1500), u16(0, 1), i32(1)));
        peer.receiveTagged(0, chunk(1, 0, i32(PEER_TAG, 1500), u16(1, 0), i32(1)));
        peer.receiveTagged(0, init(parameter(11, new byte[8])));
        assertThat(peer.take(6)).hasSize(4).allSatisfy(a -> assertThat(a.tag()).isEqualTo(PEER_TAG));
        for (int length = 0; length < 16; length++) {
            peer.receiveTagged(0, chunk(1, 0, new byte[length]));
        }
        peer.receiveTagged(0, chunk(1, 0, i32(PEER_TAG, 1 << 20), u16(1, 1), i32(1), new byte[] {-64, 0, 0, 3}));
        peer.receiveTagged(0, chunk(1, 0, i32(PEER_TAG, 1 << 20), u16(1, 1), i32(1), new byte[] {-64, 0, 0, 9}));
        peer.receiveTagged(0, chunk(1, 0, i32(PEER_TAG, 1 << 20), u16(1, 1), i32(1), new byte[] {-64, 0}));
        assertThat(peer.sent).isEmpty();
        assertThat(peer.association.state()).isEqualTo(SctpState.CLOSED);
    }

    @Test
    void unknownParametersAreSkippedStoppedAtOrReportedByTheirHighBits() {
        byte[] reported = parameter(0xc0ff, new byte[] {1, 2, 3});
        peer.receiveTagged(0, init(parameter(0x8fff), reported, forwardTsnSupported(), extensions(130)));
        RawPeer.Chunk ack = peer.take(2).get(0);
        assertThat(ack.value()).endsWith(RawPeer.join(parameter(8, reported)));
        peer.receiveTagged(0, init(parameter(0x4fff), parameter(0xc0ff)));
        ack = peer.take(2).get(0);
        assertThat(ack.value()).endsWith(RawPeer.join(parameter(8, parameter(0x4fff))));
    }

    @Test
    void whatBrowsersAndUsrsctpAddToTheirInitIsIgnored() {
        peer.receiveTagged(
                0,
                init(
                        parameter(5, new byte[4]),
                        parameter(12, u16(5, 6)),
                        parameter(0x8000),
                        parameter(0x8001, i32(1)),
                        parameter(0x8002, new byte[32]),
                        parameter(0x8003, new byte[] {0}),
                        parameter(0x8004, u16(3)),
                        parameter(0xc006, i32(0)),
                        extensions(130, 192, 194, 64, 128, 193, 15)));
        RawPeer.Chunk ack = peer.take(2).get(0);
        assertThat(ack.u16(28)).isEqualTo(7);
        assertThat(ack.value()).hasSize(28 + 4 + 76);
    }

    @Test
    void anInitAckThatCannotBeAcceptedEndsTheAssociation() {
        assertRefused(chunk(2, 0, i32(0, 1 << 20), u16(1, 1), i32(1), cookie(new byte[4])), 13, false);
        assertRefused(chunk(2, 0, i32(PEER_TAG, 100), u16(1, 1), i32(1), cookie(new byte[4])), 13, true);
        assertRefused(chunk(2, 0, i32(PEER_TAG, 1 << 20), u16(0, 1), i32(1), cookie(new byte[4])), 13, true);
        assertRefused(initAck(1 << 20), 2, true);
        assertRefused(initAck(1 << 20, cookie(new byte[4000])), 13, true);
    }

    private static void assertRefused(byte[] initAck, int cause, boolean abort) {
        RawPeer peer = new RawPeer(RawPeer.options());
        peer.association.connect(peer.now);
        peer.turn();
        peer.receive(initAck);
        assertThat(peer.events(SctpEvent.Closed.class))
                .singleElement()
                .satisfies(c -> assertThat(c.cause().causeCode()).isEqualTo(cause));
        assertThat(peer.sent(6)).hasSize(abort ? 1 : 0);
    }

    @Test
    void aStaleCookieErrorBeginsAgain() {
        connect();
        peer.receive(initAck(1 << 20, cookie(new byte[8])));
        peer.sent.clear();
        peer.receive(chunk(9, 0, u16(3, 8), i32(1000)));
        assertThat(peer.take(1)).hasSize(1);
        peer.receive(initAck(1 << 20, cookie(new byte[8])));
        peer.receive(chunk(11, 0));
        assertThat(peer.association.state()).isEqualTo(SctpState.ESTABLISHED);
    }

    @Test
    void streamsAreTheLesserOfWhatIsAskedAndGranted() {
        connect();
        peer.receive(chunk(2, 0, i32(PEER_TAG, 1 << 20), u16(300, 10), i32(PEER_TSN), cookie(new byte[4])));
        peer.receive(chunk(11, 0));
        assertThat(peer.events).containsExactly(new SctpEvent.Connected(300, 10));
        assertThat(peer.send(10, 1)).isEqualTo(SendStatus.NO_SUCH_STREAM);
        assertThat(peer.send(9, 1)).isEqualTo(SendStatus.QUEUED);
    }

    @Test
    void withTheSameOptionsAndSeedARunIsExactlyRepeatable() {
        long[] packets = new long[2];
        for (int run = 0; run < 2; run++) {
            Pipe pipe = new Pipe(77);
            pipe.loss = 0.1;
            Peer[] peers = Peer.connected(pipe, SctpOptions.defaults());
            for (int i = 0; i < 50; i++) {
                peers[0].send(i, new byte[5_000]);
            }
            pipe.runFor(60 * SECOND);
            packets[run] = pipe.packets;
        }
        assertThat(packets[0]).isEqualTo(packets[1]);
    }
}
