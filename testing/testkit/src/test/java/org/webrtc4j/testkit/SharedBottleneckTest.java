package org.webrtc4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SharedBottleneckTest {

    /** A byte each microsecond. */
    private static final Impairments SLOW =
            Impairments.NONE.withRate(8_000_000, 3_000, Duration.ofSeconds(1)).withDelay(Duration.ofMillis(10));

    private final List<String> seen = new ArrayList<>();

    @Test
    void packetsOfAllLinksWaitInOneQueue() {
        Simulation.run(1, simulation -> {
            SharedBottleneck bottleneck = simulation.newBottleneck(SLOW);
            VirtualLink first = listen(simulation, bottleneck, "first", Impairments.NONE);
            VirtualLink second = listen(simulation, bottleneck, "second", Impairments.NONE);
            first.a().transmit(packet());
            second.a().transmit(packet());

            assertThat(bottleneck.queueNanos()).isEqualTo(2_000_000);
            simulation.time().runFor(Duration.ofMillis(1));
            assertThat(bottleneck.queueNanos()).isEqualTo(1_000_000);
            simulation.time().runFor(Duration.ofMillis(1));
            assertThat(bottleneck.queueNanos()).isZero();
            simulation.time().runFor(Duration.ofSeconds(1));
            assertThat(seen).containsExactly("first b at 11", "second b at 12");
        });
    }

    @Test
    void whatOneLinkPutsInLeavesLessRoomForTheOthers() {
        Simulation.run(1, simulation -> {
            SharedBottleneck bottleneck = simulation.newBottleneck(SLOW);
            VirtualLink first = listen(simulation, bottleneck, "first", Impairments.NONE);
            VirtualLink second = listen(simulation, bottleneck, "second", Impairments.NONE);
            for (int i = 0; i < 3; i++) {
                first.a().transmit(packet());
            }
            second.a().transmit(packet());
            simulation.time().runFor(Duration.ofSeconds(1));

            assertThat(seen).containsExactly("first b at 11", "first b at 12", "first b at 13");
            assertThat(bottleneck.stats().drops()).isEqualTo(Map.of(DropReason.QUEUE_FULL, 1L));
        });
    }

    @Test
    void theWayBackIsEachLinksOwn() {
        Simulation.run(1, simulation -> {
            SharedBottleneck bottleneck = simulation.newBottleneck(SLOW);
            VirtualLink near = listen(simulation, bottleneck, "near", Impairments.NONE.withDelay(Duration.ofMillis(1)));
            VirtualLink far = listen(simulation, bottleneck, "far", Impairments.NONE.withDelay(Duration.ofMillis(90)));
            near.b().transmit(packet());
            far.b().transmit(packet());

            assertThat(bottleneck.queueNanos()).isZero();
            simulation.time().runFor(Duration.ofSeconds(1));
            assertThat(seen).containsExactly("near a at 1", "far a at 90");
        });
    }

    private VirtualLink listen(Simulation simulation, SharedBottleneck bottleneck, String name, Impairments back) {
        VirtualLink link = bottleneck.newLink(back);
        VirtualLoop loop = simulation.newLoop(name);
        link.a().connect(loop, (packet, now) -> seen.add(name + " a at " + millis(simulation)));
        link.b().connect(loop, (packet, now) -> seen.add(name + " b at " + millis(simulation)));
        return link;
    }

    private static long millis(Simulation simulation) {
        return simulation.time().elapsed().toMillis();
    }

    private static ByteBuffer packet() {
        return ByteBuffer.allocate(1_000);
    }
}
