package org.webrtc4j.benchmarks.datagram;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The comparison runs once, small. No figure is asserted. */
class DatagramCommandTest {

    @Test
    void everyCaseIsMeasuredForAllWhoTakePart(@TempDir Path folder) throws Exception {
        DatagramCommand.run(0, 1, folder);
        Path file = folder.resolve("datagram-" + Runtime.version().feature() + ".json");
        JsonObject report = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        assertThat(report.getAsJsonArray("datagram"))
                .hasSize(DatagramCase.plans().size())
                .allSatisfy(each -> {
                    assertThat(each.getAsJsonObject().get("overNetty").getAsDouble())
                            .isPositive();
                    assertThat(each.getAsJsonObject().get("overChannel").getAsDouble())
                            .isPositive();
                });
    }
}
