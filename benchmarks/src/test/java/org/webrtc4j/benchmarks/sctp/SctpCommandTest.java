package org.webrtc4j.benchmarks.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** It runs once, small. No figure of time is asserted. */
class SctpCommandTest {

    @ParameterizedTest
    @ValueSource(ints = {1_000, 65_536, 262_144})
    void messagesOfEverySizeAreMeasured(int messageBytes) {
        assertThat(SctpCommand.measure(messageBytes, 1, 1)).hasSize(2).allSatisfy(result -> {
            assertThat(result.gigabitsPerSecond()).isPositive();
            assertThat(result.packetsPerSecond()).isPositive();
        });
    }

    /** A fragment of a long message costs no object: what is left belongs to the messages. */
    @Test
    void aPacketOfALongMessageMakesNoGarbage() {
        assertThat(SctpCommand.measure(262_144, 1, 1).get(1).garbagePerPacket()).isLessThan(8);
    }
}
