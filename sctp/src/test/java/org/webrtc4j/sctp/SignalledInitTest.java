package org.webrtc4j.sctp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.webrtc4j.sctp.RawPeer.OUR_TAG;
import static org.webrtc4j.sctp.RawPeer.OUR_TSN;
import static org.webrtc4j.sctp.RawPeer.PEER_TAG;
import static org.webrtc4j.sctp.RawPeer.chunk;
import static org.webrtc4j.sctp.RawPeer.data;
import static org.webrtc4j.sctp.RawPeer.extensions;
import static org.webrtc4j.sctp.RawPeer.forwardTsnSupported;
import static org.webrtc4j.sctp.RawPeer.i32;
import static org.webrtc4j.sctp.RawPeer.init;
import static org.webrtc4j.sctp.RawPeer.parameter;
import static org.webrtc4j.sctp.RawPeer.u16;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Associations whose INIT chunks travel by signalling (draft-hancke-tsvwg-snap). */
class SignalledInitTest {

    private static final byte[] THEIRS = init(forwardTsnSupported(), extensions(130, 192));

    private static SctpOptions given(long tag, long tsn) {
        return SctpOptions.builder().verificationTag(tag).initialTsn(tsn).build();
    }

    @Test
    void theChunkIsTheInitThatWouldHaveBeenSent() {
        RawPeer peer = new RawPeer(RawPeer.options().zeroChecksum(true).interleaving(true));
        peer.association.connect(peer.now);
        peer.turn();
        byte[] sent = peer.sent(1).get(0).value();
        SctpOptions options = RawPeer.options()
                .zeroChecksum(true)
                .interleaving(true)
                .verificationTag(OUR_TAG)
                .initialTsn(OUR_TSN)
                .build();
        assertThat(SctpAssociation.initChunk(options)).isEqualTo(chunk(1, 0, sent));
        assertThat(SctpAssociation.initChunk(options)).isEqualTo(SctpAssociation.initChunk(options));
    }

    @Test
    void itNeedsATagAndATsnThatAreKnown() {
        assertThatThrownBy(() -> SctpAssociation.initChunk(SctpOptions.defaults()))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> SctpAssociation.initChunk(
                        SctpOptions.builder().verificationTag(1).build()))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void itIsEstablishedAtOnceAndNoPacketIsExchanged() {
        RawPeer peer = new RawPeer(RawPeer.options());
        peer.association.connect(THEIRS, peer.now);
        assertThat(peer.association.state()).isEqualTo(SctpState.ESTABLISHED);
        assertThat(peer.events(SctpEvent.Connected.class)).hasSize(1);
        peer.turn();
        assertThat(peer.sent).isEmpty();
        peer.send(1, 100);
        peer.turn();
        RawPeer.Chunk sent = peer.take(0).get(0);
        assertThat(sent.tag()).isEqualTo(PEER_TAG);
        assertThat(sent.i32(0)).isEqualTo(OUR_TSN);
        peer.receive(data(0, 3, 0, 0, (byte) 7));
        assertThat(peer.messages).hasSize(1);
        peer.receive(peer.sack(0));
        peer.pass(40_000L * RawPeer.MILLI);
        assertThat(peer.sent(1)).isEmpty();
        assertThat(peer.sent(4)).as("heartbeats run").isNotEmpty();
    }

    @Test
    void whatWasQueuedBeforeLeavesAtOnce() {
        RawPeer peer = new RawPeer(RawPeer.options());
        peer.send(1, 100);
        peer.association.connect(THEIRS, peer.now);
        peer.turn();
        assertThat(peer.sent(0)).hasSize(1);
    }

    @Test
    void extensionsAndStreamsAreThoseThatBothChunksName() {
        RawPeer peer = new RawPeer(RawPeer.options().zeroChecksum(true).outboundStreams(100));
        peer.expectsUnchecked = true;
        byte[] theirs =
                chunk(1, 0, i32(PEER_TAG, 1 << 20), u16(50, 60), i32(RawPeer.PEER_TSN), parameter(0x8001, i32(1)));
        peer.association.connect(theirs, peer.now);
        SctpEvent.Connected connected = peer.events(SctpEvent.Connected.class).get(0);
        assertThat(connected.outboundStreams()).isEqualTo(60);
        assertThat(connected.inboundStreams()).isEqualTo(50);
        peer.send(1, 10);
        peer.turn();
        assertThat(peer.unchecked).hasSize(1);
    }

