package org.webrtc4j.sctp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.webrtc4j.sctp.RawPeer.OUR_TSN;
import static org.webrtc4j.sctp.RawPeer.PEER_TSN;
import static org.webrtc4j.sctp.RawPeer.chunk;
import static org.webrtc4j.sctp.RawPeer.cookie;
import static org.webrtc4j.sctp.RawPeer.data;
import static org.webrtc4j.sctp.RawPeer.extensions;
import static org.webrtc4j.sctp.RawPeer.forwardTsnSupported;
import static org.webrtc4j.sctp.RawPeer.i32;
import static org.webrtc4j.sctp.RawPeer.iData;
import static org.webrtc4j.sctp.RawPeer.iForwardTsn;
import static org.webrtc4j.sctp.RawPeer.initAck;
import static org.webrtc4j.sctp.RawPeer.parameter;
import static org.webrtc4j.sctp.RawPeer.u16;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** I-DATA and I-FORWARD-TSN (RFC 8260): who speaks them, what they carry, and what becomes of what they must not say. */
class InterleavingTest {

    private static final int E = 1;
    private static final int B = 2;
    private static final int U = 4;
    private static final int WINDOW = 8 * 1024 * 1024;

    private final RawPeer peer = RawPeer.interleaving();

    private void assertDelivered(RawPeer at, int... firstBytes) {
        assertThat(at.messages.stream().mapToInt(m -> m.payload()[0]).toArray()).containsExactly(firstBytes);
    }

    private void assertNothingHeld(RawPeer at) {
        assertThat(at.association.stats().receiveWindow()).isEqualTo(WINDOW);
    }

    private static byte[] listed(RawPeer.Chunk init) {
        // The extensions follow the fixed fields.
        assertThat(init.u16(16)).isEqualTo(0x8008);
        return Arrays.copyOfRange(init.value(), 20, 16 + init.u16(18));
    }

    // What is negotiated.

    @Test
    void theChunksAreListedWhereTheOptionIsOn() {
        for (boolean skips : new boolean[] {true, false}) {
            RawPeer raw = new RawPeer(RawPeer.options().interleaving(true).partialReliability(skips));
            raw.association.connect(raw.now);
            raw.turn();
            byte[] list = listed(raw.take(1).get(0));
            assertThat(list)
                    .containsExactly(
                            skips ? new byte[] {(byte) 130, (byte) 192, 64, (byte) 194} : new byte[] {(byte) 130, 64});
            raw.receiveTagged(0, RawPeer.init(extensions(130, 64)));
            assertThat(listed(raw.take(2).get(0))).isEqualTo(list);
        }
        RawPeer plain = new RawPeer(RawPeer.options());
        plain.association.connect(plain.now);
        plain.turn();
        assertThat(listed(plain.take(1).get(0))).containsExactly((byte) 130, (byte) 192);
    }

    @Test
    void itIsOnOnlyWhereBothSidesListIt() {
        assertThat(typeSent(RawPeer.interleaving())).isEqualTo(64);
        assertThat(typeSent(RawPeer.established(RawPeer.options().interleaving(true))))
                .isZero();
        RawPeer unwilling = new RawPeer(RawPeer.options());
        unwilling.association.connect(unwilling.now);
        unwilling.turn();
        unwilling.receive(initAck(1 << 20, extensions(130, 192, 64, 194), cookie(new byte[4])));
        unwilling.receive(chunk(11, 0));
        assertThat(typeSent(unwilling)).isZero();
    }

    private static int typeSent(RawPeer raw) {
        raw.send(0, 10);
        raw.sent.clear();
        raw.turn();
        List<RawPeer.Chunk> sent =
                raw.sent.stream().filter(c -> c.type() == 0 || c.type() == 64).toList();
        assertThat(sent).hasSize(1);
        return sent.get(0).type();
    }

    @Test
    void theStateCookieCarriesWhatWasNegotiated() {
        RawPeer server = new RawPeer(RawPeer.options().interleaving(true));
        server.receiveTagged(0, RawPeer.init(forwardTsnSupported(), extensions(130, 192, 64, 194)));
        server.receive(echoOf(server.take(2).get(0)));
        assertThat(server.association.state()).isEqualTo(SctpState.ESTABLISHED);
        assertThat(typeSent(server)).isEqualTo(64);
        server.receive(iData(0, B | E, 0, 0, 0, (byte) 1));
        assertDelivered(server, 1);
    }

