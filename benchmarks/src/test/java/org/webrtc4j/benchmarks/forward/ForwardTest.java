package org.webrtc4j.benchmarks.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.webrtc4j.srtp.SrtpProfile;

/** The harness runs once, small. No figure is asserted but that nothing is lost. */
class ForwardTest {

    @Test
    void everyPacketThatComesInGoesOutToEveryReceiver() {
        ForwardResult result = ForwardInMemory.run(new ForwardScenario(2, 5, 1_100, SrtpProfile.AEAD_AES_128_GCM), 0.2);
        assertThat(result.packetsIn()).isPositive();
        assertThat(result.packetsOut()).isEqualTo(5 * result.packetsIn());
        assertThat(result.dropped()).isZero();
    }

    @Test
    void resultsAreWrittenWithTheMachinesFacts(@TempDir Path folder) throws Exception {
        ForwardCommand.run(List.of(new ForwardScenario(1, 2, 120, SrtpProfile.AES128_CM_HMAC_SHA1_80)), 0.1, folder);
        assertThat(Files.readString(folder.resolve("forward.json")))
                .contains("\"machine\"", "\"outPerCpuSecond\"", "AES128_CM_HMAC_SHA1_80");
        assertThat(Files.readString(folder.resolve("forward.html"))).contains("<table>", "120 B");
    }
}
