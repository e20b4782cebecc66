package org.webrtc4j.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.webrtc4j.DOMException;
import org.webrtc4j.EventType;
import org.webrtc4j.MessageSink;
import org.webrtc4j.RTCDataChannel;
import org.webrtc4j.RTCDataChannelInit;
import org.webrtc4j.RTCDataChannelState;
import org.webrtc4j.RuntimeLimits;
import org.webrtc4j.testkit.Impairments;
import org.webrtc4j.testkit.Simulation;

/** Messages read part by part, over two whole stacks. */
class StreamingReceiveTest {

    private static final Impairments QUICK = Impairments.NONE.withDelay(Duration.ofMillis(5));
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int WINDOW = 512 * 1024;

    private static final Side ANY_SIZE = Side.ofRuntime(builder -> builder.limits(RuntimeLimits.builder()
            .receiveWindowBytes(WINDOW)
            .maxMessageBytes(0)
            .build()));

    /** What became of one message. */
    private static final class Reader implements MessageSink {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final boolean text;
        int parts;
        int largest;
        int ends;

        /** The name of the error, once there is one. */
        @Nullable
        String aborted;

        Reader(boolean text) {
            this.text = text;
        }

        @Override
        public void onPart(byte[] part) {
            assertThat(part).isNotEmpty();
            assertThat(ends).isZero();
            parts++;
            largest = Math.max(largest, part.length);
            bytes.writeBytes(part);
        }

        @Override
        public void onEnd() {
            ends++;
        }

        @Override
        public void onAborted(DOMException reason) {
            assertThat(ends).isZero();
            assertThat(aborted).isNull();
            aborted = reason.name();
        }

        boolean isOver() {
            return ends > 0 || aborted != null;
        }
    }

    private interface Body {
        void run(SimulatedPeers peers, List<Reader> readers) throws Exception;
    }

    private static void simulate(Impairments impairments, Body body) {
        Simulation.run(7, simulation -> {
            SimulatedPeers peers = new SimulatedPeers(simulation, impairments, Side.ORDINARY, ANY_SIZE);
            List<Reader> readers = new ArrayList<>();
            peers.answerer.onDataChannel(event -> event.channel().receiveStreaming(text -> {
                readers.add(new Reader(text));
                return readers.get(readers.size() - 1);
            }));
            body.run(peers, readers);
            assertThat(simulation.time().takeFailures()).isEmpty();
        });
    }

