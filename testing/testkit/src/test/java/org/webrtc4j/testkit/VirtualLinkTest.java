package org.webrtc4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.webrtc4j.common.PacketSink;
import org.webrtc4j.common.ProtocolEngine;

class VirtualLinkTest {

    static LongStream seeds() {
        return Seeds.upTo(20);
    }

    @Test
    void packetsArriveAtTheOtherEndAfterTheDelayAsOneBatchPerInstant() {
        Simulation.run(1, simulation -> {
            VirtualLink link = simulation.newLink(Impairments.NONE.withDelay(Duration.ofMillis(20)));
            List<String> seen = new ArrayList<>();
            link.b().connect(simulation.newLoop("b"), new LinkReceiver() {
                @Override
                public void onPacket(ByteBuffer packet, long nowNanos) {
                    seen.add(packet.getInt() + " at " + simulation.time().elapsed());
                }

                @Override
                public void onBatchEnd(long nowNanos) {
                    seen.add("end");
                }
            });

            link.a().transmit(packet(1));
            link.a().transmit(packet(2));
            simulation.time().after(Duration.ofMillis(5), () -> link.a().transmit(packet(3)));
            simulation.time().runUntilIdle(Duration.ofSeconds(1));

            assertThat(seen).containsExactly("1 at PT0.02S", "2 at PT0.02S", "end", "3 at PT0.025S", "end");
        });
    }

    @Test
    void packetsThatArriveBeforeAReceiverIsThereAreKeptForIt() {
        Simulation.run(1, simulation -> {
            VirtualLink link = simulation.newLink(Impairments.NONE);
            link.a().transmit(packet(7));
            simulation.time().runUntilIdle(Duration.ofSeconds(1));
            List<Integer> seen = new ArrayList<>();

            link.b().connect(simulation.newLoop("b"), (packet, nowNanos) -> seen.add(packet.getInt()));
            simulation.time().runUntilIdle(Duration.ofSeconds(1));

            assertThat(seen).containsExactly(7);
        });
    }

    @Test
    void thePacketIsBorrowedSoChangingItAfterTheCallChangesNothing() {
        Simulation.run(1, simulation -> {
            VirtualLink link = simulation.newLink(Impairments.NONE);
            List<Integer> seen = new ArrayList<>();
            link.b().connect(simulation.newLoop("b"), (packet, nowNanos) -> seen.add(packet.getInt()));
            ByteBuffer packet = packet(7);

            link.a().transmit(packet);
            packet.putInt(0, 8);
            simulation.time().runUntilIdle(Duration.ofSeconds(1));

            assertThat(packet.remaining()).isEqualTo(4);
            assertThat(seen).containsExactly(7);
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void twoRunsWithOneSeedDoTheSame(long seed) {
        assertThat(arrivals(seed)).isEqualTo(arrivals(seed)).isNotEqualTo(arrivals(seed + 1));
    }

    @Test
    void anEngineIsDrivenInTurns() {
        Simulation.run(1, simulation -> {
            VirtualLink link = simulation.newLink(Impairments.NONE.withDelay(Duration.ofMillis(10)));
            Counter a = new Counter(link.a());
            Counter b = new Counter(link.b());
            EngineDriver driver = link.a().connect(simulation.newLoop("a"), a);
            link.b().connect(simulation.newLoop("b"), b);

            driver.turn(a::begin);
            simulation.time().runUntilIdle(Duration.ofMinutes(1));

            assertThat(a.calls)
                    .containsExactly("end", "timeout", "end", "packet 2", "end", "timeout", "end", "packet 4", "end");
            assertThat(b.calls)
                    .containsExactly("packet 1", "end", "timeout", "end", "packet 3", "end", "timeout", "end");
            assertThat(simulation.time().elapsed()).isEqualTo(Duration.ofMillis(4 * 1000 + 4 * 10));
        });
    }

    private static List<String> arrivals(long seed) {
        List<String> seen = new ArrayList<>();
        Simulation.run(seed, simulation -> {
            VirtualLink link = simulation.newLink(Impairments.NONE
                    .withLoss(0.2)
                    .withDelay(Duration.ofMillis(10))
                    .withReordering(Duration.ofMillis(30))
                    .withDuplicates(0.1)
                    .withCorruption(0.1, 0.1));
            link.b().connect(simulation.newLoop("b"), (packet, nowNanos) -> seen.add(nowNanos + " " + packet));
            IntStream.range(0, 100).forEach(i -> link.a().transmit(packet(i)));
            simulation.time().runUntilIdle(Duration.ofSeconds(1));
        });
        return seen;
    }

    private static ByteBuffer packet(int number) {
        return ByteBuffer.allocate(4).putInt(number).flip();
    }

    /** Answers each number with the next one a second later, up to four. */
    private static final class Counter implements ProtocolEngine {

        private final PacketSink sink;
        private final List<String> calls = new ArrayList<>();
        private long deadlineNanos = NEVER;
        private int next;

        Counter(PacketSink sink) {
            this.sink = sink;
        }

        void begin(long nowNanos) {
            next = 1;
            deadlineNanos = nowNanos + 1_000_000_000L;
        }

        @Override
        public void handlePacket(ByteBuffer packet, long nowNanos) {
            int number = packet.getInt();
            calls.add("packet " + number);
            if (number < 4) {
                next = number + 1;
                deadlineNanos = nowNanos + 1_000_000_000L;
            }
        }

        @Override
        public void handleTimeout(long nowNanos) {
            calls.add("timeout");
            deadlineNanos = NEVER;
            sink.transmit(packet(next));
        }

        @Override
        public void handleBatchEnd(long nowNanos) {
            calls.add("end");
        }

        @Override
        public long nextTimeout() {
            return deadlineNanos;
        }
    }
}