    private static byte[] echoOf(RawPeer.Chunk initAck) {
        byte[] value = initAck.value();
        int at = 16;
        while (initAck.u16(at) != 7) {
            at += (initAck.u16(at + 2) + 3) & ~3;
        }
        return chunk(10, 0, Arrays.copyOfRange(value, at + 4, at + initAck.u16(at + 2)));
    }

    @Test
    void aRestartMayEndItAndWhatWasPartlySentBeginsAgain() {
        peer.send(1, 8_000);
        peer.send(2, 8_000);
        peer.turn();
        assertThat(peer.take(64).stream().map(c -> c.u16(4)).distinct()).containsExactly(1, 2);
        peer.receive(iData(0, B, 1, 0, 0, (byte) 9));
        peer.receiveTagged(0, RawPeer.init(0x3333, 9_000, forwardTsnSupported(), extensions(130, 192)));
        RawPeer.Chunk ack = peer.take(2).get(0);
        peer.receiveTagged(ack.i32(0), echoOf(ack));
        assertThat(peer.events(SctpEvent.Restarted.class)).hasSize(1);
        List<RawPeer.Chunk> sent = peer.take(0);
        // One message after the other now, each from its beginning.
        assertThat(sent.subList(0, 7)).allSatisfy(c -> assertThat(c.u16(4)).isEqualTo(1));
        assertThat(sent.get(0).flags() & B).isEqualTo(B);
        assertThat(sent.get(7).u16(4)).isEqualTo(2);
        assertThat(sent.get(7).flags() & B).isEqualTo(B);
        assertNothingHeld(peer);
    }

    @Test
    void dataWhereInterleavingIsOnAndTheReverseEndTheAssociation() {
        peer.receive(data(0, 3, 0, 0, (byte) 1));
        RawPeer plain = RawPeer.established();
        plain.receive(iData(0, 3, 0, 0, 0, (byte) 1));
        for (RawPeer each : List.of(peer, plain)) {
            assertThat(each.messages).isEmpty();
            assertThat(each.take(6)).singleElement().satisfies(a -> assertThat(a.u16(0))
                    .isEqualTo(13));
            assertThat(each.events(SctpEvent.Closed.class))
                    .singleElement()
                    .satisfies(c -> assertThat(c.cause().kind()).isEqualTo(SctpCloseCause.Kind.PROTOCOL_VIOLATION));
        }
    }

    // What is sent.

    @Test
    void fragmentsCarryTheMessageAndTheirOwnNumberAndTheFirstThePpid() {
        peer.send(5, 3000);
        peer.turn();
        List<RawPeer.Chunk> sent = peer.take(64);
        assertThat(sent).hasSize(3);
        int bytes = 0;
        for (int i = 0; i < 3; i++) {
            RawPeer.Chunk fragment = sent.get(i);
            assertThat(fragment.i32(0)).isEqualTo(OUR_TSN + i);
            assertThat(fragment.u16(4)).isEqualTo(5);
            assertThat(fragment.u16(6)).isZero();
            assertThat(fragment.i32(8)).isZero();
            assertThat(fragment.i32(12)).isEqualTo(i == 0 ? 53 : i);
            assertThat(fragment.flags() & 7).isEqualTo(i == 0 ? B : i == 2 ? E : 0);
            bytes += fragment.value().length - 16;
        }
        assertThat(bytes).isEqualTo(3000);
        // 12 bytes of header and 20 of chunk header leave this much of a packet of 1188.
        assertThat(sent.get(0).value().length - 16).isEqualTo(1156);
    }

    @Test
    void orderedAndUnorderedMessagesAreNumberedApart() {
        for (int i = 0; i < 6; i++) {
            peer.send(5, 10, i % 2 == 0 ? SendOptions.ORDERED : SendOptions.UNORDERED);
        }
        peer.send(6, 10);
        peer.turn();
        List<RawPeer.Chunk> sent = peer.take(64);
        assertThat(sent.stream()
                        .filter(c -> c.u16(4) == 5 && (c.flags() & U) == 0)
                        .map(c -> c.i32(8)))
                .containsExactly(0, 1, 2);
        assertThat(sent.stream()
                        .filter(c -> c.u16(4) == 5 && (c.flags() & U) != 0)
                        .map(c -> c.i32(8)))
                .containsExactly(0, 1, 2);
        assertThat(sent.stream().filter(c -> c.u16(4) == 6).map(c -> c.i32(8))).containsExactly(0);
    }

