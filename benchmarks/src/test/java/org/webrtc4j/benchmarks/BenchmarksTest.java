package org.webrtc4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.webrtc4j.srtp.SrtpProfile;

/** Every benchmark runs once, small. No figure is asserted. */
class BenchmarksTest {

    /** Three of two implementations, for each profile and two sizes. */
    private static final int SRTP_COMBINATIONS = 3 * 2 * SrtpProfile.values().length * 2;

    /** To and fro, of five codecs. */
    private static final int PAYLOAD_COMBINATIONS = 2 * 5;

    private static final List<Stack> OURS = Stack.ours();

    @Test
    void twoConnectionsInMemoryAreMeasured() throws Exception {
        InMemoryDataChannel.run(16_384, 1);
    }

    @Test
    void twoProcessesOverLoopbackAreMeasuredBesideAnotherStack() throws Exception {
        new ThroughputOverLoopback(OURS.subList(0, 1), OURS.subList(1, 2), 2, 1).run(16_384);
    }

    @Test
    void theTimeToConnectIsMeasured() throws Exception {
        new TimeToConnect(OURS.subList(0, 1), 2, 1).run();
    }

    @Test
    void everyJmhBenchmarkRuns() throws Exception {
        assertThat(new Runner(new OptionsBuilder()
                                .include("org.webrtc4j.benchmarks.*")
                                .forks(0)
                                .warmupIterations(0)
                                .measurementIterations(1)
                                .measurementTime(TimeValue.milliseconds(20))
                                .shouldFailOnError(true)
                                .verbosity(VerboseMode.SILENT)
                                .build())
                        .run())
                .hasSize(17 + PAYLOAD_COMBINATIONS + SRTP_COMBINATIONS);
    }
}
