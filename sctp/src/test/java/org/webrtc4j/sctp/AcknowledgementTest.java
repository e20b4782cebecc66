package org.webrtc4j.sctp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.webrtc4j.sctp.RawPeer.PEER_TSN;
import static org.webrtc4j.sctp.RawPeer.data;

import org.junit.jupiter.api.Test;

/** When SACKs leave, and what they say. */
class AcknowledgementTest {

    private final RawPeer peer = RawPeer.established();
    private int next;

    private byte[] message() {
        return data(next, 3, 0, next++, (byte) 1);
    }

    private void first() {
        peer.receive(message());
        peer.sent.clear();
    }

    @Test
    void theFirstPacketIsAcknowledgedAtOnce() {
        peer.receive(message());
        assertThat(peer.take(3)).singleElement().satisfies(s -> assertThat(s.i32(0))
                .isEqualTo(PEER_TSN));
    }

    @Test
    void afterThatEverySecondPacketIs() {
        first();
        for (int i = 0; i < 5; i++) {
            peer.receive(message());
            assertThat(peer.take(3)).isEmpty();
            peer.receive(message());
            assertThat(peer.take(3)).hasSize(1);
        }
    }

    @Test
    void twoChunksInOnePacketAreOnePacket() {
        first();
        peer.receive(message(), message());
        assertThat(peer.take(3)).isEmpty();
    }

    @Test
    void aLonePacketWaitsTwentyMilliseconds() {
        first();
        peer.receive(message());
        peer.pass(19 * RawPeer.MILLI);
        assertThat(peer.take(3)).isEmpty();
        peer.pass(RawPeer.MILLI);
        assertThat(peer.take(3)).hasSize(1);
        peer.pass(500 * RawPeer.MILLI);
        assertThat(peer.take(3)).isEmpty();
    }

    private void batch(int packets) {
        for (int i = 0; i < packets; i++) {
            peer.receiveOnly(message());
        }
        assertThat(peer.sent).isEmpty();
        peer.turn();
    }

    private int[] acknowledged() {
        return peer.take(3).stream().mapToInt(s -> s.i32(0) - PEER_TSN).toArray();
    }

    @Test
    void aBatchIsAcknowledgedAtItsEndInStepsOfTwoPackets() {
        first();
        batch(20);
        assertThat(peer.sent).allSatisfy(s -> assertThat(s.value()).hasSize(12));
        assertThat(acknowledged()).containsExactly(2, 4, 6, 8, 10, 12, 14, 16, 18, 20);
        batch(3);
        assertThat(acknowledged()).containsExactly(23);
        batch(5);
        assertThat(acknowledged()).containsExactly(25, 28);
    }

    @Test
    void theSacksOfABatchLeaveFourToAPacketAndTheLastWithData() {
        first();
        int packets = peer.packets;
        for (int i = 0; i < 20; i++) {
            peer.receiveOnly(message());
        }
        peer.send(0, 100);
        peer.turn();
        assertThat(peer.packets - packets).isEqualTo(4);
        assertThat(peer.sent(0)).singleElement().satisfies(s -> assertThat(s.packet())
                .isEqualTo(packets + 4));
        assertThat(peer.take(3).stream().mapToInt(s -> s.packet() - packets))
                .containsExactly(1, 1, 1, 1, 2, 2, 2, 2, 3, 4);
    }

    @Test
    void theStepsOfALongBatchAreLongerNotMore() {
        first();
        batch(640);
        int[] steps = acknowledged();
        assertThat(steps).hasSize(64);
        for (int i = 0; i < steps.length; i++) {
            assertThat(steps[i]).isEqualTo(10 * (i + 1));
        }
    }

    @Test
    void packetsOfManyChunksAreCountedAsPackets() {
        first();
        for (int i = 0; i < 8; i++) {
            peer.receiveOnly(message(), message(), message());
        }
        peer.turn();
        assertThat(acknowledged()).containsExactly(6, 12, 18, 24);
    }

    @Test
    void aBatchOutOfOrderIsAcknowledgedOnce() {
        first();
        for (int i = 1; i < 10; i++) {
            peer.receiveOnly(message());
        }
        peer.receiveOnly(data(next + 1, 3, 0, next + 1, (byte) 1));
        peer.receiveOnly(data(next, 3, 0, next, (byte) 1));
        peer.turn();
        assertThat(acknowledged()).containsExactly(11);
        next += 2;
        for (int i = 0; i < 10; i++) {
            peer.receiveOnly(message());
        }
        peer.receiveOnly(data(next - 1, 3, 0, next - 1, (byte) 1));
        peer.turn();
        assertThat(peer.take(3)).singleElement().satisfies(s -> {
            assertThat(s.i32(0)).isEqualTo(PEER_TSN + 21);
            assertThat(s.u16(10)).isEqualTo(1);
        });
    }

    @Test
    void theImmediateBitAGapAndItsFillingAreAcknowledgedAtOnce() {
        first();
        peer.receive(data(1, 3 | 8, 0, 1, (byte) 1));
        assertThat(peer.take(3)).hasSize(1);
        peer.receive(data(3, 3, 0, 3, (byte) 1));
        assertThat(peer.take(3)).singleElement().satisfies(s -> {
            assertThat(s.u16(8)).isEqualTo(1);
            assertThat(s.u16(12)).isEqualTo(2);
            assertThat(s.u16(14)).isEqualTo(2);
        });
        peer.receive(data(2, 3, 0, 2, (byte) 1));
        assertThat(peer.take(3)).singleElement().satisfies(s -> assertThat(s.u16(8))
                .isZero());
    }

    @Test
    void aSackTravelsWithData() {
        first();
        peer.receiveOnly(message());
        peer.send(0, 100);
        peer.turn();
        assertThat(peer.sent).extracting(RawPeer.Chunk::type).containsExactly(3, 0);
        assertThat(peer.sent.get(0).packet()).isEqualTo(peer.sent.get(1).packet());
    }

    @Test
    void reportsFillAPacketAndNoMore() {
        for (int i = 1; i < 1400; i += 2) {
            peer.receiveOnly(data(i, 3 | 4, 0, 0, (byte) 1));
        }
        peer.turn();
        assertThat(peer.take(3)).singleElement().satisfies(s -> assertThat(s.u16(8))
                .isEqualTo((1188 - 12 - 16) / 4));
    }

    @Test
    void besideDataASackTakesALittleRoomOnly() {
        for (int i = 1; i < 1400; i += 2) {
            peer.receiveOnly(data(i, 3 | 4, 0, 0, (byte) 1));
        }
        peer.send(0, 100);
        peer.turn();
        assertThat(peer.sent).extracting(RawPeer.Chunk::type).containsExactly(3, 0);
        assertThat(peer.sent.get(0).value().length).isLessThanOrEqualTo(172);
    }

    @Test
    void anAssociationThatAnswersSacksNeverAnswersThem() {
        peer.send(0, 100);
        peer.turn();
        peer.sent.clear();
        for (int i = 0; i < 100; i++) {
            peer.receive(peer.sack(0));
        }
        assertThat(peer.sent).isEmpty();
    }
}
