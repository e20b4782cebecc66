package org.webrtc4j.sctp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.webrtc4j.sctp.RawPeer.MILLI;
import static org.webrtc4j.sctp.RawPeer.OUR_TSN;
import static org.webrtc4j.sctp.RawPeer.PEER_TSN;
import static org.webrtc4j.sctp.RawPeer.chunk;
import static org.webrtc4j.sctp.RawPeer.data;
import static org.webrtc4j.sctp.RawPeer.i32;
import static org.webrtc4j.sctp.RawPeer.parameter;
import static org.webrtc4j.sctp.RawPeer.u16;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.webrtc4j.sctp.SctpEvent.StreamsReset.Direction;

class StreamResetTest {

    private static final long SECOND = 1_000_000_000L;

    private final RawPeer peer = RawPeer.established();

    private static byte[] request(int number, int lastTsn, int... streams) {
        return chunk(130, 0, parameter(13, i32(PEER_TSN + number, OUR_TSN - 1, PEER_TSN + lastTsn), u16(streams)));
    }

    private static byte[] response(int number, int result) {
        return chunk(130, 0, parameter(16, i32(OUR_TSN + number, result)));
    }

    /** The result of the last response sent, or -1. */
    private int result() {
        List<RawPeer.Chunk> chunks = peer.take(130);
        return chunks.isEmpty() ? -1 : chunks.get(chunks.size() - 1).i32(8);
    }

    private void reset(int... streams) {
        peer.association.resetStreams(streams, peer.now);
        peer.turn();
    }

    private void assertResets(Direction direction, List<Integer> ids) {
        assertThat(peer.events(SctpEvent.StreamsReset.class))
                .containsExactly(new SctpEvent.StreamsReset(direction, ids));
    }

    @Test
    void aRequestWhoseDataIsHereIsPerformedAndNumbersStartAgain() {
        peer.receive(data(0, 3, 4, 0, (byte) 1));
        peer.receive(request(0, 0, 4));
        assertThat(result()).isEqualTo(1);
        assertResets(Direction.INCOMING, List.of(4));
        peer.receive(data(1, 3, 4, 0, (byte) 2));
        assertThat(peer.messages).hasSize(2);
    }

    @Test
    void aRequestAheadOfItsDataIsInProgressUntilThatIsHere() {
        peer.receive(request(0, 1, 4));
        assertThat(result()).isEqualTo(6);
        peer.receive(request(0, 1, 4));
        assertThat(result()).isEqualTo(6);
        peer.receive(data(1, 3, 4, 1, (byte) 1));
        // What comes behind the reset waits for it, on its streams only.
        peer.receive(data(2, 3, 4, 0, (byte) 3));
        peer.receive(data(3, 3, 5, 0, (byte) 9));
        assertThat(peer.messages).hasSize(1);
        assertThat(peer.events(SctpEvent.StreamsReset.class)).isEmpty();
        peer.sent.clear();
        peer.receive(data(0, 3, 4, 0, (byte) 0));
        assertThat(peer.messages).extracting(m -> m.payload()[0]).containsExactly((byte) 9, (byte) 0, (byte) 1, (byte)
                3);
        assertThat(result()).isEqualTo(1);
        assertResets(Direction.INCOMING, List.of(4));
        peer.receive(request(0, 1, 4));
        assertThat(result()).isEqualTo(1);
        assertThat(peer.events(SctpEvent.StreamsReset.class)).hasSize(1);
    }

    @Test
    void forwardTsnWhileAResetWaitsCompletesIt() {
        peer.receive(request(0, 2, 4));
        peer.receive(data(3, 3, 4, 0, (byte) 7));
        assertThat(peer.messages).isEmpty();
        peer.receive(chunk(192, 0, i32(PEER_TSN + 2), u16(4, 500)));
        assertThat(peer.messages).hasSize(1);
        assertResets(Direction.INCOMING, List.of(4));
    }

    @Test
    void aNumberBehindOrAheadIsRefused() {
        peer.receive(request(5, -1, 4));
        assertThat(result()).isEqualTo(5);
        peer.receive(request(-2, -1, 4));
        assertThat(result()).isEqualTo(5);
        peer.receive(request(1_000_000_000, -1, 4));
        assertThat(result()).isEqualTo(5);
        assertThat(peer.events(SctpEvent.StreamsReset.class)).isEmpty();
    }

