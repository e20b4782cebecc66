package org.webrtc4j.sctp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.webrtc4j.sctp.RawPeer.OUR_TSN;
import static org.webrtc4j.sctp.RawPeer.PEER_TSN;
import static org.webrtc4j.sctp.RawPeer.chunk;
import static org.webrtc4j.sctp.RawPeer.data;
import static org.webrtc4j.sctp.RawPeer.i32;
import static org.webrtc4j.sctp.RawPeer.iData;
import static org.webrtc4j.sctp.RawPeer.iForwardTsn;
import static org.webrtc4j.sctp.RawPeer.parameter;
import static org.webrtc4j.sctp.RawPeer.u16;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams that are read part by part: what comes is handed out at the end of its batch, and never larger than the window. */
class StreamingReceiveTest {

    private static final int E = 1;
    private static final int B = 2;
    private static final int U = 4;
    private static final int WINDOW = 8 * 1024 * 1024;

    private static RawPeer peer(boolean interleaving, SctpOptionsBuilder options) {
        RawPeer peer = interleaving ? RawPeer.interleaving(options, 1 << 20) : RawPeer.established(options, 1 << 20);
        peer.association.setStreaming(1, true);
        return peer;
    }

    private static RawPeer peer(boolean interleaving) {
        return peer(interleaving, RawPeer.options());
    }

    /** A fragment of the first message of a stream, by either kind of chunk. */
    private static byte[] fragment(boolean interleaving, int tsn, int flags, int stream, int index, byte... payload) {
        return fragment(interleaving, tsn, flags, stream, 0, index, payload);
    }

    private static byte[] fragment(
            boolean interleaving, int tsn, int flags, int stream, int message, int index, byte... payload) {
        return interleaving
                ? iData(tsn, flags, stream, message, index, payload)
                : data(tsn, flags, stream, message, payload);
    }

