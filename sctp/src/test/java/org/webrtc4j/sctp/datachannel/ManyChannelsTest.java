package org.webrtc4j.sctp.datachannel;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.webrtc4j.sctp.Pipe;
import org.webrtc4j.sctp.SctpOptions;
import org.webrtc4j.sctp.SctpOptionsBuilder;
import org.webrtc4j.sctp.SctpState;
import org.webrtc4j.sctp.SendStatus;

/** A thousand channels on one association: what they cost, and that one slow reader is a limit for all of them. */
class ManyChannelsTest {

    private static final int CHANNELS = 1_000;
    private static final long SECOND = 1_000_000_000L;

    private static final class Side implements DataChannelSink {
        final DataChannelSession session;
        final long[] bytes = new long[65_535];
        boolean consume = true;
        long messages;
        long damaged;
        long unread;
        long mostUnread;
        int closed;
        private final Pipe pipe;
        private final int side;

        Side(Pipe pipe, int side, SctpOptions options) {
            this.pipe = pipe;
            this.side = side;
            session = new DataChannelSession(options, this, new Random(pipe.random.nextLong()));
        }

        @Override
        public void onEvent(DataChannelEvent event) {
            if (event instanceof DataChannelEvent.Message message) {
                byte[] payload = message.payload();
                messages++;
                bytes[message.id()] += payload.length;
                damaged += isOf(message.id(), payload) ? 0 : 1;
                if (consume) {
                    session.consumed(message.id(), payload.length, pipe.nowNanos);
                } else {
                    unread += Math.max(64, payload.length);
                    mostUnread = Math.max(mostUnread, unread);
                }
            } else if (event instanceof DataChannelEvent.AssociationClosed) {
                closed++;
            }
        }

        @Override
        public void transmit(ByteBuffer packet) {
            pipe.send(side, packet);
        }
    }

    private Pipe pipe = new Pipe(3);
    private Side client = new Side(pipe, 0, SctpOptions.defaults());
    private Side server = new Side(pipe, 1, SctpOptions.defaults());

    private void connect(SctpOptionsBuilder options) {
        client = new Side(pipe, 0, options.build());
        server = new Side(pipe, 1, options.build());
        pipe.join(client.session, server.session);
        client.session.connect(true, pipe.nowNanos);
        server.session.connect(false, pipe.nowNanos);
        pipe.runFor(SECOND);
    }

    private static SctpOptionsBuilder options(boolean interleaving) {
        return SctpOptions.builder().interleaving(interleaving);
    }

    private void open(int count) {
        for (int i = 0; i < count; i++) {
            int id = client.session.open(DataChannelParameters.reliable("channel"), pipe.nowNanos);
            client.session.send(id, true, message(id, 10), pipe.nowNanos);
        }
        long expected = server.messages + count;
        assertThat(pipe.runUntil(() -> server.messages == expected, 600 * SECOND))
                .isTrue();
        long answers = client.messages + count;
        for (int i = 0; i < count; i++) {
            int id = 2 * (server.session.channelCount() - 1 - i);
            server.session.send(id, true, message(id, 10), pipe.nowNanos);
        }
        assertThat(pipe.runUntil(() -> client.messages == answers, 600 * SECOND))
                .isTrue();
    }

    private static byte[] message(int id, int size) {
        byte[] payload = new byte[size];
        Arrays.fill(payload, (byte) id);
        return payload;
    }

    private static boolean isOf(int id, byte[] payload) {
        for (byte each : payload) {
            if (each != (byte) id) {
                return false;
            }
        }
        return true;
    }