    @Test
    void streamsThatDoNotExistAreRefusedAndNoneMeansAll() {
        peer.receive(request(0, -1, 65_535));
        assertThat(result()).isEqualTo(3);
        peer.receive(data(0, 3, 4, 0, (byte) 1));
        peer.receive(request(1, 0));
        assertThat(result()).isEqualTo(1);
        assertResets(Direction.INCOMING, List.of());
        peer.receive(data(1, 3, 4, 0, (byte) 2));
        assertThat(peer.messages).hasSize(2);
    }

    @Test
    void addingStreamsAndResettingAllTsnsAreDenied() {
        peer.receive(chunk(130, 0, parameter(15, i32(PEER_TSN))));
        assertThat(result()).isEqualTo(2);
        peer.receive(chunk(130, 0, parameter(17, i32(PEER_TSN + 1, 5 << 16))));
        assertThat(result()).isEqualTo(2);
        peer.receive(chunk(130, 0, parameter(18, i32(PEER_TSN + 2, 5 << 16))));
        assertThat(result()).isEqualTo(2);
        peer.receive(chunk(130, 0, parameter(18, i32(PEER_TSN + 2, 5 << 16))));
        assertThat(result()).isEqualTo(2);
    }

    @Test
    void aReconfigThatMakesNoSenseIsCounted() {
        peer.receive(chunk(130, 0));
        peer.receive(chunk(130, 0, parameter(13, i32(PEER_TSN))));
        peer.receive(chunk(130, 0, parameter(13, i32(PEER_TSN, 0, PEER_TSN - 1), new byte[1])));
        peer.receive(chunk(130, 0, parameter(16, i32(OUR_TSN))));
        peer.receive(chunk(130, 0, parameter(99, i32(OUR_TSN))));
        peer.receive(chunk(130, 0, new byte[] {0, 13, 0, 3}));
        peer.receive(chunk(130, 0, new byte[] {0, 13, -1, -1}));
        peer.receive(response(0, 1));
        peer.receive(response(7, 77));
        assertThat(peer.drops(SctpDrop.INVALID_RECONFIG)).isEqualTo(9);
        assertThat(peer.sent(130)).isEmpty();
        assertThat(peer.association.state()).isEqualTo(SctpState.ESTABLISHED);
    }

    @Test
    void moreRequestsThanMayBeAnsweredInATurnAreDropped() {
        for (int i = 0; i < 100; i++) {
            peer.receiveOnly(request(9, -1, 1));
        }
        peer.turn();
        assertThat(peer.sent(130)).hasSize(32);
    }

    @Test
    void ourRequestCarriesTheLastTsnAndIsSentAgainUnchanged() {
        peer.send(3, 100);
        peer.turn();
        reset(3);
        RawPeer.Chunk request = peer.take(130).get(0);
        assertThat(request.u16(0)).isEqualTo(13);
        assertThat(request.i32(4)).isEqualTo(OUR_TSN);
        assertThat(request.i32(12)).isEqualTo(OUR_TSN);
        assertThat(request.u16(16)).isEqualTo(3);
        peer.receive(peer.sack(0));
        peer.pass(2_000 * MILLI);
        assertThat(peer.take(130)).hasSize(2).allSatisfy(again -> assertThat(again.value())
                .isEqualTo(request.value()));
    }

    @Test
    void aMessageInFlightIsFinishedFirstAndWhatFollowsWaitsForTheReset() {
        peer.send(3, 30_000);
        peer.turn();
        peer.send(3, 10);
        peer.send(4, 10);
        reset(3);
        assertThat(peer.take(130)).isEmpty();
        peer.receive(peer.sack(9));
        assertThat(peer.sent(130)).hasSize(1);
        int last = peer.sent(130).get(0).i32(12) - OUR_TSN;
        assertThat(peer.sent(0).stream().filter(c -> c.u16(4) == 3).toList())
                .hasSize(16)
                .last()
                .satisfies(c -> assertThat(c.flags() & 1).isEqualTo(1));
        assertThat(peer.association.hasQueued(3)).isTrue();
        peer.sent.clear();
        peer.receive(peer.sack(last));
        assertThat(peer.sent(0)).isEmpty();
        peer.receive(response(0, 1));
        assertResets(Direction.OUTGOING, List.of(3));
        assertThat(peer.sent(0)).singleElement().satisfies(c -> assertThat(c.u16(6))
                .isZero());
    }

