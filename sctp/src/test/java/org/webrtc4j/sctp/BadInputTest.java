package org.webrtc4j.sctp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.webrtc4j.sctp.RawPeer.OUR_TAG;
import static org.webrtc4j.sctp.RawPeer.PEER_TAG;
import static org.webrtc4j.sctp.RawPeer.chunk;
import static org.webrtc4j.sctp.RawPeer.data;
import static org.webrtc4j.sctp.RawPeer.i32;
import static org.webrtc4j.sctp.RawPeer.init;
import static org.webrtc4j.sctp.RawPeer.packet;
import static org.webrtc4j.sctp.RawPeer.parameter;
import static org.webrtc4j.sctp.RawPeer.u16;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What strangers and broken peers send, and what becomes of it: packets, chunk headers, INIT, HEARTBEAT, ERROR, ABORT. */
class BadInputTest {

    private static final byte[] HEARTBEAT = chunk(4, 0, parameter(1, new byte[8]));

    private final RawPeer peer = RawPeer.established();

    private void assertAlive() {
        assertThat(peer.association.state()).isEqualTo(SctpState.ESTABLISHED);
        assertThat(peer.events(SctpEvent.Closed.class)).isEmpty();
        int before = peer.sent(5).size();
        peer.receive(HEARTBEAT);
        assertThat(peer.sent(5)).hasSize(before + 1);
    }

    @Test
    void aPacketTooShortForAHeaderAndAChunkIsDropped() {
        for (int length = 0; length < 16; length++) {
            peer.receiveRaw(Arrays.copyOf(packet(OUR_TAG, HEARTBEAT), length));
        }
        assertThat(peer.drops(SctpDrop.SHORT_PACKET)).isEqualTo(16);
        assertThat(peer.sent).isEmpty();
        assertAlive();
    }

    @Test
    void wrongPortsAreDropped() {
        peer.receiveRaw(packet(5001, 5000, OUR_TAG, HEARTBEAT));
        peer.receiveRaw(packet(5000, 5001, OUR_TAG, HEARTBEAT));
        assertThat(peer.drops(SctpDrop.WRONG_PORT)).isEqualTo(2);
        assertAlive();
    }

    @Test
    void aWrongOrZeroChecksumIsDropped() {
        byte[] packet = packet(OUR_TAG, HEARTBEAT);
        packet[9] ^= 1;
        peer.receiveRaw(packet);
        Arrays.fill(packet, 8, 12, (byte) 0);
        peer.receiveRaw(packet);
        assertThat(peer.drops(SctpDrop.BAD_CHECKSUM)).isEqualTo(2);
        assertThat(peer.sent).isEmpty();
        assertAlive();
    }

    @Test
    void aWrongTagVanishesSilently() {
        peer.receiveTagged(OUR_TAG + 1, HEARTBEAT);
        peer.receiveTagged(PEER_TAG, data(0, 3, 0, 0, (byte) 1));
        peer.receiveTagged(0, HEARTBEAT);
        assertThat(peer.drops(SctpDrop.WRONG_TAG)).isEqualTo(3);
        assertThat(peer.sent).isEmpty();
        assertAlive();
    }

    @Test
    void anInitWithATagOrBundledIsDropped() {
        peer.receiveTagged(OUR_TAG, init());
        peer.receiveTagged(0, init(), HEARTBEAT);
        peer.receive(HEARTBEAT, init());
        assertThat(peer.drops(SctpDrop.WRONG_TAG)).isEqualTo(1);
        assertThat(peer.drops(SctpDrop.BUNDLED)).isEqualTo(2);
        assertThat(peer.sent(2)).isEmpty();
        assertAlive();
    }

    @Test
    void aThousandChunksInAPacketAreAnsweredUpToTheLimit() {
        byte[][] chunks = new byte[1000][];
        Arrays.fill(chunks, HEARTBEAT);
        peer.receive(chunks);
        assertThat(peer.take(5)).hasSize(32);
        assertThat(peer.drops(SctpDrop.REPLY_LIMIT)).isEqualTo(968);
        assertAlive();
    }

    @Test
    void aChunkLengthThatCannotBeEndsThePacket() {
        for (int length : new int[] {0, 1, 2, 3, 13, 100, 65_535}) {
            byte[] bad = {4, 0, (byte) (length >> 8), (byte) length, 0, 1, 0, 8, 9, 9, 9, 9};
            peer.receive(bad);
        }
        assertThat(peer.drops(SctpDrop.MALFORMED_CHUNK)).isEqualTo(7);
        assertThat(peer.sent).isEmpty();
        assertAlive();
    }

    @Test
    void paddingMayBeMissingAtTheEndOrNotZero() {
        byte[] odd = {4, 0, 0, 9, 0, 1, 0, 5, 7};
        peer.receive(odd);
        assertThat(peer.take(5)).hasSize(1);
        byte[] dirty = {4, 0, 0, 9, 0, 1, 0, 5, 7, 1, 2, 3};
        peer.receive(dirty, HEARTBEAT);
        assertThat(peer.take(5)).hasSize(2);
    }

    @Test
    void aRaggedEndIsCountedAndWhatCameBeforeIsTaken() {
        peer.receive(HEARTBEAT, new byte[3]);
        assertThat(peer.take(5)).hasSize(1);
        assertThat(peer.drops(SctpDrop.MALFORMED_CHUNK)).isEqualTo(1);
    }

