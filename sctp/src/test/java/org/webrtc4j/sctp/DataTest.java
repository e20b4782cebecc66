package org.webrtc4j.sctp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.webrtc4j.sctp.RawPeer.PEER_TSN;
import static org.webrtc4j.sctp.RawPeer.chunk;
import static org.webrtc4j.sctp.RawPeer.data;
import static org.webrtc4j.sctp.RawPeer.i32;
import static org.webrtc4j.sctp.RawPeer.u16;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** DATA and FORWARD-TSN as a peer sends them, in order and not: what is delivered, acknowledged, dropped, charged. */
class DataTest {

    private static final int E = 1;
    private static final int B = 2;
    private static final int U = 4;

    private final RawPeer peer = RawPeer.established();

    private RawPeer.Chunk sack() {
        peer.pass(RawPeer.MILLI * 500);
        List<RawPeer.Chunk> sacks = peer.take(3);
        return sacks.get(sacks.size() - 1);
    }

    private void assertDelivered(byte[]... payloads) {
        assertThat(peer.messages).extracting(SctpEvent.Message::payload).containsExactly(payloads);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    @Test
    void emptyDataEndsTheAssociationWithItsTsn() {
        peer.receive(data(0, 3, 0, 0));
        assertThat(peer.take(6)).singleElement().satisfies(a -> {
            assertThat(a.u16(0)).isEqualTo(9);
            assertThat(a.i32(4)).isEqualTo(PEER_TSN);
        });
        assertThat(peer.events(SctpEvent.Closed.class)).hasSize(1);
    }

    @Test
    void dataTooShortForItsHeaderIsDropped() {
        for (int length = 0; length < 12; length++) {
            peer.receive(chunk(0, 3, new byte[length]));
        }
        assertThat(peer.drops(SctpDrop.MALFORMED_CHUNK)).isEqualTo(12);
    }

    @Test
    void aStreamBeyondTheLimitIsAcknowledgedAndReported() {
        peer.receive(data(0, 3, 65_535, 0, (byte) 1));
        assertThat(peer.sent(9)).singleElement().satisfies(e -> {
            assertThat(e.u16(0)).isEqualTo(1);
            assertThat(e.u16(4)).isEqualTo(65_535);
        });
        assertThat(peer.sent(3).get(0).i32(0)).isEqualTo(PEER_TSN);
        peer.receive(data(1, 3, 0, 0, (byte) 2));
        assertDelivered(bytes(2));
    }

    @Test
    void aDuplicateIsReportedAndNotDeliveredTwice() {
        peer.receive(data(0, 3, 0, 0, (byte) 1));
        peer.sent.clear();
        peer.receive(data(0, 3, 0, 0, (byte) 1));
        RawPeer.Chunk sack = peer.take(3).get(0);
        assertThat(sack.u16(10)).isEqualTo(1);
        assertThat(sack.i32(12)).isEqualTo(PEER_TSN);
        assertThat(peer.messages).hasSize(1);
    }

    @Test
    void dataBehindOrFarAheadIsDropped() {
        peer.receive(data(-5, 3, 0, 0, (byte) 1));
        peer.receive(data(65_536, 3, 0, 0, (byte) 1));
        peer.receive(data(1 << 30, 3, 0, 0, (byte) 1));
        assertThat(peer.drops(SctpDrop.DUPLICATE_DATA)).isEqualTo(1);
        assertThat(peer.drops(SctpDrop.DATA_TOO_FAR)).isEqualTo(2);
        assertThat(peer.messages).isEmpty();
        peer.receive(data(65_534, 3, 1, 0, (byte) 7));
        assertDelivered(bytes(7));
    }

    @Test
    void fourFragmentsInAnyOrderMakeTheMessageOfEitherKind() {
        List<int[]> orders = new ArrayList<>();
        permute(new int[] {0, 1, 2, 3}, 0, orders);
        assertThat(orders).hasSize(24);
        for (int unordered : new int[] {0, U}) {
            for (int[] order : orders) {
                RawPeer fresh = RawPeer.established();
                for (int i : order) {
                    assertThat(fresh.messages).isEmpty();
                    int flags = unordered | (i == 0 ? B : 0) | (i == 3 ? E : 0);
                    fresh.receive(data(i, flags, 4, 0, (byte) i, (byte) i));
                }
                assertThat(fresh.messages).singleElement().satisfies(m -> {
                    assertThat(m.payload()).containsExactly(0, 0, 1, 1, 2, 2, 3, 3);
                    assertThat(m.unordered()).isEqualTo(unordered == U);
                });
                assertThat(fresh.association.stats().receiveWindow()).isEqualTo(8 * 1024 * 1024);
            }
        }
    }

    private static void permute(int[] values, int from, List<int[]> into) {
        if (from == values.length) {
            into.add(values.clone());
        }
        for (int i = from; i < values.length; i++) {
            swap(values, from, i);
            permute(values, from + 1, into);
            swap(values, from, i);
        }
    }

    private static void swap(int[] values, int a, int b) {
        int value = values[a];
        values[a] = values[b];
        values[b] = value;
    }

    @Test
    void aMissingStreamDoesNotHoldBackAnotherNorAnUnorderedMessage() {
        peer.receive(data(1, 3, 1, 1, (byte) 11));
        peer.receive(data(2, 3, 2, 0, (byte) 20));
        peer.receive(data(3, 3 | U, 1, 0, (byte) 99));
        assertDelivered(bytes(20), bytes(99));
        peer.receive(data(0, 3, 1, 0, (byte) 10));
        assertDelivered(bytes(20), bytes(99), bytes(10), bytes(11));
    }

    @Test
    void aFragmentWithoutItsBeginningIsDroppedAndTheStreamGoesOn() {
        peer.receive(data(0, E, 0, 0, (byte) 1));
        peer.receive(data(1, 0, 0, 0, (byte) 1));
        peer.receive(data(2, 3, 0, 0, (byte) 2));
        assertDelivered(bytes(2));
        assertThat(peer.drops(SctpDrop.ORPHAN_FRAGMENT)).isEqualTo(2);
        assertThat(peer.association.stats().receiveWindow()).isEqualTo(8 * 1024 * 1024);
    }

    @Test
    void aBeginningInsideAMessageDropsTheUnfinishedOne() {
        peer.receive(data(0, B, 0, 0, (byte) 1));
        peer.receive(data(1, B, 0, 0, (byte) 2));
        peer.receive(data(2, E, 0, 0, (byte) 3));
        assertDelivered(bytes(2, 3));
        peer.receive(data(3, B, 0, 1, (byte) 4));
        peer.receive(data(4, 3, 0, 1, (byte) 5));
        assertDelivered(bytes(2, 3), bytes(5));
        assertThat(peer.drops(SctpDrop.ORPHAN_FRAGMENT)).isEqualTo(2);
    }

    @Test
    void orderStreamOrNumberChangingInsideAMessageDropsIt() {
        peer.receive(data(0, B, 0, 0, (byte) 1));
        peer.receive(data(1, E | U, 0, 0, (byte) 1));
        peer.receive(data(2, B, 0, 0, (byte) 1));
        peer.receive(data(3, E, 1, 0, (byte) 1));
        peer.receive(data(4, B, 0, 0, (byte) 1));
        peer.receive(data(5, E, 0, 1, (byte) 1));
        assertThat(peer.messages).isEmpty();
        // Ahead of a gap the same fragments never join.
        peer.receive(data(7, B, 0, 0, (byte) 1));
        peer.receive(data(8, E, 1, 0, (byte) 1));
        peer.receive(data(10, E, 0, 0, (byte) 1));
        peer.receive(data(9, B | U, 0, 0, (byte) 1));
        assertThat(peer.messages).isEmpty();
        peer.receive(data(6, 3, 0, 0, (byte) 9));
        assertDelivered(bytes(9));
        assertThat(peer.association.stats().receiveWindow()).isEqualTo(8 * 1024 * 1024);
    }

    @Test
    void thePpidOfTheFirstFragmentCounts() {
        peer.receive(chunk(0, B, i32(PEER_TSN), u16(0, 0), i32(51), new byte[1]));
        peer.receive(chunk(0, E, i32(PEER_TSN + 1), u16(0, 0), i32(-1), new byte[1]));
        assertThat(peer.messages).singleElement().satisfies(m -> assertThat(m.ppid())
                .isEqualTo(51));
    }

    @Test
    void aSequenceNumberBackwardsOrTwiceIsDropped() {
        peer.receive(data(0, 3, 0, 0, (byte) 0));
        peer.receive(data(1, 3, 0, 0, (byte) 1));
        peer.receive(data(2, 3, 0, 65_535, (byte) 2));
        peer.receive(data(3, 3, 0, 5, (byte) 3));
        peer.receive(data(4, 3, 0, 5, (byte) 4));
        assertDelivered(bytes(0));
        assertThat(peer.drops(SctpDrop.STALE_SSN)).isEqualTo(3);
    }

    @Test
    void sequenceNumbersWrap() {
        for (int i = 0; i < 65_540; i++) {
            peer.receiveOnly(data(i, 3, 0, i & 0xffff, (byte) 1));
        }
        peer.turn();
        assertThat(peer.messages).hasSize(65_540);
    }

    @Test
    void theTsnWraps() {
        RawPeer raw = new RawPeer(RawPeer.options());
        raw.association.connect(raw.now);
        raw.turn();
        raw.receive(chunk(2, 0, i32(RawPeer.PEER_TAG, 1 << 20), u16(9, 9), i32(-3), RawPeer.cookie(new byte[4])));
        raw.receive(chunk(11, 0));
        int[] order = {2, 1, 4, 3, 6, 5, 0};
        for (int tsn : order) {
            raw.receive(chunk(0, 3, i32(-3 + tsn), u16(0, tsn), i32(53), new byte[] {(byte) tsn}));
        }
        assertThat(raw.messages)
                .extracting(m -> m.payload()[0])
                .containsExactly((byte) 0, (byte) 1, (byte) 2, (byte) 3, (byte) 4, (byte) 5, (byte) 6);
        raw.pass(RawPeer.MILLI * 100);
        List<RawPeer.Chunk> sacks = raw.take(3);
        assertThat(sacks.get(sacks.size() - 1).i32(0)).isEqualTo(3);
    }

    @Test
    void aMessageAboveTheLimitEndsTheAssociation() {
        for (boolean ahead : new boolean[] {false, true}) {
            RawPeer small = RawPeer.established(RawPeer.options().maxReceiveMessageSize(3000));
            int shift = ahead ? 1 : 0;
            small.receive(data(shift, B, 0, 0, new byte[1000]));
            small.receive(data(shift + 1, 0, 0, 0, new byte[1000]));
            small.receive(data(shift + 2, 0, 0, 0, new byte[1000]));
            assertThat(small.events(SctpEvent.Closed.class)).isEmpty();
            small.receive(data(shift + 3, E, 0, 0, new byte[1]));
            assertThat(small.events(SctpEvent.Closed.class))
                    .singleElement()
                    .satisfies(c -> assertThat(c.cause().causeCode()).isEqualTo(4));
            assertThat(small.sent(6)).hasSize(1);
        }
    }

    @Test
    void whatIsNotConsumedClosesTheWindowAndConsumingReopensItAtOnce() {
        RawPeer slow = RawPeer.established(RawPeer.options().receiveWindow(10_000));
        slow.consume = false;
        for (int i = 0; i < 9; i++) {
            slow.receive(data(i, 3, 0, i, new byte[1000]));
        }
        slow.pass(RawPeer.MILLI * 100);
        List<RawPeer.Chunk> sacks = slow.take(3);
        assertThat(sacks.get(sacks.size() - 1).i32(4)).isEqualTo(1000);
        slow.receive(data(9, 3, 0, 9, new byte[1000]));
        slow.receive(data(10, 3, 0, 10, new byte[1000]));
        assertThat(slow.drops(SctpDrop.WINDOW_FULL)).isEqualTo(1);
        sacks = slow.take(3);
        assertThat(sacks.get(sacks.size() - 1).i32(4)).isZero();
        for (int i = 0; i < 3; i++) {
            slow.association.consumed(0, 1000, slow.now);
            slow.turn();
        }
        assertThat(slow.take(3)).singleElement().satisfies(s -> assertThat(s.i32(4))
                .isEqualTo(3000));
    }

    @Test
    void tinyMessagesAreChargedSoThatTheyCannotHoldManyTimesTheWindow() {
        RawPeer slow = RawPeer.established(RawPeer.options().receiveWindow(64_000));
        slow.consume = false;
        for (int i = 0; i < 5000; i++) {
            slow.receive(data(i, 3, 0, i, (byte) 1));
        }
        assertThat(slow.messages).hasSize(1000);
        assertThat(slow.association.stats().receiveWindow()).isZero();
    }

    @Test
    void nearlyFullOnlyWhatMovesTheCumulativeTsnIsTaken() {
        RawPeer narrow = RawPeer.established(RawPeer.options().receiveWindow(10_000));
        for (int i = 1; i < 20; i++) {
            narrow.receive(data(i, B, i, 0, new byte[1000]));
        }
        assertThat(narrow.drops(SctpDrop.WINDOW_FULL)).isEqualTo(10);
        narrow.receive(data(0, 3, 0, 0, new byte[] {1}));
        assertThat(narrow.messages).hasSize(1);
        assertThat(narrow.events(SctpEvent.Closed.class)).isEmpty();
    }

    @Test
    void aWindowFullOfUnfinishedMessagesEndsTheAssociation() {
        RawPeer narrow =
                RawPeer.established(RawPeer.options().receiveWindow(10_000).maxReceiveMessageSize(20_000));
        for (int i = 0; i < 11; i++) {
            narrow.receive(data(i, i == 0 ? B : 0, 0, 0, new byte[1000]));
        }
        assertThat(narrow.events(SctpEvent.Closed.class))
                .singleElement()
                .satisfies(c -> assertThat(c.cause().causeCode()).isEqualTo(4));
    }

    @Test
    void aMessageHeldOpenForEverCostsItsWindowAndNothingElse() {
        peer.receive(data(0, B, 0, 0, new byte[1000]));
        for (int i = 2; i < 2000; i += 2) {
            peer.receive(data(i, 3 | U, 1, 0, (byte) 1));
        }
        assertThat(peer.messages).hasSize(999);
        assertThat(peer.association.stats().receiveWindow()).isEqualTo(8 * 1024 * 1024 - 1000);
    }

    @Test
    void forwardTsnSkipsAHalfDeliveredMessageAndDeliversWhatWaited() {
        peer.receive(data(0, B, 1, 0, (byte) 1));
        peer.receive(data(2, 3, 1, 1, (byte) 2));
        assertThat(peer.messages).isEmpty();
        peer.receive(chunk(192, 0, i32(PEER_TSN + 1), u16(1, 0)));
        assertDelivered(bytes(2));
        assertThat(sack().i32(0)).isEqualTo(PEER_TSN + 2);
        assertThat(peer.association.stats().receiveWindow()).isEqualTo(8 * 1024 * 1024);
    }

    @Test
    void forwardTsnBehindRepeatedOrBeyondTheWindowIsIgnored() {
        peer.receive(chunk(192, 0, i32(PEER_TSN - 1)));
        peer.receive(chunk(192, 0, i32(PEER_TSN + 2), u16(1, 4)));
        peer.receive(chunk(192, 0, i32(PEER_TSN + 2), u16(1, 400)));
        peer.receive(chunk(192, 0, i32(PEER_TSN + 2 + 65_536)));
        peer.receive(chunk(192, 0, i32(PEER_TSN - 1_000_000)));
        assertThat(peer.drops(SctpDrop.INVALID_FORWARD_TSN)).isEqualTo(4);
        peer.receive(data(3, 3, 1, 5, (byte) 5));
        assertDelivered(bytes(5));
    }

    @Test
    void forwardTsnOfAWrongLengthIsDroppedAndUnknownStreamsInItAreSkipped() {
        peer.receive(chunk(192, 0));
        peer.receive(chunk(192, 0, i32(PEER_TSN + 2), new byte[2]));
        assertThat(peer.drops(SctpDrop.MALFORMED_CHUNK)).isEqualTo(2);
        int[] entries = new int[600];
        Arrays.fill(entries, 65_535);
        peer.receive(chunk(192, 0, i32(PEER_TSN), u16(entries)));
        peer.receive(data(1, 3, 0, 0, (byte) 1));
        assertThat(peer.messages).hasSize(1);
    }

    @Test
    void forwardTsnWhereItWasNotNegotiatedIsRefused() {
        RawPeer plain = new RawPeer(RawPeer.options().partialReliability(false));
        plain.association.connect(plain.now);
        plain.turn();
        plain.receive(RawPeer.initAck(1 << 20, RawPeer.forwardTsnSupported(), RawPeer.cookie(new byte[4])));
        plain.receive(chunk(11, 0));
        plain.receive(chunk(192, 0, i32(PEER_TSN + 2)));
        assertThat(plain.drops(SctpDrop.INVALID_FORWARD_TSN)).isEqualTo(1);
        plain.receive(data(0, 3, 0, 0, (byte) 1));
        assertThat(plain.messages).hasSize(1);
    }

    @Test
    void whatTheSkippedPartHadAheadIsForgottenWithIt() {
        peer.receive(data(1, B, 1, 0, (byte) 1));
        peer.receive(data(2, 0, 1, 0, (byte) 1));
        peer.receive(data(5, 3, 2, 0, (byte) 5));
        peer.receive(chunk(192, 0, i32(PEER_TSN + 3), u16(1, 0)));
        peer.receive(data(4, 3, 1, 1, (byte) 4));
        assertDelivered(bytes(5), bytes(4));
        assertThat(sack().u16(8)).isZero();
        assertThat(peer.association.stats().receiveWindow()).isEqualTo(8 * 1024 * 1024);
    }
}