    @Test
    void aFragmentSentAgainIsTheSame() {
        peer.send(5, 5000);
        peer.turn();
        List<RawPeer.Chunk> first = peer.take(64);
        peer.receive(peer.sack(0, 2, 4));
        peer.pass(3_000 * RawPeer.MILLI);
        RawPeer.Chunk again = peer.take(64).get(0);
        assertThat(again.i32(0)).isEqualTo(OUR_TSN + 1);
        assertThat(again.value()).isEqualTo(first.get(1).value());
    }

    @Test
    void streamsTakeTurnsByFragment() {
        for (int stream = 1; stream <= 3; stream++) {
            peer.send(stream, 3 * 1156);
        }
        peer.turn();
        assertThat(peer.take(64).stream().map(c -> c.u16(4))).containsExactly(1, 2, 3, 1, 2, 3, 1, 2, 3);
    }

    @Test
    void whatIsGivenUpIsSkippedByMessageOfEitherKind() {
        SendOptions once = new SendOptions(false, 0, SendOptions.UNLIMITED);
        SendOptions onceUnordered = new SendOptions(true, 0, SendOptions.UNLIMITED);
        peer.send(1, 10);
        peer.turn();
        peer.receive(peer.sack(0));
        peer.send(1, 2000, once);
        peer.send(2, 2000, onceUnordered);
        peer.send(3, 100);
        peer.sent.clear();
        peer.turn();
        // The smallest goes first, and arrives.
        assertThat(peer.take(64).get(0).u16(4)).isEqualTo(3);
        peer.receive(peer.sack(1));
        peer.pass(5_000 * RawPeer.MILLI);
        List<RawPeer.Chunk> skips = peer.take(194);
        assertThat(skips).isNotEmpty();
        RawPeer.Chunk skip = skips.get(skips.size() - 1);
        List<List<Integer>> entries = new ArrayList<>();
        for (int at = 4; at < skip.value().length; at += 8) {
            entries.add(List.of(skip.u16(at), skip.u16(at + 2), skip.i32(at + 4)));
        }
        assertThat(entries).containsExactlyInAnyOrder(List.of(1, 0, 1), List.of(2, 1, 0));
        assertThat(peer.events(SctpEvent.Abandoned.class)).hasSize(2);
    }

    @Test
    void aMessageGivenUpAmongOthersTakesNoFragmentOfThemWithIt() {
        peer.send(1, 4 * 1156, new SendOptions(false, 0, SendOptions.UNLIMITED));
        peer.send(2, 4 * 1156);
        peer.turn();
        assertThat(peer.take(64)).hasSize(8);
        // Everything is lost; stream 2's fragments are sent again, stream 1's are not.
        peer.pass(1_000 * RawPeer.MILLI);
        assertThat(peer.sent(64)).isNotEmpty().allSatisfy(c -> assertThat(c.u16(4))
                .isEqualTo(2));
        // The first of stream 1 is skipped; the next follows when stream 2's has arrived.
        assertThat(peer.take(194)).isNotEmpty().allSatisfy(c -> assertThat(c.i32(0))
                .isEqualTo(OUR_TSN));
        peer.receive(peer.sack(1));
        assertThat(peer.take(194)).singleElement().satisfies(c -> assertThat(c.i32(0))
                .isEqualTo(OUR_TSN + 2));
    }

    @Test
    void afterAResetIdentifiersStartAtZero() {
        peer.send(4, 10);
        peer.send(4, 10, SendOptions.UNORDERED);
        peer.turn();
        peer.receive(peer.sack(1));
        peer.association.resetStreams(new int[] {4}, peer.now);
        peer.turn();
        peer.receive(chunk(130, 0, parameter(16, i32(OUR_TSN, 1))));
        peer.sent.clear();
        peer.send(4, 10);
        peer.send(4, 10, SendOptions.UNORDERED);
        peer.turn();
        assertThat(peer.take(64).stream().map(c -> c.i32(8))).containsExactly(0, 0);
    }

    // What is received.