    @Test
    void inProgressMeansAskingAgainAndDenialIsTold() {
        reset(3);
        peer.receive(response(0, 6));
        peer.sent.clear();
        peer.pass(600 * MILLI);
        assertThat(peer.take(130)).hasSize(1);
        peer.receive(response(0, 2));
        assertResets(Direction.OUTGOING_DENIED, List.of(3));
        peer.pass(5_000 * MILLI);
        assertThat(peer.take(130)).isEmpty();
    }

    @Test
    void oneRequestIsOutstandingAndLaterStreamsGatherForTheNext() {
        reset(1, 2);
        reset(3);
        reset(4, 1);
        assertThat(peer.take(130)).hasSize(1);
        peer.receive(response(0, 1));
        List<RawPeer.Chunk> next = peer.take(130);
        assertThat(next).singleElement().satisfies(r -> {
            assertThat(r.i32(4)).isEqualTo(OUR_TSN + 1);
            assertThat(r.u16(16)).isEqualTo(3);
            assertThat(r.u16(18)).isEqualTo(4);
        });
        peer.receive(response(1, 0));
        assertThat(peer.events(SctpEvent.StreamsReset.class)).hasSize(2);
    }

    @Test
    void anUnansweredRequestEndsTheAssociationAtTheLimit() {
        RawPeer limited = RawPeer.established(RawPeer.options().maxAssociationRetransmits(2));
        limited.association.resetStreams(new int[] {1}, limited.now);
        limited.turn();
        limited.pass(60 * SECOND);
        assertThat(limited.sent(130)).hasSize(3);
        assertThat(limited.events(SctpEvent.Closed.class)).hasSize(1);
    }

    @Test
    void thePeersWishToResetOurStreamsIsOurOwnRequest() {
        peer.receive(chunk(130, 0, parameter(14, i32(PEER_TSN), u16(6))));
        assertThat(peer.sent(130)).hasSize(2);
        RawPeer.Chunk request = peer.sent(130).get(1);
        assertThat(request.u16(0)).isEqualTo(13);
        assertThat(request.i32(8)).isEqualTo(PEER_TSN);
        assertThat(request.u16(16)).isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void streamsResetAgainAndAgainUnderLossKeepTheirMessagesApart(boolean interleaving) {
        SctpOptions options = SctpOptions.builder().interleaving(interleaving).build();
        for (long seed = 0; seed < 40; seed++) {
            Pipe pipe = new Pipe(seed);
            pipe.loss = 0.1;
            pipe.jitterNanos = 20_000_000L;
            Peer[] peers = Peer.connected(pipe, options);
            for (int round = 0; round < 10; round++) {
                for (int i = 0; i < 5; i++) {
                    peers[0].send(1, new byte[] {(byte) round, (byte) i});
                    peers[0].send(2, new byte[3_000]);
                }
                int due = round + 1;
                assertThat(pipe.runUntil(() -> !peers[0].association.hasQueued(1), 300 * SECOND))
                        .isTrue();
                peers[0].association.resetStreams(new int[] {1}, pipe.nowNanos);
                assertThat(pipe.runUntil(
                                () -> peers[0].events(SctpEvent.StreamsReset.class)
                                                .size()
                                        == due,
                                300 * SECOND))
                        .as("seed %d round %d", seed, round)
                        .isTrue();
            }
            pipe.runFor(60 * SECOND);
            List<SctpEvent.Message> first =
                    peers[1].messages.stream().filter(m -> m.streamId() == 1).toList();
            assertThat(first).as("seed %d", seed).hasSize(50);
            for (int i = 0; i < 50; i++) {
                assertThat(first.get(i).payload()).containsExactly(i / 5, i % 5);
            }
            assertThat(peers[1].events(SctpEvent.StreamsReset.class)).hasSize(10);
        }
    }
}
