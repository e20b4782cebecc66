package org.webrtc4j.benchmarks.ice;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Runs once, small. No figure is asserted but those that are the same on every machine. */
class IceCommandTest {

    @Test
    void sessionsNeedNoThreadAndNoDescriptorEach() throws Exception {
        IceCommand.Result result = IceCommand.run(100, 600);

        assertThat(result.sessions()).isEqualTo(600);
        assertThat(result.threads()).isLessThan(result.threadsBefore() + 10);
        assertThat(result.descriptors()).isLessThan(result.descriptorsBefore() + 50);
        assertThat(result.drops()).doesNotContainKeys("handOffFull", "refusedUfrag", "ownerFailed");
    }
}
