package org.webrtc4j.sctp.datachannel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.webrtc4j.sctp.Pipe;
import org.webrtc4j.sctp.SctpOptions;
import org.webrtc4j.sctp.SendStatus;

class DataChannelSessionTest {

    private static final long SECOND = 1_000_000_000L;

    private static final class Side implements DataChannelSink {
        final DataChannelSession session;
        final List<DataChannelEvent> events = new ArrayList<>();
        private final Pipe pipe;
        private final int side;

        Side(Pipe pipe, int side, SctpOptions options) {
            this.pipe = pipe;
            this.side = side;
            session = new DataChannelSession(options, this, new Random(pipe.random.nextLong()));
        }

        @Override
        public void onEvent(DataChannelEvent event) {
            events.add(event);
            if (event instanceof DataChannelEvent.Message message) {
                session.consumed(message.id(), message.payload().length, pipe.nowNanos);
            }
        }

        @Override
        public void transmit(ByteBuffer packet) {
            pipe.send(side, packet);
        }

        <T extends DataChannelEvent> List<T> all(Class<T> type) {
            return events.stream().filter(type::isInstance).map(type::cast).toList();
        }
    }

    private final Pipe pipe = new Pipe(5);
    private final Side client = new Side(pipe, 0, SctpOptions.defaults());
    private final Side server = new Side(pipe, 1, SctpOptions.defaults());

    private void connect() {
        pipe.join(client.session, server.session);
        client.session.connect(true, pipe.nowNanos);
        server.session.connect(false, pipe.nowNanos);
        pipe.runFor(SECOND);
        assertThat(client.events).first().isInstanceOf(DataChannelEvent.Established.class);
    }

    @Test
    void theDtlsClientOpensEvenIdsAndTheServerOddOnes() {
        connect();
        assertThat(client.session.open(DataChannelParameters.reliable("a"), pipe.nowNanos))
                .isEqualTo(0);
        assertThat(client.session.open(DataChannelParameters.reliable("b"), pipe.nowNanos))
                .isEqualTo(2);
        assertThat(server.session.open(DataChannelParameters.reliable("c"), pipe.nowNanos))
                .isEqualTo(1);
        pipe.runFor(SECOND);
        assertThat(server.all(DataChannelEvent.Opened.class))
                .containsExactly(
                        new DataChannelEvent.Opened(0, DataChannelParameters.reliable("a")),
                        new DataChannelEvent.Opened(2, DataChannelParameters.reliable("b")));
        assertThat(client.all(DataChannelEvent.Opened.class)).hasSize(1);
        assertThat(client.all(DataChannelEvent.Acknowledged.class)).hasSize(2);
    }

    @Test
    void everyParameterReachesThePeer() {
        connect();
        DataChannelParameters retransmits = new DataChannelParameters("gr\u00fc\u00dfe", "chat", false, 0, -1, 512);
        DataChannelParameters lifetime = new DataChannelParameters("", "", false, -1, 250, 1024);
        client.session.open(retransmits, pipe.nowNanos);
        client.session.open(lifetime, pipe.nowNanos);
        pipe.runFor(SECOND);
        assertThat(server.all(DataChannelEvent.Opened.class))
                .extracting(DataChannelEvent.Opened::parameters)
                .containsExactlyInAnyOrder(retransmits, lifetime);
    }

    @Test
    void messagesOfBothKindsArriveEmptyOnesToo() {
        connect();
        int id = client.session.open(DataChannelParameters.reliable("x"), pipe.nowNanos);
        byte[] text = "h\u00e9llo".getBytes(StandardCharsets.UTF_8);
        client.session.send(id, false, text, pipe.nowNanos);
        client.session.send(id, true, new byte[] {1, 2, 3}, pipe.nowNanos);
        client.session.send(id, false, new byte[0], pipe.nowNanos);
        client.session.send(id, true, new byte[0], pipe.nowNanos);
        assertThat(client.session.bufferedAmount(id)).isEqualTo(text.length + 3);
        pipe.runFor(SECOND);
        List<DataChannelEvent.Message> messages = server.all(DataChannelEvent.Message.class);
        assertThat(messages).hasSize(4);
        assertThat(messages).extracting(DataChannelEvent.Message::binary).containsExactly(false, true, false, true);
        assertThat(messages.get(0).payload()).isEqualTo(text);
        assertThat(messages.get(1).payload()).containsExactly(1, 2, 3);
        assertThat(messages.get(2).payload()).isEmpty();
        assertThat(messages.get(3).payload()).isEmpty();
        long[] sent = new long[1];
        client.session.drainSent((stream, bytes) -> sent[0] += bytes);
        assertThat(sent[0]).isEqualTo(text.length + 3);
    }

    @Test
    void closingDeliversWhatWasQueuedAndThenClosesBothSides() {
        connect();
        int id = client.session.open(DataChannelParameters.reliable("x"), pipe.nowNanos);
        for (int i = 0; i < 40; i++) {
            client.session.send(id, true, new byte[50_000], pipe.nowNanos);
        }
        client.session.close(id, pipe.nowNanos);
        assertThat(client.session.send(id, true, new byte[1], pipe.nowNanos)).isEqualTo(SendStatus.CLOSED);
        pipe.runFor(10 * SECOND);
        assertThat(server.all(DataChannelEvent.Message.class)).hasSize(40);
        assertThat(server.all(DataChannelEvent.Closing.class)).hasSize(1);
        assertThat(server.all(DataChannelEvent.Closed.class)).hasSize(1);
        assertThat(client.all(DataChannelEvent.Closing.class)).isEmpty();
        assertThat(client.all(DataChannelEvent.Closed.class)).hasSize(1);
        assertThat(client.session.channelCount() + server.session.channelCount())
                .isZero();
        assertThat(client.session.open(DataChannelParameters.reliable("again"), pipe.nowNanos))
                .isEqualTo(id);
        pipe.runFor(SECOND);
        assertThat(server.all(DataChannelEvent.Opened.class)).hasSize(2);
    }

    @Test
    void abortingTellsThePeerItsCause() {
        connect();
        client.session.abort(pipe.nowNanos);
        pipe.runFor(SECOND);
        assertThat(client.all(DataChannelEvent.AssociationClosed.class)).hasSize(1);
        assertThat(server.all(DataChannelEvent.AssociationClosed.class))
                .singleElement()
                .satisfies(closed -> assertThat(closed.cause().causeCode()).isEqualTo(12));
    }
}