    /** What is reachable: collected until a collection finds nothing more, since cleaners of tests before may be at work. */
    private static long heapBytes() {
        long used = Long.MAX_VALUE;
        for (int quiet = 0; quiet < 3; quiet++) {
            System.gc();
            long now = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            if (now < used - 100_000) {
                quiet = 0;
            }
            used = now;
        }
        return used;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anIdleChannelCostsLessThanAKibibyteOnEachSide(boolean interleaving) {
        connect(options(interleaving));
        int channels = 8 * CHANNELS;
        open(channels);
        pipe.runFor(10 * SECOND);
        assertThat(client.session.channelCount()).isEqualTo(channels);
        assertThat(server.session.channelCount()).isEqualTo(channels);
        long held = heapBytes();
        // What is freed with them was theirs, and nothing else happens meanwhile.
        WeakReference<Pipe> freed = new WeakReference<>(pipe);
        pipe = new Pipe(4);
        client = new Side(pipe, 0, SctpOptions.defaults());
        server = new Side(pipe, 1, SctpOptions.defaults());
        long deadline = System.nanoTime() + 60 * SECOND;
        while (freed.get() != null && System.nanoTime() < deadline) {
            System.gc();
        }
        assertThat(freed.get()).isNull();
        long each = (held - heapBytes()) / (2L * channels);
        System.out.printf("Heap of one idle channel, interleaving %b: %d bytes%n", interleaving, each);
        assertThat(each).isBetween(100L, 1024L);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void allOfThemCarryMessagesAtOnceThroughLoss(boolean interleaving) {
        connect(options(interleaving));
        open(CHANNELS);
        pipe.loss = 0.02;
        pipe.jitterNanos = 5_000_000L;
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < CHANNELS; i++) {
                assertThat(client.session.send(2 * i, true, message(2 * i, 1 + 3 * i), pipe.nowNanos))
                        .isEqualTo(SendStatus.QUEUED);
            }
        }
        assertThat(pipe.runUntil(() -> server.messages == 4 * CHANNELS, 600 * SECOND))
                .isTrue();
        assertThat(server.damaged).isZero();
        for (int i = 0; i < CHANNELS; i++) {
            assertThat(server.bytes[2 * i]).isEqualTo(10 + 3L * (1 + 3 * i));
        }
    }

    /** Were all messages begun at once, the window would be full of beginnings, and no end could come. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void moreMessagesThanTheWindowHoldsAreUnderWayOnlyAsFarAsItDoes(boolean interleaving) {
        connect(options(interleaving).receiveWindow(256 * 1024));
        open(CHANNELS);
        pipe.loss = 0.01;
        pipe.jitterNanos = 5_000_000L;
        for (int i = 0; i < CHANNELS; i++) {
            assertThat(client.session.send(2 * i, true, message(2 * i, 32_768), pipe.nowNanos))
                    .isEqualTo(SendStatus.QUEUED);
        }
        assertThat(pipe.runUntil(() -> server.messages == 2 * CHANNELS, 3_600 * SECOND))
                .as("%s", server.session.stats())
                .isTrue();
        assertThat(server.damaged).isZero();
        assertThat(client.session.state()).isEqualTo(SctpState.ESTABLISHED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatASlowReaderDoesNotReadStaysWithTheSenderWithinItsOwnLimits(boolean interleaving) {
        int window = 1024 * 1024;
        int buffer = 128 * 1024;
        connect(options(interleaving).receiveWindow(window).streamBufferSize(buffer));
        open(CHANNELS);
        server.consume = false;
        long accepted = 0;
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < CHANNELS; i++) {
                SendStatus status = client.session.send(2 * i, true, message(2 * i, 32_768), pipe.nowNanos);
                // Four fill a channel; nothing has left between.
                assertThat(status).isEqualTo(round < 4 ? SendStatus.QUEUED : SendStatus.BUFFER_FULL);
                accepted += status == SendStatus.QUEUED ? 32_768 : 0;
            }
        }
        pipe.runFor(120 * SECOND);
        assertThat(server.mostUnread).isPositive().isLessThanOrEqualTo(window);
        assertThat(client.session.stats().bufferedBytes()).isGreaterThanOrEqualTo(accepted - 2L * window);
        assertThat(client.session.stats().bytesInFlight()).isLessThanOrEqualTo(2L * window);
        assertThat(client.closed + server.closed).isZero();

        server.consume = true;
        server.session.consumed(0, window, pipe.nowNanos);
        assertThat(pipe.runUntil(() -> server.messages == 5 * CHANNELS, 3_600 * SECOND))
                .isTrue();
        assertThat(server.damaged).isZero();
        assertThat(client.session.stats().bufferedBytes()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void tinyMessagesThatNobodyReadsCannotHoldMoreThanTheWindow(boolean interleaving) {
        int window = 64 * 1024;
        connect(options(interleaving).receiveWindow(window).streamBufferSize(64 * 100));
        open(CHANNELS);
        server.consume = false;
        for (int i = 0; i < 100 * CHANNELS; i++) {
            int id = 2 * (i % CHANNELS);
            assertThat(client.session.send(id, true, message(id, 1), pipe.nowNanos))
                    .isEqualTo(SendStatus.QUEUED);
        }
        assertThat(client.session.send(0, true, message(0, 1), pipe.nowNanos)).isEqualTo(SendStatus.BUFFER_FULL);
        pipe.runFor(60 * SECOND);
        assertThat(server.mostUnread).isPositive().isLessThanOrEqualTo(window);
        assertThat(client.session.stats().bufferedBytes()).isGreaterThan(90 * CHANNELS);
        assertThat(client.closed + server.closed).isZero();
    }
}