    @Test
    void messagesOfSeveralStreamsAndOfOneMayBeUnderWayAtOnce() {
        peer.receive(iData(0, B, 1, 0, 0, (byte) 10));
        peer.receive(iData(1, B, 2, 0, 0, (byte) 20));
        peer.receive(iData(2, B, 1, 1, 0, (byte) 11));
        peer.receive(iData(3, B | U, 1, 0, 0, (byte) 30));
        peer.receive(iData(4, E, 1, 1, 1, (byte) 1));
        peer.receive(iData(5, E | U, 1, 0, 1, (byte) 1));
        peer.receive(iData(6, E, 2, 0, 1, (byte) 1));
        assertDelivered(peer, 30, 20);
        peer.receive(iData(7, E, 1, 0, 1, (byte) 1));
        assertDelivered(peer, 30, 20, 10, 11);
        assertThat(peer.messages).allSatisfy(m -> assertThat(m.ppid()).isEqualTo(53));
        assertThat(peer.messages.get(0).unordered()).isTrue();
        assertNothingHeld(peer);
    }

    @Test
    void fragmentsOfTwoMessagesInAnyOrderMakeBoth() {
        int[][] orders = {
            {0, 1, 2, 3, 4, 5}, {5, 4, 3, 2, 1, 0}, {1, 4, 0, 3, 2, 5}, {2, 5, 1, 4, 0, 3}, {3, 0, 4, 1, 5, 2}
        };
        for (int kind : new int[] {0, U}) {
            for (int[] order : orders) {
                RawPeer fresh = RawPeer.interleaving();
                for (int i : order) {
                    int fragment = i / 2;
                    int flags = kind | (fragment == 0 ? B : 0) | (fragment == 2 ? E : 0);
                    fresh.receive(iData(i, flags, 3, i % 2, fragment, (byte) (i % 2), (byte) fragment));
                }
                assertThat(fresh.messages).hasSize(2).allSatisfy(m -> {
                    byte id = m.payload()[0];
                    assertThat(m.payload()).containsExactly(id, 0, id, 1, id, 2);
                });
                if (kind == 0) {
                    assertDelivered(fresh, 0, 1);
                }
                assertNothingHeld(fresh);
            }
        }
    }

    @Test
    void aGapInAnotherStreamHoldsNothingBack() {
        for (int i = 1; i < 20; i++) {
            peer.receive(iData(i, B | E, 2, i - 1, 0, (byte) i));
        }
        assertThat(peer.messages).hasSize(19);
    }

    @Test
    void identifiersWrap() {
        peer.receive(iForwardTsn(0, 1, 0, 0x7fff_fff0));
        peer.receive(iForwardTsn(1, 1, 0, -16));
        peer.receive(iForwardTsn(2, 1, 0, -3));
        for (int i = 0; i < 4; i++) {
            peer.receive(iData(3 + i, B | E, 1, -2 + i, 0, (byte) i));
        }
        assertDelivered(peer, 0, 1, 2, 3);
    }

    @Test
    void iForwardTsnDropsWhatIsUnfinishedAndDeliversWhatWaited() {
        peer.receive(iData(0, B, 1, 0, 0, (byte) 9));
        peer.receive(iData(2, B | E, 1, 1, 0, (byte) 1));
        peer.receive(iData(3, B | U, 1, 0, 0, (byte) 9));
        peer.receive(iData(4, B | U, 1, 1, 0, (byte) 2));
        assertThat(peer.messages).isEmpty();
        peer.receive(iForwardTsn(3, 1, 0, 0, 1, 1, 0));
        assertDelivered(peer, 1);
        peer.receive(iData(5, E | U, 1, 1, 1, (byte) 2));
        assertDelivered(peer, 1, 2);
        // A late fragment of what was skipped finds nobody.
        peer.receive(iData(6, E, 1, 0, 1, (byte) 9));
        assertThat(peer.drops(SctpDrop.STALE_SSN)).isEqualTo(1);
        assertNothingHeld(peer);
    }

    @Test
    void iForwardTsnOfUnknownMessagesStreamsAndManyEntriesChangesNothingElse() {
        peer.receive(iForwardTsn(0, 7, 0, 3, 7, 1, 12, 65_535, 0, 1));
        int[] entries = new int[3 * 4000];
        for (int i = 0; i < 4000; i++) {
            entries[3 * i] = i;
            entries[3 * i + 1] = i % 2;
            entries[3 * i + 2] = 5;
        }
        peer.receive(iForwardTsn(1, entries));
        peer.receive(iData(2, B | E, 8, 6, 0, (byte) 1));
        peer.receive(iData(3, B | E, 7, 4, 0, (byte) 2));
        peer.receive(iData(4, B | E, 9_000, 0, 0, (byte) 3));
        assertDelivered(peer, 1, 2, 3);
        assertNothingHeld(peer);
    }

