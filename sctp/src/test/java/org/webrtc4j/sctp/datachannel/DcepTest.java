package org.webrtc4j.sctp.datachannel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.webrtc4j.sctp.Pipe;
import org.webrtc4j.sctp.SctpAssociation;
import org.webrtc4j.sctp.SctpEvent;
import org.webrtc4j.sctp.SctpOptions;
import org.webrtc4j.sctp.SctpSink;
import org.webrtc4j.sctp.SendOptions;
import org.webrtc4j.sctp.SendStatus;

/** A session opposite a bare association that says what it likes. */
class DcepTest {

    private static final long SECOND = 1_000_000_000L;

    private final Pipe pipe = new Pipe(1);
    private final List<DataChannelEvent> events = new ArrayList<>();
    private final List<SctpEvent> rawEvents = new ArrayList<>();
    private final DataChannelSession session = new DataChannelSession(
            SctpOptions.defaults(),
            new DataChannelSink() {
                @Override
                public void onEvent(DataChannelEvent event) {
                    events.add(event);
                }

                @Override
                public void transmit(ByteBuffer packet) {
                    pipe.send(0, packet);
                }
            },
            new Random(1));
    private final SctpAssociation raw = new SctpAssociation(
            SctpOptions.defaults(),
            new SctpSink() {
                @Override
                public void onEvent(SctpEvent event) {
                    rawEvents.add(event);
                }

                @Override
                public void transmit(ByteBuffer packet) {
                    pipe.send(1, packet);
                }
            },
            new Random(2));

    @BeforeEach
    void connect() {
        pipe.join(session, raw);
        // This side is the DTLS client: its ids are even, the peer's odd.
        session.connect(true, pipe.nowNanos);
        pipe.runFor(SECOND);
        events.clear();
        rawEvents.clear();
    }

    private void say(int stream, int ppid, byte... payload) {
        assertThat(raw.send(stream, ppid, payload, SendOptions.ORDERED, pipe.nowNanos))
                .isEqualTo(SendStatus.QUEUED);
        pipe.runFor(SECOND / 2);
    }

