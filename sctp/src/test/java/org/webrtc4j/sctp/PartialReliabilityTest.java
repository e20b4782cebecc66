package org.webrtc4j.sctp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.webrtc4j.sctp.RawPeer.MILLI;
import static org.webrtc4j.sctp.RawPeer.OUR_TSN;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartialReliabilityTest {

    private static final long SECOND = 1_000_000_000L;

    private final RawPeer peer = RawPeer.established();

    private static SendOptions retransmits(int count) {
        return new SendOptions(false, count, SendOptions.UNLIMITED);
    }

    private static SendOptions lifetime(long millis) {
        return new SendOptions(false, SendOptions.UNLIMITED, millis * MILLI);
    }

    private RawPeer.Chunk forwardTsn() {
        List<RawPeer.Chunk> chunks = peer.take(192);
        assertThat(chunks).hasSize(1);
        return chunks.get(0);
    }

    @Test
    void withoutRetransmissionsALostMessageIsSkipped() {
        peer.send(5, 100, retransmits(0));
        peer.turn();
        peer.sent.clear();
        peer.pass(500 * MILLI);
        RawPeer.Chunk skip = forwardTsn();
        assertThat(skip.i32(0)).isEqualTo(OUR_TSN);
        assertThat(skip.u16(4)).isEqualTo(5);
        assertThat(skip.u16(6)).isZero();
        assertThat(peer.events(SctpEvent.Abandoned.class)).hasSize(1);
        peer.pass(3_000 * MILLI);
        assertThat(peer.take(192)).isNotEmpty();
        peer.receive(peer.sack(0));
        peer.pass(10 * SECOND);
        assertThat(peer.take(192)).isEmpty();
        assertThat(peer.association.stats().bytesInFlight()).isZero();
    }

    @Test
    void aMessageIsSentAgainAsOftenAsAllowed() {
        for (int limit : new int[] {1, 3}) {
            RawPeer fresh = RawPeer.established();
            fresh.send(5, 100, retransmits(limit));
            fresh.turn();
            fresh.pass(60 * SECOND);
            assertThat(fresh.sent(0)).hasSize(1 + limit);
            assertThat(fresh.sent(192)).isNotEmpty();
        }
    }

    @Test
    void aMessageWhoseLifetimeEndsInTheQueueIsNeverSent() {
        peer.send(1, 20_000);
        peer.turn();
        peer.takeTsns();
        peer.send(2, 100, lifetime(50));
        peer.send(2, 100);
        peer.turn();
        peer.pass(60 * MILLI);
        peer.receive(peer.sack(9));
        assertThat(peer.sent(0).stream().filter(c -> c.u16(4) == 2)).hasSize(1).allSatisfy(c -> assertThat(c.u16(6))
                .isZero());
        assertThat(peer.sent(192)).isEmpty();
        assertThat(peer.events(SctpEvent.Abandoned.class)).hasSize(1);
    }

    @Test
    void aMessageWhoseLifetimeEndsInFlightIsNotSentAgain() {
        peer.send(1, 100, lifetime(50));
        peer.turn();
        peer.sent.clear();
        peer.pass(500 * MILLI);
        assertThat(peer.sent(0)).isEmpty();
        assertThat(forwardTsn().i32(0)).isEqualTo(OUR_TSN);
    }

    @Test
    void aMessageThatArrivesInTimeIsNotTouched() {
        peer.send(1, 100, lifetime(50));
        peer.turn();
        peer.pass(49 * MILLI);
        peer.receive(peer.sack(0));
        peer.pass(5 * SECOND);
        assertThat(peer.sent(192)).isEmpty();
        assertThat(peer.events(SctpEvent.Abandoned.class)).isEmpty();
    }

    @Test
    void theUnsentRestOfAnAbandonedMessageGetsATsnOfItsOwn() {
        peer.send(1, 30_000, lifetime(50));
        peer.turn();
        peer.send(2, 50);
        assertThat(peer.takeTsns()).hasSize(10);
        peer.pass(60 * MILLI);
        peer.receive(peer.sack(9));
        RawPeer.Chunk skip = peer.sent(192).get(0);
        // Ten fragments have arrived; the eleventh TSN is the end marker.
        assertThat(skip.i32(0)).isEqualTo(OUR_TSN + 10);
        assertThat(skip.u16(4)).isEqualTo(1);
        assertThat(peer.sent(0)).singleElement().satisfies(c -> {
            assertThat(c.i32(0)).isEqualTo(OUR_TSN + 11);
            assertThat(c.u16(4)).isEqualTo(2);
        });
        assertThat(peer.association.bufferedAmount(1)).isZero();
    }

    @Test
    void unorderedMessagesAreNotListedAndTheHighestNumberOfAStreamIs() {
        peer.send(1, 100, new SendOptions(true, 0, SendOptions.UNLIMITED));
        peer.send(2, 100, retransmits(0));
        peer.send(2, 100, retransmits(0));
        peer.send(3, 100, retransmits(0));
        peer.turn();
        peer.sent.clear();
        peer.pass(500 * MILLI);
        RawPeer.Chunk skip = forwardTsn();
        assertThat(skip.i32(0)).isEqualTo(OUR_TSN + 3);
        assertThat(skip.value()).hasSize(12);
        assertThat(skip.u16(4) == 2 ? skip.u16(6) : skip.u16(10)).isEqualTo(1);
    }

    /** Otherwise each hole of an unreliable flow would cost a round trip. */
    @Test
    void holesBetweenUnorderedMessagesThatArrivedAreSkippedTogether() {
        SendOptions once = new SendOptions(true, 0, SendOptions.UNLIMITED);
        for (int i = 0; i < 9; i++) {
            peer.send(1, i == 4 ? 3_000 : 1_000, once);
        }
        peer.turn();
        // TSNs 0, 2 and 8 are lost; 4, 5 and 6 are one message.
        peer.receive(peer.sack(-1, 2, 2, 4, 8, 10, 11));
        peer.sent.clear();
        peer.pass(500 * MILLI);
        assertThat(forwardTsn().i32(0)).isEqualTo(OUR_TSN + 8);
        assertThat(peer.events(SctpEvent.Abandoned.class)).hasSize(3);
    }

    @Test
    void anUnorderedMessageOfWhichAPartIsMissingIsNotSkippedWhileItMayBeSentAgain() {
        peer.send(1, 1_000, new SendOptions(true, 0, SendOptions.UNLIMITED));
        peer.send(1, 1_000, new SendOptions(true, 5, SendOptions.UNLIMITED));
        peer.send(1, 1_000, new SendOptions(true, 0, SendOptions.UNLIMITED));
        peer.send(1, 1_000);
        peer.turn();
        peer.receive(peer.sack(-1, 2, 2, 4, 4));
        peer.sent.clear();
        peer.pass(500 * MILLI);
        assertThat(peer.take(192)).isNotEmpty().allSatisfy(c -> assertThat(c.i32(0))
                .isEqualTo(OUR_TSN));
    }

    @Test
    void aReliableMessageIsNeverSkipped() {
        peer.send(1, 100, retransmits(0));
        peer.send(2, 100);
        peer.send(1, 100, retransmits(0));
        peer.turn();
        peer.sent.clear();
        peer.pass(500 * MILLI);
        assertThat(peer.sent(192)).singleElement().satisfies(s -> assertThat(s.i32(0))
                .isEqualTo(OUR_TSN));
        assertThat(peer.takeTsns()).containsExactly(1);
        peer.receive(peer.sack(1));
        assertThat(peer.sent(192)).singleElement().satisfies(s -> assertThat(s.i32(0))
                .isEqualTo(OUR_TSN + 2));
    }

    @Test
    void aPeerThatDoesNotKnowForwardTsnGetsEverything() {
        RawPeer plain = new RawPeer(RawPeer.options());
        plain.association.connect(plain.now);
        plain.turn();
        plain.receive(RawPeer.initAck(1 << 20, RawPeer.cookie(new byte[4])));
        plain.receive(RawPeer.chunk(11, 0));
        plain.send(1, 100, retransmits(0));
        plain.turn();
        plain.pass(10 * SECOND);
        assertThat(plain.sent(0).size()).isGreaterThan(3);
        assertThat(plain.sent(192)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void underLossReliableStreamsAreExactAndUnreliableOnesKeepTheirOrder(boolean interleaving) {
        SctpOptions options = SctpOptions.builder().interleaving(interleaving).build();
        for (long seed = 0; seed < 60; seed++) {
            Pipe pipe = new Pipe(seed);
            pipe.loss = 0.2;
            pipe.jitterNanos = 10_000_000L;
            pipe.duplicates = 0.05;
            Peer[] peers = Peer.connected(pipe, options);
            for (int i = 0; i < 100; i++) {
                byte[] payload = new byte[1 + pipe.random.nextInt(5_000)];
                payload[0] = (byte) i;
                peers[0].send(0, payload);
                peers[0].send(1, payload.clone(), retransmits(pipe.random.nextInt(2)));
                peers[0].send(2, payload.clone(), lifetime(pipe.random.nextInt(500)));
                peers[0].send(3, payload.clone(), new SendOptions(true, 0, SendOptions.UNLIMITED));
            }
            boolean done = pipe.runUntil(
                    () -> peers[0].association.stats().bufferedBytes() == 0
                            && peers[0].association.stats().bytesInFlight() == 0
                            && peers[1].messages.stream()
                                            .filter(m -> m.streamId() == 0)
                                            .count()
                                    == 100,
                    900 * SECOND);
            assertThat(done)
                    .as("seed %d %s", seed, peers[0].association.stats())
                    .isTrue();
            pipe.runFor(60 * SECOND);
            for (int stream = 0; stream < 3; stream++) {
                int of = stream;
                int last = -1;
                for (SctpEvent.Message message : peers[1].messages.stream()
                        .filter(m -> m.streamId() == of)
                        .toList()) {
                    assertThat((int) message.payload()[0]).isGreaterThan(last);
                    last = message.payload()[0];
                }
            }
            assertThat(peers[1].association.stats().receiveWindow()).isEqualTo(8 * 1024 * 1024);
            peers[0].send(1, new byte[] {111});
            pipe.loss = 0;
            pipe.runFor(60 * SECOND);
            assertThat(peers[1].messages.get(peers[1].messages.size() - 1).payload())
                    .as("seed %d", seed)
                    .containsExactly(111);
        }
    }
}