    @Test
    void iForwardTsnBehindBeyondRaggedOrNotNegotiatedIsIgnored() {
        peer.receive(iForwardTsn(-1));
        peer.receive(iForwardTsn(70_000, 1, 0, 5));
        peer.receive(chunk(192, 0, i32(PEER_TSN + 3), u16(1, 5)));
        assertThat(peer.drops(SctpDrop.INVALID_FORWARD_TSN)).isEqualTo(3);
        peer.receive(chunk(194, 0, i32(PEER_TSN + 3), new byte[4]));
        peer.receive(chunk(194, 0, new byte[3]));
        assertThat(peer.drops(SctpDrop.MALFORMED_CHUNK)).isEqualTo(2);
        RawPeer plain = RawPeer.established();
        plain.receive(iForwardTsn(3, 1, 0, 5));
        assertThat(plain.drops(SctpDrop.INVALID_FORWARD_TSN)).isEqualTo(1);
        peer.receive(iData(0, B | E, 1, 0, 0, (byte) 1));
        assertDelivered(peer, 1);
    }

    @Test
    void resetsOfThePeerRestartIdentifiersAndForgetWhatIsUnfinished() {
        peer.receive(iData(0, B | E, 4, 0, 0, (byte) 1));
        peer.receive(iData(1, B | E | U, 4, 0, 0, (byte) 2));
        peer.receive(iData(2, B, 4, 1, 0, (byte) 9));
        peer.receive(iData(3, B | U, 5, 0, 0, (byte) 3));
        peer.receive(chunk(130, 0, parameter(13, i32(PEER_TSN, OUR_TSN - 1, PEER_TSN + 3), u16(4))));
        peer.receive(iData(4, B | E, 4, 0, 0, (byte) 4));
        peer.receive(iData(5, B | E | U, 4, 0, 0, (byte) 5));
        peer.receive(iData(6, E | U, 5, 0, 1, (byte) 3));
        assertDelivered(peer, 1, 2, 4, 5, 3);
        assertNothingHeld(peer);
    }

    @Test
    void whatComesBehindAResetThatWaitsIsDeliveredAfterIt() {
        peer.receive(chunk(130, 0, parameter(13, i32(PEER_TSN, OUR_TSN - 1, PEER_TSN + 1), u16(4))));
        peer.receive(iData(2, B, 4, 0, 0, (byte) 3));
        peer.receive(iData(3, E, 4, 0, 1, (byte) 3));
        peer.receive(iData(4, B | E, 5, 0, 0, (byte) 9));
        peer.receive(iData(1, B | E, 4, 1, 0, (byte) 2));
        assertDelivered(peer, 9);
        peer.receive(iData(0, B | E, 4, 0, 0, (byte) 1));
        assertDelivered(peer, 9, 1, 2, 3);
        assertThat(peer.events(SctpEvent.StreamsReset.class)).hasSize(1);
        assertNothingHeld(peer);
    }

    // What makes no sense.

    @Test
    void aGapInTheFragmentsLeavesTheMessageUnfinishedAndCostsItsWindow() {
        peer.receive(iData(0, B, 1, 0, 0, new byte[100]));
        peer.receive(iData(1, E, 1, 0, 2, new byte[100]));
        peer.receive(iData(2, B | E, 2, 0, 0, (byte) 1));
        assertDelivered(peer, 1);
        assertThat(peer.association.stats().receiveWindow()).isEqualTo(WINDOW - 200 - 128);
    }

    @Test
    void aFragmentThatIsThereAlreadyOrContradictsTheOthersIsDropped() {
        peer.receive(iData(0, B, 1, 0, 0, (byte) 1));
        peer.receive(iData(1, B, 1, 0, 0, (byte) 9));
        peer.receive(iData(2, 0, 1, 0, 2, (byte) 3));
        peer.receive(iData(3, 0, 1, 0, 2, (byte) 9));
        // An end before what is there, a beginning that is an end, a first fragment that is none.
        peer.receive(iData(4, E, 1, 0, 1, (byte) 9));
        peer.receive(iData(5, B | E, 1, 0, 0, (byte) 9));
        peer.receive(iData(6, 0, 1, 0, 0, (byte) 9));
        peer.receive(iData(7, E, 1, 0, 3, (byte) 4));
        peer.receive(iData(8, E, 1, 0, 4, (byte) 9));
        peer.receive(iData(9, 0, 1, 0, 5, (byte) 9));
        peer.receive(iData(10, 0, 1, 0, 1, (byte) 2));
        assertThat(peer.messages).singleElement().satisfies(m -> assertThat(m.payload())
                .containsExactly(1, 2, 3, 4));
        assertThat(peer.drops(SctpDrop.ORPHAN_FRAGMENT)).isEqualTo(7);
        assertNothingHeld(peer);
    }

