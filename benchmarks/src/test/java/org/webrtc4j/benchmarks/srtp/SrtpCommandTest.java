package org.webrtc4j.benchmarks.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The comparison runs once, small. No figure is asserted. */
class SrtpCommandTest {

    @Test
    void everyImplementationThatIsHereIsMeasuredOnce(@TempDir Path folder) throws Exception {
        List<Contestant> contestants = Contestant.all();
        try {
            SrtpCommand.run(contestants, SrtpCase.all(), 0, 1, folder);
        } finally {
            for (Contestant each : contestants) {
                each.close();
            }
        }
        Path file = folder.resolve("srtp-" + Runtime.version().feature() + ".json");
        JsonObject report = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        assertThat(report.getAsJsonArray("srtp")).hasSize(8).allSatisfy(each -> assertThat(each.getAsJsonObject()
                        .getAsJsonObject("webrtc4j")
                        .get("leastNanos")
                        .getAsDouble())
                .isPositive());
    }
}
