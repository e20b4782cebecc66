package org.webrtc4j.benchmarks.voice;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Runs once, small. No figure is asserted. */
class VoiceCallsTest {

    /** How many frames come in their time is the machine's; that calls are carried and counted is ours. */
    @Test
    void callsAreHeardAndAnsweredAndMeasured() throws Exception {
        VoiceCalls.Result result = VoiceCalls.run(2, 2);
        assertThat(result.frames()).isPositive();
        assertThat(result.cpuShare()).isPositive();
        assertThat(result.due()).isGreaterThanOrEqualTo(100);
    }
}