    @Test
    void aMessageDeliveredOrWaitingIsNotBegunAgain() {
        peer.receive(iData(0, B | E, 1, 0, 0, (byte) 0));
        peer.receive(iData(1, B | E, 1, 0, 0, (byte) 9));
        peer.receive(iData(2, 0, 1, 0, 3, (byte) 9));
        peer.receive(iData(3, B | E, 1, 2, 0, (byte) 2));
        peer.receive(iData(4, B, 1, 2, 0, (byte) 9));
        peer.receive(iData(5, B | E, 1, 2, 0, (byte) 9));
        peer.receive(iData(6, B | E, 1, 1, 0, (byte) 1));
        assertDelivered(peer, 0, 1, 2);
        assertThat(peer.drops(SctpDrop.STALE_SSN)).isEqualTo(4);
        assertNothingHeld(peer);
    }

    @Test
    void identifiersAndFragmentsFartherAheadThanCanBeAreDropped() {
        peer.receive(iData(0, B | E, 1, 1_000_000, 0, (byte) 9));
        peer.receive(iData(1, B | E, 1, 0x7fff_ffff, 0, (byte) 9));
        peer.receive(iData(2, B | E, 1, -1, 0, (byte) 9));
        assertThat(peer.drops(SctpDrop.MESSAGE_TOO_FAR)).isEqualTo(2);
        assertThat(peer.drops(SctpDrop.STALE_SSN)).isEqualTo(1);
        // A message of so many fragments would be larger than any may be.
        peer.receive(iData(3, 0, 1, 0, 300_000, (byte) 9));
        peer.receive(iData(4, 0, 1, 0, -1, (byte) 9));
        assertThat(peer.drops(SctpDrop.ORPHAN_FRAGMENT)).isEqualTo(2);
        peer.receive(iData(5, B | E, 1, 60_000, 0, (byte) 9));
        peer.receive(iData(6, B | E, 1, 0, 0, (byte) 1));
        assertDelivered(peer, 1);
    }

    @Test
    void tooShortOrEmptyIDataIsTreatedAsData() {
        for (int length = 0; length < 16; length++) {
            peer.receive(chunk(64, 3, new byte[length]));
        }
        assertThat(peer.drops(SctpDrop.MALFORMED_CHUNK)).isEqualTo(16);
        peer.receive(iData(0, B | E, 65_535, 0, 0, (byte) 1));
        assertThat(peer.drops(SctpDrop.INVALID_STREAM)).isEqualTo(1);
        peer.receive(iData(1, B | E, 0, 0, 0));
        assertThat(peer.events(SctpEvent.Closed.class))
                .singleElement()
                .satisfies(c -> assertThat(c.cause().causeCode()).isEqualTo(9));
    }

    @Test
    void aMessageAboveTheLimitEndsTheAssociationInWhateverOrderItComes() {
        for (int[] order : new int[][] {{0, 1, 2, 3}, {3, 2, 1, 0}}) {
            RawPeer small = RawPeer.interleaving(RawPeer.options().maxReceiveMessageSize(3000), 1 << 20);
            for (int i : order) {
                assertThat(small.events(SctpEvent.Closed.class)).isEmpty();
                small.receive(iData(i, i == 0 ? B : i == 3 ? E : 0, 0, 0, i, new byte[i == 3 ? 1 : 1000]));
            }
            assertThat(small.events(SctpEvent.Closed.class))
                    .singleElement()
                    .satisfies(c -> assertThat(c.cause().causeCode()).isEqualTo(4));
        }
    }

    @Test
    void manyTinyUnfinishedMessagesFillTheWindowAndEndTheAssociation() {
        RawPeer narrow = RawPeer.interleaving(RawPeer.options().receiveWindow(19_200), 1 << 20);
        int sent = 0;
        while (narrow.events(SctpEvent.Closed.class).isEmpty() && sent < 1000) {
            narrow.receive(iData(sent, B | U, sent % 50, sent, 0, (byte) 1));
            sent++;
        }
        // Each costs its fragment, 64 bytes at least, and what is kept about it.
        assertThat(sent).isBetween(100, 102);
        assertThat(narrow.events(SctpEvent.Closed.class)).hasSize(1);
    }
}
