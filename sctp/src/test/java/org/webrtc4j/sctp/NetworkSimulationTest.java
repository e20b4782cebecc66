package org.webrtc4j.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.webrtc4j.testkit.EngineDriver;
import org.webrtc4j.testkit.Impairments;
import org.webrtc4j.testkit.Loss;
import org.webrtc4j.testkit.Simulation;
import org.webrtc4j.testkit.VirtualLink;
import org.webrtc4j.testkit.VirtualLoop;

/** Whole transfers over the networks there are: exact bytes, bounded memory, the seed printed when one fails. */
class NetworkSimulationTest {

    private static final int SEEDS = 12;

    /** A network and what crosses it. */
    record Case(String name, Impairments impairments, int messages, int size) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> networks() {
        Impairments near = Impairments.NONE.withDelay(Duration.ofMillis(10));
        return List.of(
                new Case("clean", near, 64, 16_384),
                new Case("1 Mbit/s", near.withRate(1_000_000, 32_000, Duration.ofSeconds(2)), 64, 16_384),
                new Case("10 % loss", near.withLoss(0.1), 64, 16_384),
                new Case("20 % loss", near.withLoss(0.2), 16, 16_384),
                new Case("bursts", near.withLoss(new Loss.GilbertElliott(0.01, 0.2, 0.0, 0.8)), 64, 16_384),
                new Case("reorder", near.withReordering(Duration.ofMillis(50)), 64, 16_384),
                new Case("duplicates", near.withDuplicates(0.05), 64, 16_384),
                new Case("corruption", near.withCorruption(0.02, 0.02), 64, 16_384),
                new Case("300 ms", Impairments.NONE.withDelay(Duration.ofMillis(150)), 64, 16_384),
                new Case("bufferbloat", near.withRate(5_000_000, 2_000_000, Duration.ofSeconds(4)), 128, 16_384),
                new Case("blackout", near.withBlackout(Duration.ofMillis(100), Duration.ofSeconds(5)), 64, 16_384));
    }

    private static final class End implements SctpSink {
        final SctpAssociation association;
        final EngineDriver driver;
        final List<SctpEvent.Message> messages = new ArrayList<>();
        private final VirtualLink.End link;
        private final VirtualLoop loop;

        End(VirtualLoop loop, VirtualLink.End link, boolean interleaving, long seed) {
            this.loop = loop;
            this.link = link;
            association = new SctpAssociation(
                    SctpOptions.builder().interleaving(interleaving).build(), this, new Random(seed));
            driver = link.connect(loop, association);
        }

        @Override
        public void transmit(ByteBuffer packet) {
            link.transmit(packet);
        }

        @Override
        public void onEvent(SctpEvent event) {
            if (event instanceof SctpEvent.Message message) {
                messages.add(message);
                association.consumed(
                        message.streamId(),
                        message.payload().length,
                        loop.clock().nanoTime());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void everyByteArrivesInOrderInBothDirections(Case network) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            long run = seed;
            Simulation.run(seed, simulation -> {
                VirtualLoop loop = simulation.newLoop("both");
                VirtualLink link = simulation.newLink(network.impairments());
                boolean interleaving = run % 2 == 0;
                End a = new End(loop, link.a(), interleaving, run);
                End b = new End(loop, link.b(), interleaving, run + 1000);
                a.driver.turn(a.association::connect);
                b.driver.turn(b.association::connect);
                for (End end : List.of(a, b)) {
                    end.driver.turn(now -> {
                        for (int i = 0; i < network.messages(); i++) {
                            byte[] payload = content(end == a, i, network.size());
                            assertThat(end.association.send(i % 4, 53, payload, SendOptions.ORDERED, now))
                                    .isEqualTo(SendStatus.QUEUED);
                        }
                    });
                }
                simulation
                        .time()
                        .runUntil(
                                () -> a.messages.size() == network.messages()
                                        && b.messages.size() == network.messages(),
                                Duration.ofMinutes(20));
                assertExact(a, false, network);
                assertExact(b, true, network);
            });
        }
    }

    private static byte[] content(boolean fromA, int index, int size) {
        byte[] bytes = new byte[size];
        new Random(index * 2L + (fromA ? 1 : 0)).nextBytes(bytes);
        return bytes;
    }

    private static void assertExact(End end, boolean fromA, Case network) {
        int[] next = {0, 1, 2, 3};
        assertThat(end.messages).hasSize(network.messages());
        for (SctpEvent.Message message : end.messages) {
            int index = next[message.streamId()];
            next[message.streamId()] += 4;
            assertThat(message.payload()).isEqualTo(content(fromA, index, network.size()));
        }
        assertThat(end.association.stats().receiveWindow()).isEqualTo(8 * 1024 * 1024);
    }
}
