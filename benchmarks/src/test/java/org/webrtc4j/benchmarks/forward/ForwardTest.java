package org.webrtc4j.benchmarks.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.webrtc4j.srtp.SrtpProfile;

/** The harness runs once, small. No figure is asserted but that nothing is lost in memory, and something arrives elsewhere. */
class ForwardTest {

    private static final SrtpProfile GCM = SrtpProfile.AEAD_AES_128_GCM;

    @Test
    void everyPacketThatComesInGoesOutToEveryReceiver() {
        ForwardResult result = ForwardInMemory.run(new ForwardScenario(ForwardStage.MEMORY, 2, 5, 1_100, GCM), 0.2);
        assertThat(result.packetsIn()).isPositive();
        assertThat(result.packetsOut()).isEqualTo(5 * result.packetsIn());
        assertThat(result.dropped()).isZero();
    }

    @Test
    void packetsReachReceiversThroughTheServersProcess() throws Exception {
        for (ForwardStage stage : List.of(ForwardStage.NIO, ForwardStage.NATIVE)) {
            ForwardResult result = ForwardOverLoopback.run(new ForwardScenario(stage, 2, 3, 1_100, GCM), 0.3);
            assertThat(result.packetsIn()).isPositive();
            assertThat(result.packetsOut()).isPositive();
            assertThat(result.cpuNanos()).isPositive();
            assertThat(result.delays()).isNotEmpty();
        }
    }

    @Test
    void resultsAreWrittenWithTheMachinesFacts(@TempDir Path folder) throws Exception {
        ForwardCommand.run(
                List.of(new ForwardScenario(ForwardStage.MEMORY, 1, 2, 120, SrtpProfile.AES128_CM_HMAC_SHA1_80)),
                0.1,
                folder);
        assertThat(Files.readString(folder.resolve("forward.json")))
                .contains("\"machine\"", "\"outPerCpuSecond\"", "\"MEMORY\"", "AES128_CM_HMAC_SHA1_80");
        assertThat(Files.readString(folder.resolve("forward.html"))).contains("<table>", "in memory", "120 B");
    }
}
