package org.webrtc4j.benchmarks.ice;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Runs once, small. No figure is asserted but those that are the same on every machine. */
class IceCommandTest {

    @Test
    void sessionsNeedNoThreadAndNoDescriptorEach() throws Exception {
        IceCommand.Result result = IceCommand.run(100, 600);

        assertThat(result.storm().connected()).isEqualTo(100);
        assertThat(result.ice4j().connected()).isPositive();
        assertThat(result.held().sessions()).isEqualTo(600);
        assertThat(result.held().threads()).isLessThan(result.held().threadsBefore() + 10);
        assertThat(result.held().descriptors()).isLessThan(result.held().descriptorsBefore() + 50);
        assertThat(result.held().drops()).doesNotContainKeys("handOffFull", "refusedUfrag", "ownerFailed");
    }
}
