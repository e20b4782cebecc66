package org.webrtc4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulationTest {

    @Test
    void aRunThatFailsNamesItsSeedAndShowsItsPackets() {
        IllegalStateException cause = new IllegalStateException("lost my way");

        assertThatThrownBy(() -> Simulation.run(4711, simulation -> {
                    VirtualLink link = simulation.newLink(Impairments.NONE.withDelay(Duration.ofMillis(5)));
                    link.a().transmit(ByteBuffer.wrap(new byte[] {0x16, (byte) 0xfe}));
                    simulation.time().runUntilIdle(Duration.ofSeconds(1));
                    throw cause;
                }))
                .isInstanceOf(AssertionError.class)
                .hasCause(cause)
                .hasMessageContaining("lost my way")
                .hasMessageContaining("-Dwebrtc4j.seed=4711")
                .hasMessageContaining("PT0.005S")
                .hasMessageContaining("192.0.2.1:5000 > 192.0.2.2:5000, 2 bytes, arrived")
                .hasMessageContaining("16 fe");
    }

    @Test
    void sourcesOfRandomnessDifferByPurposeAndSeedAndRepeat() {
        Simulation.run(
                1,
                one -> Simulation.run(2, two -> {
                    long value = one.newRandom("x").nextLong();
                    assertThat(one.newRandom("x").nextLong()).isEqualTo(value);
                    assertThat(List.of(
                                    one.newRandom("y").nextLong(),
                                    two.newRandom("x").nextLong()))
                            .doesNotContain(value)
                            .doesNotHaveDuplicates();
                }));
    }

    @Test
    void theNumberOfSeedsAndASingleSeedAreChosenByProperties() {
        assertThat(Seeds.choose(3, "", "")).containsExactly(1L, 2L, 3L);
        assertThat(Seeds.choose(3, "5", "")).hasSize(5);
        assertThat(Seeds.choose(3, "5", "-42")).containsExactly(-42L);
    }
}