    @Test
    void theHighBitsOfAnUnknownChunkSayWhetherToStopAndToReport() {
        peer.receive(chunk(0x3f, 0), HEARTBEAT);
        assertThat(peer.take(5)).isEmpty();
        peer.receive(chunk(0x7f, 0, new byte[4]), HEARTBEAT);
        assertThat(peer.sent(9)).singleElement().satisfies(e -> {
            assertThat(e.u16(0)).isEqualTo(6);
            assertThat(e.value()).endsWith(0x7f, 0, 0, 8, 0, 0, 0, 0);
        });
        assertThat(peer.take(5)).isEmpty();
        peer.receive(chunk(0xbf, 0), HEARTBEAT);
        assertThat(peer.sent(9)).isEmpty();
        assertThat(peer.take(5)).hasSize(1);
        peer.receive(chunk(0xff, 0), HEARTBEAT);
        assertThat(peer.sent(9)).hasSize(1);
        assertThat(peer.take(5)).hasSize(1);
        assertThat(peer.drops(SctpDrop.UNKNOWN_CHUNK)).isEqualTo(4);
    }

    @Test
    void anOversizedUnknownChunkIsNotEchoedBeyondAPacket() {
        peer.receive(chunk(0xff, 0, new byte[60_000]));
        assertThat(peer.sent(9)).singleElement().satisfies(e -> assertThat(e.value().length)
                .isLessThan(1191));
        assertAlive();
    }

    @Test
    void errorsAreReportedTenTimesASecondAtMost() {
        for (int i = 0; i < 100; i++) {
            peer.receive(chunk(0xff, 0));
        }
        assertThat(peer.take(9)).hasSize(10);
        assertThat(peer.drops(SctpDrop.ERROR_RATE_LIMIT)).isEqualTo(90);
        peer.pass(1_000 * RawPeer.MILLI);
        peer.receive(chunk(0xff, 0));
        assertThat(peer.take(9)).hasSize(1);
    }

    @Test
    void aHeartbeatWithoutInfoIsDroppedAndOneTooLargeToEchoToo() {
        peer.receive(chunk(4, 0));
        peer.receive(chunk(4, 0, parameter(1, new byte[65_000])));
        assertThat(peer.take(5)).isEmpty();
        assertThat(peer.drops(SctpDrop.MALFORMED_CHUNK)).isEqualTo(2);
        assertAlive();
    }

    @Test
    void aHeartbeatAckNotAskedForIsCounted() {
        peer.receive(chunk(5, 0, parameter(1, new byte[16])));
        peer.receive(chunk(5, 0));
        assertThat(peer.drops(SctpDrop.FOREIGN_HEARTBEAT_ACK)).isEqualTo(2);
        assertAlive();
    }

    @Test
    void anErrorWithAnyCauseOrNoneChangesNothing() {
        peer.receive(chunk(9, 0));
        peer.receive(chunk(9, 0, u16(1)));
        peer.receive(chunk(9, 0, u16(999, 4)));
        peer.receive(chunk(9, 0, u16(3, 2)));
        peer.receive(chunk(9, 0, u16(6, 65_535)));
        assertAlive();
    }

    @Test
    void anAbortWithTheRightTagClosesWithItsCause() {
        peer.receive(chunk(6, 0, u16(12, 9), new byte[] {'b', 'y', 'e', '!', '!'}));
        assertThat(peer.events(SctpEvent.Closed.class)).singleElement().satisfies(c -> {
            assertThat(c.cause().kind()).isEqualTo(SctpCloseCause.Kind.PEER_ABORT);
            assertThat(c.cause().causeCode()).isEqualTo(12);
        });
        assertThat(peer.association.nextTimeout()).isEqualTo(Long.MAX_VALUE);
        assertThat(peer.send(0, 1)).isEqualTo(SendStatus.CLOSED);
    }

    @Test
    void anAbortIsBelievedWithOurTagOrWithThePeersReflectedAndNotOtherwise() {
        peer.receiveTagged(PEER_TAG, chunk(6, 0));
        peer.receiveTagged(OUR_TAG, chunk(6, 1));
        peer.receiveTagged(77, chunk(6, 1));
        assertThat(peer.drops(SctpDrop.WRONG_TAG)).isEqualTo(3);
        assertAlive();
        peer.receiveTagged(PEER_TAG, chunk(6, 1, u16(4, 2)));
        assertThat(peer.events(SctpEvent.Closed.class)).hasSize(1);
    }

    @Test
    void shutdownCompleteAndShutdownAckOutOfPlaceChangeNothing() {
        peer.receive(chunk(14, 0));
        peer.receive(chunk(8, 0));
        peer.receive(chunk(7, 0));
        peer.receive(chunk(7, 0, i32(RawPeer.OUR_TSN + 5)));
        assertThat(peer.association.state()).isEqualTo(SctpState.ESTABLISHED);
        assertAlive();
    }

    @Test
    void afterTheEndPacketsAreOutOfTheBlue() {
        peer.association.abort(peer.now);
        peer.turn();
        assertThat(peer.take(6)).singleElement().satisfies(a -> assertThat(a.u16(0))
                .isEqualTo(12));
        peer.receive(HEARTBEAT);
        assertThat(peer.take(6)).singleElement().satisfies(a -> {
            assertThat(a.flags()).isEqualTo(1);
            assertThat(a.tag()).isEqualTo(OUR_TAG);
        });
        peer.receive(chunk(8, 0));
        assertThat(peer.take(14)).singleElement().satisfies(c -> assertThat(c.flags())
                .isEqualTo(1));
        peer.receive(chunk(6, 0));
        peer.receive(chunk(11, 0));
        peer.receive(chunk(9, 0, u16(3, 4)));
        peer.receive(chunk(14, 0));
        assertThat(peer.sent).isEmpty();
        peer.receiveTagged(0, init());
        assertThat(peer.take(6)).singleElement().satisfies(a -> assertThat(a.tag())
                .isEqualTo(PEER_TAG));
        assertThat(peer.events(SctpEvent.Closed.class)).hasSize(1);
    }
}
