package org.webrtc4j.sctp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.webrtc4j.sctp.RawPeer.OUR_TAG;
import static org.webrtc4j.sctp.RawPeer.chunk;
import static org.webrtc4j.sctp.RawPeer.cookie;
import static org.webrtc4j.sctp.RawPeer.data;
import static org.webrtc4j.sctp.RawPeer.extensions;
import static org.webrtc4j.sctp.RawPeer.i32;
import static org.webrtc4j.sctp.RawPeer.init;
import static org.webrtc4j.sctp.RawPeer.initAck;
import static org.webrtc4j.sctp.RawPeer.packet;
import static org.webrtc4j.sctp.RawPeer.parameter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.webrtc4j.sctp.packet.Checksum;

/** RFC 9653: who announces it, who sends zero to whom in which packet, and what is accepted. */
class ZeroChecksumTest {

    private static final byte[] HEARTBEAT = chunk(4, 0, parameter(1, new byte[8]));
    private static final byte[] NOTHING = {};

    private static byte[] announced() {
        return parameter(0x8001, i32(1));
    }

    private static RawPeer peer(boolean ours) {
        RawPeer peer = new RawPeer(RawPeer.options().zeroChecksum(ours));
        peer.expectsUnchecked = true;
        return peer;
    }

    /** The packets of a type of chunk, and whether each had zero for a checksum. */
    private static List<Boolean> unchecked(RawPeer peer, int type) {
        return peer.sent(type).stream()
                .map(c -> peer.unchecked.contains(c.packet()))
                .toList();
    }

    /** We begin; the peer answers, with or without the announcement. */
    private static RawPeer connected(boolean ours, byte[] theirs) {
        RawPeer peer = peer(ours);
        peer.association.connect(peer.now);
        peer.send(1, 10);
        peer.turn();
        assertThat(unchecked(peer, 1)).containsExactly(false);
        peer.receive(initAck(1 << 20, theirs, extensions(130, 192), cookie(new byte[16])));
        assertThat(unchecked(peer, 10)).containsExactly(false);
        peer.receive(chunk(11, 0));
        assertThat(peer.association.state()).isEqualTo(SctpState.ESTABLISHED);
        peer.sent.clear();
        return peer;
    }

    private static byte[] withoutChecksum(byte[] packet) {
        Arrays.fill(packet, 8, 12, (byte) 0);
        return packet;
    }

