package org.webrtc4j.sctp.datachannel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.webrtc4j.sctp.Pipe;
import org.webrtc4j.sctp.SctpAssociation;
import org.webrtc4j.sctp.SctpEvent;
import org.webrtc4j.sctp.SctpOptions;
import org.webrtc4j.sctp.SctpSink;
import org.webrtc4j.sctp.SendOptions;

/** A session opposite a bare association that says and resets what bytes tell it to. */
public final class FuzzedSession {

    private static final long TENTH = 100_000_000L;
    private static final int[] PPIDS = {50, 50, 51, 53, 56, 57, 52, 54, 0};

    private final byte[] input;
    private int position;
    private final Pipe pipe = new Pipe(1);
    private final Set<Integer> open = new HashSet<>();
    private final DataChannelSession session;
    private final SctpAssociation raw;

    private FuzzedSession(byte[] input) {
        this.input = input;
        session = new DataChannelSession(SctpOptions.defaults(), new Sink(), new Random(1));
        raw = new SctpAssociation(SctpOptions.defaults(), new RawSink(), new Random(2));
        pipe.join(session, raw);
        session.connect(true, pipe.nowNanos);
        pipe.runFor(5 * TENTH);
    }

    /**
     * Runs operations.
     *
     * @param input what to do
     */
    public static void run(byte[] input) {
        new FuzzedSession(input).run();
    }

    /**
     * Parses a message of the establishment protocol; what is accepted is written and read as the same.
     *
     * @param message the bytes
     */
    public static void open(byte[] message) {
        DataChannelParameters parameters = Dcep.parseOpen(message);
        if (parameters != null) {
            assertThat(Dcep.parseOpen(Dcep.open(parameters))).isEqualTo(parameters);
        }
    }

    private int next() {
        return position < input.length ? input[position++] & 0xff : 0;
    }

    private void run() {
        while (position < input.length && position < 2_000) {
            int id = next() % 6;
            switch (next() % 14) {
                case 0, 1, 2, 3 -> {
                    byte[] payload = new byte[1 + next() % 32];
                    for (int i = 0; i < payload.length; i++) {
                        payload[i] = (byte) next();
                    }
                    raw.send(id, PPIDS[next() % PPIDS.length], payload, SendOptions.ORDERED, pipe.nowNanos);
                }
                case 4 ->
                    raw.send(
                            id,
                            50,
                            Dcep.open(new DataChannelParameters("", "", next() % 2 == 0, -1, -1, next())),
                            SendOptions.ORDERED,
                            pipe.nowNanos);
                case 5 -> raw.resetStreams(new int[] {id}, pipe.nowNanos);
                case 6, 7 -> {
                    int opened = session.open(DataChannelParameters.reliable(""), pipe.nowNanos);
                    assertThat(opened).isNotNegative();
                    assertThat(open.add(opened)).isTrue();
                }
                case 8 -> {
                    if (session.openNegotiated(id, DataChannelParameters.reliable(""))) {
                        assertThat(open.add(id)).isTrue();
                    }
                }
                case 9 -> session.send(id, next() % 2 == 0, new byte[next()], pipe.nowNanos);
                case 10 -> session.close(id, pipe.nowNanos);
                case 11 -> session.setStreaming(id, next() % 4 != 0);
                case 12 ->
                    // Larger than a batch, so that it comes in parts where the channel is read so.
                    raw.send(id, PPIDS[next() % PPIDS.length], new byte[100_000], SendOptions.ORDERED, pipe.nowNanos);
                default -> pipe.runFor(next() % 4 * TENTH);
            }
        }
        pipe.runFor(50 * TENTH);
        assertThat(session.channelCount()).isEqualTo(open.size());
        assertThat(session.stats().receiveWindow()).isEqualTo(8 * 1024 * 1024);
    }

    private final class Sink implements DataChannelSink {
        @Override
        public void onEvent(DataChannelEvent event) {
            if (event instanceof DataChannelEvent.Opened opened) {
                assertThat(open.add(opened.id())).isTrue();
            } else if (event instanceof DataChannelEvent.Closed closed) {
                assertThat(open.remove(closed.id())).isTrue();
            } else if (event instanceof DataChannelEvent.Message message) {
                assertThat(open).contains(message.id());
                session.consumed(message.id(), message.payload().length, pipe.nowNanos);
            } else if (event instanceof DataChannelEvent.MessagePart part) {
                assertThat(open).contains(part.id());
                session.consumed(part.id(), part.payload().length, pipe.nowNanos);
            } else if (event instanceof DataChannelEvent.MessageAborted aborted) {
                assertThat(open).contains(aborted.id());
            } else if (event instanceof DataChannelEvent.AssociationClosed closed) {
                throw new AssertionError(closed);
            }
        }

        @Override
        public void transmit(ByteBuffer packet) {
            pipe.send(0, packet);
        }
    }

    private final class RawSink implements SctpSink {
        @Override
        public void onEvent(SctpEvent event) {
            if (event instanceof SctpEvent.Message message) {
                raw.consumed(message.streamId(), message.payload().length, pipe.nowNanos);
            }
        }

        @Override
        public void transmit(ByteBuffer packet) {
            pipe.send(1, packet);
        }
    }
}