    private <T> List<T> all(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private List<SctpEvent.Message> heard(int ppid) {
        return rawEvents.stream()
                .filter(SctpEvent.Message.class::isInstance)
                .map(SctpEvent.Message.class::cast)
                .filter(m -> m.ppid() == ppid)
                .toList();
    }

    private long resets() {
        return rawEvents.stream()
                .filter(SctpEvent.StreamsReset.class::isInstance)
                .count();
    }

    private static byte[] open(String label) {
        return Dcep.open(DataChannelParameters.reliable(label));
    }

    @Test
    void anOpenOfThePeersParityIsAnsweredAndOneOfOursResetsTheStream() {
        say(1, 50, open("good"));
        assertThat(all(DataChannelEvent.Opened.class)).hasSize(1);
        assertThat(heard(50)).singleElement().satisfies(m -> assertThat(m.payload())
                .containsExactly(2));
        say(2, 50, open("ours"));
        assertThat(all(DataChannelEvent.Opened.class)).hasSize(1);
        assertThat(resets()).isEqualTo(1);
        assertThat(session.rejectedOpens()).isEqualTo(1);
    }

    @Test
    void aSecondOpenResetsTheStreamAndItsChannel() {
        say(1, 50, open("one"));
        say(1, 50, open("two"));
        assertThat(all(DataChannelEvent.Opened.class)).hasSize(1);
        assertThat(session.rejectedOpens()).isEqualTo(1);
        assertThat(resets()).isEqualTo(1);
    }

    @Test
    void anOpenTooShortOrWithLengthsBeyondTheMessageIsRefused() {
        byte[] whole = open("label");
        for (int length = 1; length < whole.length; length++) {
            say(1, 50, Arrays.copyOf(whole, length));
        }
        assertThat(all(DataChannelEvent.Opened.class)).isEmpty();
        assertThat(session.rejectedOpens()).isEqualTo(whole.length - 1);
        say(3, 50, whole);
        assertThat(all(DataChannelEvent.Opened.class)).hasSize(1);
    }

    @Test
    void unknownTypesAndTextThatIsNotUtf8AreRefused() {
        byte[] type = open("x");
        type[1] = 0x04;
        say(1, 50, type);
        type[1] = (byte) 0x83;
        say(1, 50, type);
        byte[] text = open("x");
        text[text.length - 1] = (byte) 0xff;
        say(1, 50, text);
        assertThat(session.rejectedOpens()).isEqualTo(3);
        assertThat(all(DataChannelEvent.Opened.class)).isEmpty();
        say(1, 50, (byte) 0x77);
        say(1, 50, (byte) 0);
        assertThat(session.unexpectedMessages()).isEqualTo(2);
    }

    @Test
    void anAckForAChannelNeverOpenedOrAnsweredTwiceIsIgnored() {
        say(5, 50, (byte) 2);
        int id = session.open(DataChannelParameters.reliable("x"), pipe.nowNanos);
        say(id, 50, (byte) 2);
        say(id, 50, (byte) 2);
        assertThat(all(DataChannelEvent.Acknowledged.class)).hasSize(1);
        assertThat(session.unexpectedMessages()).isEqualTo(2);
    }

    @Test
    void dataWithoutAChannelOrOfAnUnknownKindIsDroppedAndCosts() {
        say(1, 53, (byte) 1);
        say(1, 50, open("x"));
        say(1, 52, (byte) 1);
        say(1, 54, (byte) 1);
        say(1, 0, (byte) 1);
        say(1, -1, (byte) 1);
        assertThat(all(DataChannelEvent.Message.class)).isEmpty();
        assertThat(session.unexpectedMessages()).isEqualTo(5);
        assertThat(session.stats().receiveWindow()).isEqualTo(8 * 1024 * 1024);
        assertThat(session.channelCount()).isEqualTo(1);
    }

    @Test
    void anEmptyMessageIsEmptyWhateverStandsInItAndAStringNeedNotBeUtf8() {
        say(1, 50, open("x"));
        say(1, 56, new byte[] {9, 9, 9});
        say(1, 57, new byte[1]);
        say(1, 51, (byte) 0xff);
        List<DataChannelEvent.Message> messages = all(DataChannelEvent.Message.class);
        assertThat(messages.get(0).payload()).isEmpty();
        assertThat(messages.get(0).binary()).isFalse();
        assertThat(messages.get(1).payload()).isEmpty();
        assertThat(messages.get(1).binary()).isTrue();
        assertThat(messages.get(2).payload()).containsExactly(0xff);
        assertThat(messages.get(2).binary()).isFalse();
    }

    @Test
    void onAnUnorderedChannelMessagesStayOrderedUntilThePeerHasAnswered() {
        int id = session.open(new DataChannelParameters("x", "", false, -1, -1, 256), pipe.nowNanos);
        session.send(id, true, new byte[] {1}, pipe.nowNanos);
        pipe.runFor(SECOND);
        assertThat(heard(53)).singleElement().satisfies(m -> assertThat(m.unordered())
                .isFalse());
        say(id, 50, (byte) 2);
        session.send(id, true, new byte[] {2}, pipe.nowNanos);
        session.send(id, false, new byte[0], pipe.nowNanos);
        pipe.runFor(SECOND);
        assertThat(heard(53).get(1).unordered()).isTrue();
        assertThat(heard(56).get(0).unordered()).isTrue();
    }

    @Test
    void dataFromThePeerIsAsGoodAsAnAnswer() {
        int id = session.open(new DataChannelParameters("x", "", false, -1, -1, 256), pipe.nowNanos);
        pipe.runFor(SECOND);
        say(id, 53, (byte) 1);
        session.send(id, true, new byte[] {2}, pipe.nowNanos);
        pipe.runFor(SECOND);
        assertThat(heard(53)).singleElement().satisfies(m -> assertThat(m.unordered())
                .isTrue());
    }

    @Test
    void whenThePeerResetsAChannelItsStreamIsResetInReturn() {
        say(1, 50, open("x"));
        raw.resetStreams(new int[] {1}, pipe.nowNanos);
        pipe.runFor(SECOND);
        assertThat(all(DataChannelEvent.Closing.class)).hasSize(1);
        assertThat(all(DataChannelEvent.Closed.class)).hasSize(1);
        assertThat(resets()).isEqualTo(2);
        assertThat(session.send(1, true, new byte[1], pipe.nowNanos)).isEqualTo(SendStatus.NO_SUCH_STREAM);
    }

    @Test
    void negotiatedChannelsSayNothingAndCarryDataBothWays() {
        assertThat(session.openNegotiated(7, DataChannelParameters.reliable("n")))
                .isTrue();
        assertThat(session.openNegotiated(7, DataChannelParameters.reliable("n")))
                .isFalse();
        session.send(7, true, new byte[] {1}, pipe.nowNanos);
        pipe.runFor(SECOND);
        assertThat(heard(50)).isEmpty();
        assertThat(heard(53)).hasSize(1);
        say(7, 51, (byte) 'a');
        assertThat(all(DataChannelEvent.Message.class)).hasSize(1);
    }

    @Test
    void idsRunOutWithoutAnException() {
        for (int id = 0; id < 65_535; id += 2) {
            assertThat(session.openNegotiated(id, DataChannelParameters.reliable("")))
                    .isTrue();
        }
        assertThat(session.open(DataChannelParameters.reliable("one more"), pipe.nowNanos))
                .isEqualTo(-1);
        session.close(4000, pipe.nowNanos);
        raw.resetStreams(new int[] {4000}, pipe.nowNanos);
        pipe.runFor(SECOND);
        assertThat(session.open(DataChannelParameters.reliable("again"), pipe.nowNanos))
                .isEqualTo(4000);
    }

    @Test
    void channelsBeyondTheStreamsThePeerGrantsAreClosedWhenThatIsKnown() {
        DataChannelSession early = new DataChannelSession(
                SctpOptions.defaults(),
                new DataChannelSink() {
                    @Override
                    public void onEvent(DataChannelEvent event) {
                        events.add(event);
                    }

                    @Override
                    public void transmit(ByteBuffer packet) {
                        pipe.send(0, packet);
                    }
                },
                new Random(1));
        SctpAssociation narrow = new SctpAssociation(
                SctpOptions.builder().inboundStreams(10).build(),
                new SctpSink() {
                    @Override
                    public void onEvent(SctpEvent event) {
                        rawEvents.add(event);
                    }

                    @Override
                    public void transmit(ByteBuffer packet) {
                        pipe.send(1, packet);
                    }
                },
                new Random(2));
        pipe.join(early, narrow);
        assertThat(early.openNegotiated(9, DataChannelParameters.reliable(""))).isTrue();
        assertThat(early.openNegotiated(10, DataChannelParameters.reliable(""))).isTrue();
        early.connect(true, pipe.nowNanos);
        pipe.runFor(SECOND);
        assertThat(all(DataChannelEvent.Closed.class)).containsExactly(new DataChannelEvent.Closed(10));
        assertThat(early.openNegotiated(10, DataChannelParameters.reliable(""))).isFalse();
    }

    @Test
    void theCallersMistakesAreExceptions() {
        DataChannelSession fresh = new DataChannelSession(
                SctpOptions.defaults(),
                new DataChannelSink() {
                    @Override
                    public void onEvent(DataChannelEvent event) {
                        events.add(event);
                    }

                    @Override
                    public void transmit(ByteBuffer packet) {
                        throw new AssertionError("nothing to send");
                    }
                },
                new Random(1));
        assertThatThrownBy(() -> fresh.open(DataChannelParameters.reliable(""), 0))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> fresh.openNegotiated(65_535, DataChannelParameters.reliable("")))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> new DataChannelParameters("", "", true, 1, 1, 256))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DataChannelParameters.reliable("x".repeat(65_536)))
                .isInstanceOf(IllegalArgumentException.class);
        String longest = "\u00e9".repeat(32_767);
        assertThat(longest.getBytes(StandardCharsets.UTF_8)).hasSize(65_534);
        assertThat(Dcep.parseOpen(Dcep.open(DataChannelParameters.reliable(longest))))
                .isEqualTo(DataChannelParameters.reliable(longest));
    }
}