    private static void connect(SimulatedPeers peers, RTCDataChannel channel) {
        peers.negotiate();
        peers.simulation.time().runUntil(() -> channel.readyState() == RTCDataChannelState.OPEN, LIMIT);
        assertThat(peers.failures).isEmpty();
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @Test
    void aMessageManyTimesTheWindowArrivesInParts() {
        simulate(QUICK, (peers, readers) -> {
            RTCDataChannel channel = peers.offerer.createDataChannel("large");
            connect(peers, channel);
            byte[] message = random(15 * 1024 * 1024);
            channel.send(message);
            peers.simulation
                    .time()
                    .runUntil(() -> !readers.isEmpty() && readers.get(0).isOver(), LIMIT);
            Reader reader = readers.get(0);
            assertThat(reader.ends).isOne();
            assertThat(reader.bytes.toByteArray()).isEqualTo(message);
            assertThat(reader.text).isFalse();
            assertThat(reader.largest).isLessThanOrEqualTo(WINDOW);
        });
    }

    @Test
    void smallMessagesEmptyOnesAndTextGoToSinksInOrder() {
        simulate(QUICK, (peers, readers) -> {
            RTCDataChannel channel = peers.offerer.createDataChannel("small");
            channel.onOpen(event -> {
                channel.send("zażółć");
                channel.send(new byte[0]);
                channel.send(new byte[] {1, 2});
                channel.send("");
                channel.send(random(100_000));
            });
            connect(peers, channel);
            peers.simulation
                    .time()
                    .runUntil(() -> readers.size() == 5 && readers.get(4).isOver(), LIMIT);
            assertThat(readers).allSatisfy(reader -> assertThat(reader.ends).isOne());
            assertThat(readers).extracting(r -> r.text).containsExactly(true, false, false, true, false);
            assertThat(readers).extracting(r -> r.bytes.size()).containsExactly(10, 0, 2, 0, 100_000);
            assertThat(readers.get(0).bytes.toString(StandardCharsets.UTF_8)).isEqualTo("zażółć");
            assertThat(readers.get(1).parts).isZero();
        });
    }

    @Test
    void aMessageGivenUpHalfWayTellsItsSinkAndTheNextOneArrives() {
        simulate(QUICK.withLoss(0.02), (peers, readers) -> {
            RTCDataChannel channel = peers.offerer.createDataChannel(
                    "lossy", RTCDataChannelInit.builder().maxRetransmits(0).build());
            connect(peers, channel);
            // One whose first packet is lost tells nobody.
            for (int i = 0; i < 5; i++) {
                channel.send(random(1_000_000));
                peers.simulation.time().runFor(Duration.ofSeconds(20));
            }
            assertThat(readers).isNotEmpty().allSatisfy(reader -> {
                assertThat(reader.parts).isPositive();
                assertThat(reader.ends).isZero();
                assertThat(reader.aborted).isEqualTo("OperationError");
            });
            int sent = readers.size();
            while (readers.size() == sent) {
                channel.send(new byte[] {9});
                peers.simulation.time().runFor(Duration.ofMillis(100));
            }
            assertThat(readers.get(sent).bytes.toByteArray()).containsExactly(9);
        });
    }

    @Test
    void pausingHoldsPartsAndTheSenderBackAndResumingGoesOn() {
        simulate(QUICK, (peers, readers) -> {
            List<RTCDataChannel> announced = new ArrayList<>();
            peers.answerer.addEventListener(
                    EventType.DATACHANNEL,
                    event -> announced.add(event.channel().pauseReading()));
            RTCDataChannel channel = peers.offerer.createDataChannel("slow");
            connect(peers, channel);
            channel.send(random(8 * 1024 * 1024));
            peers.simulation.time().runFor(Duration.ofSeconds(60));
            assertThat(readers).isEmpty();
            // What is beyond the reader's window stays with the sender.
            assertThat(channel.bufferedAmount()).isGreaterThan(7 * 1024 * 1024);
            announced.get(0).resumeReading();
            peers.simulation
                    .time()
                    .runUntil(() -> !readers.isEmpty() && readers.get(0).isOver(), LIMIT);
            assertThat(readers.get(0).bytes.size()).isEqualTo(8 * 1024 * 1024);
        });
    }

    @Test
    void theEndOfTheChannelAbortsWhatIsUnderWay() {
        for (boolean here : new boolean[] {true, false}) {
            simulate(QUICK.withRate(8_000_000, 64_000, Duration.ofSeconds(1)), (peers, readers) -> {
                List<RTCDataChannel> announced = new ArrayList<>();
                peers.answerer.addEventListener(EventType.DATACHANNEL, event -> announced.add(event.channel()));
                RTCDataChannel channel = peers.offerer.createDataChannel("cut");
                connect(peers, channel);
                channel.send(random(15 * 1024 * 1024));
                peers.simulation.time().runUntil(() -> !readers.isEmpty(), LIMIT);
                if (here) {
                    announced.get(0).close();
                } else {
                    peers.offerer.close();
                }
                peers.simulation.time().runUntil(() -> readers.get(0).isOver(), LIMIT);
                assertThat(readers.get(0).aborted).isEqualTo("InvalidStateError");
            });
        }
    }

    @Test
    void aSinkThatThrowsIsNotCalledAgainAndOneNotGivenDiscards() {
        simulate(QUICK, (peers, readers) -> {
            int[] calls = new int[3];
            peers.answerer.onDataChannel(event -> event.channel().receiveStreaming(text -> {
                calls[0]++;
                if (calls[0] == 1) {
                    return new MessageSink() {
                        @Override
                        public void onPart(byte[] bytes) {
                            calls[1]++;
                            throw new IllegalStateException("meant to be");
                        }

                        @Override
                        public void onEnd() {
                            calls[2]++;
                        }
                    };
                }
                return null;
            }));
            RTCDataChannel channel = peers.offerer.createDataChannel("odd");
            connect(peers, channel);
            channel.send(random(4 * 1024 * 1024));
            channel.send(random(4 * 1024 * 1024));
            channel.send("end");
            peers.simulation.time().runUntil(() -> calls[0] == 3, LIMIT);
            assertThat(calls).containsExactly(3, 1, 0);
        });
    }
}