    @Test
    void twoOfThemMoveDataBothWays() {
        Pipe pipe = new Pipe(3);
        SctpOptions a = given(7, 0xffff_fff0L);
        SctpOptions b = given(0xffff_ffffL, 5);
        Peer[] peers = Peer.pair(pipe, a, b);
        peers[0].association.connect(SctpAssociation.initChunk(b), pipe.nowNanos);
        peers[0].send(1, new byte[60_000]);
        pipe.runFor(1_000_000L);
        // The other hears of it later: what came too early is sent again.
        peers[1].association.connect(SctpAssociation.initChunk(a), pipe.nowNanos);
        peers[1].send(2, new byte[5_000]);
        pipe.runUntil(() -> !peers[0].messages.isEmpty() && !peers[1].messages.isEmpty(), 10_000_000_000L);
        assertThat(peers[0].messages.get(0).payload()).hasSize(5_000);
        assertThat(peers[1].messages.get(0).payload()).hasSize(60_000);
    }

    @Test
    void aPeerThatStartsAgainByPacketsRestartsIt() {
        RawPeer peer = new RawPeer(RawPeer.options());
        peer.association.connect(THEIRS, peer.now);
        peer.receiveTagged(0, init(0x3333_3333, 9_000));
        RawPeer.Chunk ack = peer.take(2).get(0);
        assertThat(ack.i32(0)).isNotEqualTo(OUR_TAG);
        int at = 16;
        while (ack.u16(at) != 7) {
            at += (ack.u16(at + 2) + 3) & ~3;
        }
        peer.receiveTagged(ack.i32(0), chunk(10, 0, Arrays.copyOfRange(ack.value(), at + 4, at + ack.u16(at + 2))));
        assertThat(peer.events(SctpEvent.Restarted.class)).hasSize(1);
    }

    @Test
    void whatIsNoCompleteAcceptableInitIsRefusedWithAReason() {
        byte[] longer = Arrays.copyOf(THEIRS, THEIRS.length + 4);
        byte[] tooLong = THEIRS.clone();
        tooLong[3] = (byte) (tooLong[3] + 4);
        byte[] tooShort = THEIRS.clone();
        tooShort[2] = 0;
        tooShort[3] = 3;
        List<byte[]> bad = List.of(
                new byte[0],
                new byte[] {1, 0, 0},
                new byte[] {1, 0, 0, 4},
                chunk(2, 0, Arrays.copyOfRange(THEIRS, 4, THEIRS.length)),
                Arrays.copyOf(THEIRS, 19),
                longer,
                tooLong,
                tooShort,
                init(0, 1),
                chunk(1, 0, i32(1, 1 << 20), u16(0, 1), i32(1)),
                chunk(1, 0, i32(1, 1 << 20), u16(1, 0), i32(1)),
                chunk(1, 0, i32(1, 1_499), u16(1, 1), i32(1)),
                init(parameter(11, new byte[4])),
                init(new byte[] {0, 7, 0, 99}));
        for (byte[] chunk : bad) {
            assertThat(SctpAssociation.refusalOfInit(chunk))
                    .as(Arrays.toString(chunk))
                    .isNotEmpty();
            RawPeer peer = new RawPeer(RawPeer.options());
            assertThatThrownBy(() -> peer.association.connect(chunk, peer.now))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(peer.association.state()).isEqualTo(SctpState.CLOSED);
        }
        assertThat(SctpAssociation.refusalOfInit(THEIRS)).isEmpty();
    }

    @Test
    void whoIsConnectedOrOverIsNotBegunAgain() {
        RawPeer peer = RawPeer.established();
        peer.association.connect(init(99, 1), peer.now);
        peer.association.abort(peer.now);
        peer.association.connect(THEIRS, peer.now);
        assertThat(peer.association.state()).isEqualTo(SctpState.CLOSED);
        assertThat(peer.events(SctpEvent.Closed.class)).hasSize(1);
    }
}