    private static byte[] bytes(int first, int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) (first + i);
        }
        return bytes;
    }

    private static List<SctpEvent.MessagePart> parts(RawPeer peer) {
        return peer.events(SctpEvent.MessagePart.class);
    }

    private static void consume(RawPeer peer) {
        parts(peer).forEach(p -> peer.association.consumed(1, p.payload().length, peer.now));
        peer.events.clear();
    }

    private static void assertNothingHeld(RawPeer peer) {
        consume(peer);
        assertThat(peer.association.stats().receiveWindow()).isEqualTo(WINDOW);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void fragmentsAreHandedOutAtTheEndOfTheirBatchUntilTheLast(boolean interleaving) {
        RawPeer peer = peer(interleaving);
        peer.receiveOnly(fragment(interleaving, 0, B, 1, 0, (byte) 1));
        peer.receiveOnly(fragment(interleaving, 1, 0, 1, 1, (byte) 2, (byte) 3));
        assertThat(peer.events).hasSize(1);
        peer.turn();
        peer.receive(fragment(interleaving, 2, 0, 1, 2, (byte) 4));
        peer.receive(fragment(interleaving, 3, E, 1, 3, (byte) 5));
        List<SctpEvent.MessagePart> parts = parts(peer);
        assertThat(parts)
                .extracting(SctpEvent.MessagePart::payload)
                .containsExactly(bytes(1, 3), bytes(4, 1), bytes(5, 1));
        assertThat(parts).extracting(SctpEvent.MessagePart::last).containsExactly(false, false, true);
        assertThat(parts)
                .extracting(SctpEvent.MessagePart::message)
                .containsOnly(parts.get(0).message());
        assertThat(parts).allSatisfy(p -> assertThat(p.ppid()).isEqualTo(53));
        assertThat(peer.association.stats().messagesReceived()).isEqualTo(1);
        assertThat(peer.messages).isEmpty();
        assertNothingHeld(peer);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aMessageCompleteWithinOneBatchIsOne(boolean interleaving) {
        RawPeer peer = peer(interleaving);
        peer.receiveOnly(fragment(interleaving, 0, B, 1, 0, (byte) 1));
        peer.receive(fragment(interleaving, 1, E, 1, 1, (byte) 2));
        peer.receive(fragment(interleaving, 2, B | E, 1, 1, 0, (byte) 3));
        assertThat(peer.messages).extracting(SctpEvent.Message::payload).containsExactly(bytes(1, 2), bytes(3, 1));
        assertThat(parts(peer)).isEmpty();
        assertNothingHeld(peer);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void otherStreamsAreNotTouched(boolean interleaving) {
        RawPeer peer = peer(interleaving);
        peer.receive(fragment(interleaving, 0, B, 2, 0, (byte) 1));
        assertThat(parts(peer)).isEmpty();
        peer.receive(fragment(interleaving, 1, E, 2, 1, (byte) 2));
        assertThat(peer.messages).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsBehindAGapWaitsForItAndLaterMessagesForTheEnd(boolean interleaving) {
        RawPeer peer = peer(interleaving);
        peer.receive(fragment(interleaving, 0, B, 1, 0, (byte) 1));
        peer.receive(fragment(interleaving, 2, 0, 1, 2, (byte) 3));
        peer.receive(fragment(interleaving, 4, B | E, 1, 1, 0, (byte) 9));
        assertThat(parts(peer)).hasSize(1);
        assertThat(peer.messages).isEmpty();
        peer.receive(fragment(interleaving, 1, 0, 1, 1, (byte) 2));
        assertThat(parts(peer)).last().satisfies(p -> assertThat(p.payload()).containsExactly(2, 3));
        assertThat(peer.messages).isEmpty();
        peer.receive(fragment(interleaving, 3, E, 1, 3, (byte) 4));
        assertThat(parts(peer)).last().satisfies(p -> assertThat(p.last()).isTrue());
        assertThat(peer.messages).hasSize(1);
        assertNothingHeld(peer);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void switchedOnAndOffInTheMiddleOfAMessageNothingIsLost(boolean interleaving) {
        RawPeer peer = peer(interleaving);
        peer.association.setStreaming(1, false);
        peer.receive(fragment(interleaving, 0, B, 1, 0, (byte) 1));
        assertThat(parts(peer)).isEmpty();
        peer.association.setStreaming(1, true);
        peer.turn();
        assertThat(parts(peer)).hasSize(1);
        peer.association.setStreaming(1, false);
        peer.receive(fragment(interleaving, 1, 0, 1, 1, (byte) 2));
        peer.receive(fragment(interleaving, 2, E, 1, 2, (byte) 3));
        assertThat(parts(peer)).hasSize(3);
        peer.receive(fragment(interleaving, 3, B, 1, 1, 0, (byte) 1));
        peer.receive(fragment(interleaving, 4, E, 1, 1, 1, (byte) 1));
        assertThat(parts(peer)).hasSize(3);
        assertThat(peer.messages).hasSize(1);
        assertNothingHeld(peer);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aMessageGivenUpHalfWayIsToldAsAborted(boolean interleaving) {
        RawPeer peer = peer(interleaving);
        peer.receive(fragment(interleaving, 0, B, 1, 0, (byte) 1));
        peer.receive(fragment(interleaving, 2, B | E, 1, 1, 0, (byte) 9));
        long message = parts(peer).get(0).message();
        peer.receive(interleaving ? iForwardTsn(1, 1, 0, 0) : chunk(192, 0, i32(PEER_TSN + 1), u16(1, 0)));
        assertThat(peer.events(SctpEvent.MessageAborted.class))
                .containsExactly(new SctpEvent.MessageAborted(1, 53, message));
        assertThat(peer.messages).hasSize(1);
        // Of one of which nothing was handed out nobody is told.
        peer.receive(fragment(interleaving, 4, 0, 1, 2, 1, (byte) 1));
        peer.receive(interleaving ? iForwardTsn(5, 1, 0, 2) : chunk(192, 0, i32(PEER_TSN + 5), u16(1, 2)));
        assertThat(peer.events(SctpEvent.MessageAborted.class)).hasSize(1);
        assertNothingHeld(peer);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anUnorderedMessageGivenUpIsToldTooAndOthersPassIt(boolean interleaving) {
        RawPeer peer = peer(interleaving);
        peer.receive(fragment(interleaving, 0, B | U, 1, 0, (byte) 1));
        peer.receive(fragment(interleaving, 2, B | E | U, 1, 1, 0, (byte) 9));
        assertThat(peer.messages).hasSize(1);
        peer.receive(interleaving ? iForwardTsn(1, 1, 1, 0) : chunk(192, 0, i32(PEER_TSN + 1)));
        assertThat(peer.events(SctpEvent.MessageAborted.class)).hasSize(1);
        assertNothingHeld(peer);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aResetAbortsTheMessageUnderWayAndTheEndOfTheAssociationSaysItAll(boolean interleaving) {
        RawPeer reset = peer(interleaving);
        reset.receive(fragment(interleaving, 0, B, 1, 0, (byte) 1));
        reset.receive(chunk(130, 0, parameter(13, i32(PEER_TSN, OUR_TSN - 1, PEER_TSN), u16(1))));
        assertThat(reset.events(SctpEvent.MessageAborted.class)).hasSize(1);
        assertThat(reset.events(SctpEvent.StreamsReset.class)).hasSize(1);
        assertNothingHeld(reset);
        reset.receive(fragment(interleaving, 1, B, 1, 0, (byte) 1));
        assertThat(parts(reset)).hasSize(1);
        RawPeer ended = peer(interleaving);
        ended.receive(fragment(interleaving, 0, B, 1, 0, (byte) 1));
        ended.receive(chunk(6, 0));
        assertThat(ended.events(SctpEvent.MessageAborted.class)).isEmpty();
        assertThat(ended.events.get(ended.events.size() - 1)).isInstanceOf(SctpEvent.Closed.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsNotConsumedClosesTheWindowAndConsumingReopensIt(boolean interleaving) {
        RawPeer slow =
                peer(interleaving, RawPeer.options().receiveWindow(10_000).maxReceiveMessageSize(0));
        for (int i = 0; i < 12; i++) {
            slow.receive(fragment(interleaving, Math.min(i, 9), i == 0 ? B : 0, 1, Math.min(i, 9), new byte[1000]));
        }
        assertThat(slow.events(SctpEvent.Closed.class)).isEmpty();
        assertThat(slow.association.stats().receiveWindow()).isLessThan(1_000);
        assertThat(slow.drops(SctpDrop.WINDOW_FULL) + slow.drops(SctpDrop.DUPLICATE_DATA))
                .isPositive();
        slow.sent.clear();
        consume(slow);
        slow.turn();
        assertThat(slow.take(3)).last().satisfies(s -> assertThat(s.i32(4)).isGreaterThan(9_000));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFullWindowWithinOneBatchIsHandedOutRatherThanTheEnd(boolean interleaving) {
        RawPeer slow =
                peer(interleaving, RawPeer.options().receiveWindow(10_000).maxReceiveMessageSize(0));
        for (int i = 0; i < 12; i++) {
            slow.receiveOnly(fragment(interleaving, i, i == 0 ? B : 0, 1, i, new byte[1000]));
        }
        slow.turn();
        assertThat(slow.events(SctpEvent.Closed.class)).isEmpty();
        assertThat(parts(slow).stream().mapToInt(p -> p.payload().length).sum()).isBetween(9_000, 10_000);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theAnnouncedLargestMessageHoldsForPartsToo(boolean interleaving) {
        RawPeer strict = peer(interleaving, RawPeer.options().maxReceiveMessageSize(3_000));
        for (int i = 0; i < 4; i++) {
            assertThat(strict.events(SctpEvent.Closed.class)).isEmpty();
            strict.receive(fragment(interleaving, i, i == 0 ? B : 0, 1, i, new byte[i == 3 ? 1 : 1_000]));
            consume(strict);
            if (i == 3) {
                assertThat(strict.association.state()).isEqualTo(SctpState.CLOSED);
            }
        }
    }

    @Test
    void partsOfSeveralUnorderedMessagesAlternate() {
        RawPeer peer = peer(true);
        peer.receive(iData(0, B | U, 1, 0, 0, (byte) 1));
        peer.receive(iData(1, B | U, 1, 1, 0, (byte) 2));
        peer.receive(iData(2, E | U, 1, 0, 1, (byte) 3));
        peer.receive(iData(3, E | U, 1, 1, 1, (byte) 4));
        List<SctpEvent.MessagePart> parts = parts(peer);
        assertThat(parts).extracting(p -> p.payload()[0]).containsExactly((byte) 1, (byte) 2, (byte) 3, (byte) 4);
        assertThat(parts.get(2).message())
                .isEqualTo(parts.get(0).message())
                .isNotEqualTo(parts.get(1).message());
        assertThat(parts.get(3).message()).isEqualTo(parts.get(1).message());
    }

    @Test
    void anOrderedMessageUnderWayBehindAnotherIsHandedOutWhenThatIsComplete() {
        RawPeer peer = peer(true);
        peer.receive(iData(0, B, 1, 1, 0, (byte) 3));
        peer.receive(iData(1, B, 1, 0, 0, (byte) 1));
        assertThat(parts(peer)).hasSize(1);
        peer.receive(iData(2, E, 1, 0, 1, (byte) 2));
        assertThat(parts(peer)).extracting(p -> p.payload()[0]).containsExactly((byte) 1, (byte) 2, (byte) 3);
        peer.receive(iData(3, E, 1, 1, 1, (byte) 4));
        assertThat(parts(peer)).last().satisfies(p -> assertThat(p.last()).isTrue());
        assertNothingHeld(peer);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aMessageOfOneGibibytePassesAWindowOfOneMebibyte(boolean interleaving) {
        RawPeer peer =
                peer(interleaving, RawPeer.options().receiveWindow(1 << 20).maxReceiveMessageSize(0));
        int size = 1 << 15;
        long total = 1L << 30;
        byte[] payload = new byte[size];
        long received = 0;
        long most = 0;
        long mismatches = 0;
        for (int i = 0; (long) i * size < total; i++) {
            boolean last = (long) (i + 1) * size == total;
            payload[0] = (byte) i;
            payload[size - 1] = (byte) (i >> 8);
            peer.receiveOnly(fragment(interleaving, i, i == 0 ? B : last ? E : 0, 1, i, payload));
            if (i % 8 == 7) {
                peer.turn();
                peer.sent.clear();
                most = Math.max(most, (1 << 20) - peer.association.stats().receiveWindow());
                for (SctpEvent.MessagePart part : parts(peer)) {
                    byte[] bytes = part.payload();
                    for (int at = 0; at < bytes.length; at += size) {
                        int index = (int) ((received + at) / size);
                        mismatches += bytes[at] == (byte) index && bytes[at + size - 1] == (byte) (index >> 8) ? 0 : 1;
                    }
                    received += bytes.length;
                }
                consume(peer);
            }
        }
        assertThat(received).isEqualTo(total);
        assertThat(mismatches).isZero();
        // What is held at any time is what one batch has brought, and the record of the message.
        assertThat(most).isLessThanOrEqualTo(8L * size + 128);
        assertThat(peer.association.stats().messagesReceived()).isEqualTo(1);
        assertThat(peer.association.stats().receiveWindow()).isEqualTo(1 << 20);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void underLossThePartsAreTheMessages(boolean interleaving) {
        SctpOptions options = SctpOptions.builder()
                .interleaving(interleaving)
                .maxSendMessageSize(0)
                .maxReceiveMessageSize(0)
                .receiveWindow(200_000)
                .build();
        for (long seed = 0; seed < 10; seed++) {
            Pipe pipe = new Pipe(seed);
            pipe.loss = 0.05;
            pipe.jitterNanos = 10_000_000L;
            pipe.duplicates = 0.05;
            Peer[] peers = Peer.connected(pipe, options);
            for (int stream = 0; stream < 3; stream++) {
                peers[1].association.setStreaming(stream, true);
            }
            List<byte[]> sent = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                byte[] message = new byte[1 + pipe.random.nextInt(600_000)];
                pipe.random.nextBytes(message);
                message[0] = (byte) i;
                sent.add(message);
                peers[0].send(i % 3, message);
            }
            pipe.runUntil(() -> peers[1].association.stats().messagesReceived() == 12, 900_000_000_000L);
            for (int stream = 0; stream < 3; stream++) {
                ByteArrayOutputStream expected = new ByteArrayOutputStream();
                for (int i = stream; i < 12; i += 3) {
                    expected.writeBytes(sent.get(i));
                }
                assertThat(peers[1].bytes(stream)).as("seed %d", seed).isEqualTo(expected.toByteArray());
            }
            assertThat(peers[1].association.stats().receiveWindow()).isEqualTo(200_000);
        }
    }
}
