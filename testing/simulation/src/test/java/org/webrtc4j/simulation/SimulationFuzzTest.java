package org.webrtc4j.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.webrtc4j.CloseCause;
import org.webrtc4j.DOMException;
import org.webrtc4j.MessageEvent;
import org.webrtc4j.QueuePeaks;
import org.webrtc4j.RTCDataChannel;
import org.webrtc4j.RTCDataChannelInit;
import org.webrtc4j.RTCDataChannelState;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.RTCSessionDescriptionInit;
import org.webrtc4j.WebRtcRuntime;
import org.webrtc4j.testkit.Impairments;
import org.webrtc4j.testkit.Simulation;

/**
 * A whole connection after its handshake: packets are changed, dropped, doubled and invented on the path and by the peer
 * itself, and the API is called in any order. Nothing throws past a loop, nothing grows without bound, all ends clean.
 */
class SimulationFuzzTest {

    private static final Impairments QUICK = Impairments.NONE.withDelay(Duration.ofMillis(2));
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int MAX_OPERATIONS = 128;
    private static final int MAX_CHANNELS = 32;

    /** What a minute of two connections costs when their peer behaves, with room; and what one operation may add. */
    private static final long DATAGRAMS = 4_000;

    private static final long DATAGRAMS_PER_OPERATION = 400;

    @FuzzTest
    void connectedPeers(byte[] input) {
        Simulation.run(1, simulation -> new Run(simulation, ByteBuffer.wrap(input)).play());
    }

    /** One side of the run. */
    private static final class End {
        final Mischief mischief = new Mischief();
        final Side side = Side.between(mischief::between, mischief::between);
        final List<RTCDataChannel> channels = new ArrayList<>();
    }

    private static final class Run {

        private final Simulation simulation;
        private final ByteBuffer input;
        private final End[] ends = {new End(), new End()};
        private final SimulatedPeers peers;
        private final List<CompletableFuture<?>> futures = new ArrayList<>();
        private int operations;

        Run(Simulation simulation, ByteBuffer input) {
            this.simulation = simulation;
            this.input = input;
            peers = new SimulatedPeers(simulation, QUICK, ends[0].side, ends[1].side);
            for (int i = 0; i < ends.length; i++) {
                End end = ends[i];
                connection(i).onDataChannel(event -> adopt(end, event.channel()));
            }
        }

        private RTCPeerConnection connection(int end) {
            return end == 0 ? peers.offerer : peers.answerer;
        }

        private void adopt(End end, RTCDataChannel channel) {
            if (end.channels.size() < MAX_CHANNELS) {
                end.channels.add(channel.onMessage(message -> echo(channel, message)));
            }
        }

        /** Answers small messages once. */
        private static void echo(RTCDataChannel channel, MessageEvent message) {
            byte[] bytes = message.data().bytes();
            if (bytes.length > 0 && bytes[0] == 'e') {
                bytes[0] = 'a';
                try {
                    channel.send(bytes);
                } catch (DOMException closing) {
                    assertThat(closing.name()).isNotEmpty();
                }
            }
        }

        void play() {
            RTCDataChannel first = peers.offerer.createDataChannel("first");
            adopt(ends[0], first);
            peers.negotiate();
            simulation.time().runUntil(() -> first.readyState() == RTCDataChannelState.OPEN, LIMIT);
            simulation.time().runFor(Duration.ofMillis(20));

            while (input.hasRemaining() && operations++ < MAX_OPERATIONS) {
                int operation = input.get() & 0xff;
                int end = operation & 1;
                try {
                    operate((operation >> 1) & 31, end, ends[end]);
                } catch (DOMException refused) {
                    assertThat(refused.name()).isNotEmpty();
                }
                if (operation < 0x80) {
                    simulation.time().runFor(Duration.ofMillis(1));
                }
            }
            finish();
        }

        private void operate(int operation, int index, End end) {
            RTCPeerConnection self = connection(index);
            switch (operation) {
                case 0 -> end.mischief.planDatagram((packet, handOn) -> {});
                case 1 -> end.mischief.planDatagram((packet, handOn) -> handOn.accept(packet));
                case 2 -> end.mischief.planDatagram(Run::twice);
                case 3 -> end.mischief.planDatagram(changed(false));
                case 4 -> end.mischief.planPlaintext((packet, handOn) -> {});
                case 5 -> end.mischief.planPlaintext((packet, handOn) -> handOn.accept(packet));
                case 6 -> end.mischief.planPlaintext(Run::twice);
                case 7, 8 -> end.mischief.planPlaintext(changed(true));
                case 9 -> end.mischief.planPlaintext(cut());
                case 10 -> onLoop(index, end.mischief::injectDatagram);
                case 11, 12 -> onLoop(index, end.mischief::injectPlaintext);
                case 13, 14 -> channel(end).ifPresent(channel -> channel.send(bytes(next() * next())));
                case 15 -> channel(end).ifPresent(channel -> channel.send("e" + next()));
                case 16 -> channel(end).ifPresent(RTCDataChannel::close);
                case 17 -> channel(end).ifPresent(RTCDataChannel::pauseReading);
                case 18 -> channel(end).ifPresent(RTCDataChannel::resumeReading);
                case 19 -> channel(end).ifPresent(channel -> futures.add(channel.sendAsync(bytes(next()))));
                case 20 -> adopt(end, self.createDataChannel("ordered"));
                case 21 -> adopt(end, self.createDataChannel("unordered", partial(next())));
                case 22 -> peers.negotiate();
                case 23 -> self.restartIce();
                case 24 -> futures.add(self.setLocalDescription());
                case 25 -> futures.add(self.setLocalDescription(RTCSessionDescriptionInit.rollback()));
                case 26 -> futures.add(self.getStats());
                case 27 -> simulation.time().runFor(Duration.ofMillis(20L * next()));
                case 28 -> simulation.time().runFor(Duration.ofSeconds(next() & 31));
                case 29 ->
                    (index == 0 ? peers.offererHost : peers.answererHost).blackout(Duration.ofMillis(50L * next()));
                case 30 -> {
                    if (next() > 250) {
                        futures.add(self.closeGracefully(Duration.ofSeconds(1)));
                    }
                }
                default -> {
                    if (next() > 250) {
                        self.close();
                    }
                }
            }
        }