    private static int indexOf(byte[] value, byte[] part) {
        for (int at = 16; at + part.length <= value.length; at++) {
            if (Arrays.equals(value, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
        return -1;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void itIsAnnouncedWhenAskedFor(boolean ours) {
        RawPeer peer = peer(ours);
        peer.association.connect(peer.now);
        peer.turn();
        assertThat(indexOf(peer.take(1).get(0).value(), announced()) > 0).isEqualTo(ours);
        RawPeer listener = peer(ours);
        listener.receiveTagged(0, init());
        assertThat(indexOf(listener.take(2).get(0).value(), announced()) > 0).isEqualTo(ours);
    }

    @ParameterizedTest
    @CsvSource({"false,false", "false,true", "true,false", "true,true"})
    void zeroIsSentOnlyWhereBothHaveAnnouncedIt(boolean ours, boolean theirs) {
        RawPeer peer = connected(ours, theirs ? announced() : NOTHING);
        peer.receive(HEARTBEAT);
        peer.send(1, 5_000);
        peer.turn();
        peer.receive(data(0, 3, 0, 0, (byte) 1));
        boolean both = ours && theirs;
        assertThat(unchecked(peer, 5)).containsExactly(both);
        assertThat(unchecked(peer, 0)).isNotEmpty().containsOnly(both);
        assertThat(unchecked(peer, 3)).isNotEmpty().containsOnly(both);
        peer.sent.clear();
        peer.association.abort(peer.now);
        peer.turn();
        assertThat(unchecked(peer, 6)).containsExactly(both);
    }

    @ParameterizedTest
    @CsvSource({"false,false", "false,true", "true,false", "true,true"})
    void theCookieCarriesItToTheAnswerer(boolean ours, boolean theirs) {
        boolean both = ours && theirs;
        RawPeer peer = peer(ours);
        peer.receiveTagged(0, init(theirs ? announced() : NOTHING, extensions(130, 192)));
        assertThat(unchecked(peer, 2)).containsExactly(both);
        byte[] ack = peer.take(2).get(0).value();
        byte[] header = RawPeer.u16(7, 4 + 32 + 44);
        int at = indexOf(ack, header);
        peer.receive(chunk(10, 0, Arrays.copyOfRange(ack, at + 4, at + 4 + 32 + 44)));
        assertThat(unchecked(peer, 11)).containsExactly(both);
        peer.receive(HEARTBEAT);
        assertThat(unchecked(peer, 5)).containsExactly(both);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void zeroIsAcceptedWhereWeHaveAnnouncedItAndTheRightValueAlways(boolean ours) {
        RawPeer peer = connected(ours, NOTHING);
        peer.receiveRaw(packet(OUR_TAG, HEARTBEAT));
        assertThat(peer.take(5)).hasSize(1);
        peer.receiveRaw(withoutChecksum(packet(OUR_TAG, HEARTBEAT)));
        assertThat(peer.take(5)).hasSize(ours ? 1 : 0);
        assertThat(peer.drops(SctpDrop.BAD_CHECKSUM)).isEqualTo(ours ? 0 : 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aWrongValueThatIsNotZeroIsDropped(boolean ours) {
        RawPeer peer = connected(ours, announced());
        byte[] packet = packet(OUR_TAG, HEARTBEAT);
        packet[9] ^= 1;
        peer.receiveRaw(packet);
        assertThat(peer.sent(5)).isEmpty();
        assertThat(peer.drops(SctpDrop.BAD_CHECKSUM)).isEqualTo(1);
    }

    @Test
    void anotherMethodOrAnotherLengthAnnouncesNothing() {
        for (byte[] parameter : List.of(
                parameter(0x8001, i32(2)),
                parameter(0x8001, i32(0x0100_0001)),
                parameter(0x8001, i32(1, 1)),
                parameter(0x8001),
                parameter(0x8001, new byte[] {0, 0, 1}))) {
            RawPeer peer = connected(true, parameter);
            peer.receive(HEARTBEAT);
            assertThat(unchecked(peer, 5)).containsExactly(false);
            assertThat(peer.sent(9)).isEmpty();
        }
    }

    @Test
    void packetsOfNoAssociationAreAnsweredWithAChecksum() {
        RawPeer peer = peer(true);
        peer.receiveTagged(77, HEARTBEAT);
        peer.receiveTagged(78, chunk(8, 0));
        assertThat(unchecked(peer, 6)).containsExactly(false);
        assertThat(unchecked(peer, 14)).containsExactly(false);
        RawPeer over = connected(true, announced());
        over.association.abort(over.now);
        over.turn();
        over.sent.clear();
        over.receiveTagged(79, HEARTBEAT);
        assertThat(unchecked(over, 6)).containsExactly(false);
    }

    @Test
    void aRestartNegotiatesItAgain() {
        RawPeer peer = connected(true, announced());
        peer.receiveTagged(0, init(0x3333_3333, 9_000));
        RawPeer.Chunk ack = peer.sent(2).get(0);
        assertThat(unchecked(peer, 2)).containsExactly(false);
        peer.sent.clear();
        int at = indexOf(ack.value(), RawPeer.u16(7, 4 + 32 + 44));
        int tag = ack.i32(0);
        peer.receiveTagged(tag, chunk(10, 0, Arrays.copyOfRange(ack.value(), at + 4, at + 4 + 32 + 44)));
        assertThat(peer.events(SctpEvent.Restarted.class)).hasSize(1);
        assertThat(unchecked(peer, 11)).containsExactly(false);
        peer.receiveTagged(tag, HEARTBEAT);
        assertThat(unchecked(peer, 5)).containsExactly(false);
    }

    @Test
    void betweenTwoThatAnnounceItOnlyTheSetUpHasChecksums() {
        Pipe pipe = new Pipe(11);
        List<byte[]> packets = new ArrayList<>();
        pipe.filter = packet -> packets.add(packet);
        Peer[] peers =
                Peer.connected(pipe, SctpOptions.builder().zeroChecksum(true).build());
        byte[] message = new byte[60_000];
        peers[0].send(1, message);
        pipe.runUntil(() -> !peers[1].messages.isEmpty(), 10_000_000_000L);
        assertThat(peers[1].messages).hasSize(1);
        for (byte[] packet : packets) {
            boolean setUp = packet[12] == 1 || packet[12] == 10;
            assertThat(Checksum.read(packet, 0) == 0).isEqualTo(!setUp);
        }
        assertThat(packets).hasSizeGreaterThan(50);
    }
}