        private interface Injection {
            void inject(byte[] bytes, long nowNanos);
        }

        private void onLoop(int end, Injection injection) {
            byte[] bytes = bytes(next());
            (end == 0 ? peers.offererLoop : peers.answererLoop)
                    .execute(() -> injection.inject(bytes, simulation.time().nanoTime()));
        }

        private static void twice(ByteBuffer packet, Consumer<ByteBuffer> handOn) {
            byte[] copy = new byte[packet.remaining()];
            packet.get(packet.position(), copy);
            handOn.accept(packet);
            handOn.accept(ByteBuffer.wrap(copy));
        }

        /** Up to four bytes become others. */
        private Mischief.Trick changed(boolean checksum) {
            int at = next();
            byte[] others = bytes(next() & 3);
            return (packet, handOn) -> {
                for (int i = 0; i < others.length && packet.hasRemaining(); i++) {
                    packet.put((at + i) % packet.limit(), others[i]);
                }
                handOn.accept(checksum ? Mischief.withChecksum(packet) : packet);
            };
        }

        private Mischief.Trick cut() {
            int length = next();
            return (packet, handOn) -> handOn.accept(Mischief.withChecksum(
                    packet.limit(Math.min(length, packet.limit())).slice()));
        }

        private Optional<RTCDataChannel> channel(End end) {
            return end.channels.isEmpty()
                    ? Optional.empty()
                    : Optional.of(end.channels.get(next() % end.channels.size()));
        }

        private static RTCDataChannelInit partial(int how) {
            RTCDataChannelInit.Builder init = RTCDataChannelInit.builder().ordered((how & 1) == 0);
            return ((how & 2) == 0 ? init.maxRetransmits(how >> 2) : init.maxPacketLifeTime(how)).build();
        }

        /** The next byte of the input, 0 when it is over. */
        private int next() {
            return input.hasRemaining() ? input.get() & 0xff : 0;
        }

        /** So many bytes, those of the input first. */
        private byte[] bytes(int length) {
            byte[] bytes = new byte[length];
            input.get(bytes, 0, Math.min(length, input.remaining()));
            return bytes;
        }

        private void finish() {
            for (End end : ends) {
                end.mischief.end();
            }
            simulation.time().runFor(Duration.ofMinutes(1));
            long datagrams = ends[0].mischief.datagrams() + ends[1].mischief.datagrams();
            assertThat(datagrams).isLessThan(DATAGRAMS + DATAGRAMS_PER_OPERATION * operations);

            peers.offerer.close();
            peers.answerer.close();
            simulation.time().runFor(Duration.ofSeconds(1));
            assertThat(peers.offererLoop.armedTimers() + peers.answererLoop.armedTimers())
                    .isZero();
            assertThat(peers.offererPorts.openPorts() + peers.answererPorts.openPorts())
                    .isZero();
            assertClean(peers.offererRuntime, peers.offerer);
            assertClean(peers.answererRuntime, peers.answerer);
            assertThat(futures).allMatch(CompletableFuture::isDone);
            assertThat(peers.failures).allMatch(failure -> DOMException.class.isInstance(causeOf(failure)));
            assertThat(simulation.time().takeFailures()).isEmpty();
        }

        private void assertClean(WebRtcRuntime runtime, RTCPeerConnection connection) {
            assertThat(connection.whenClosed().join().kind()).isNotEqualTo(CloseCause.Kind.INTERNAL_ERROR);
            assertThat(runtime.stats().connections()).isZero();
            assertThat(runtime.stats().bufferedBytes()).isZero();
            QueuePeaks peaks = runtime.stats().queuePeaks();
            assertThat(peaks.commands()).isLessThan(1_000 + 100 * operations);
            assertThat(peaks.events()).isLessThan(1_000 + 1_000 * operations);
        }

        private static Throwable causeOf(Throwable failure) {
            return failure.getCause() == null ? failure : failure.getCause();
        }
    }
}
