package org.webrtc4j.benchmarks.usrsctp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The comparison runs once, small. No figure is asserted. */
class UsrsctpCommandTest {

    @Test
    void everyPairThatIsBuiltIsMeasured(@TempDir Path folder) throws Exception {
        UsrsctpCommand.run(Duration.ofMillis(200), 1, folder);

        JsonObject report = JsonParser.parseString(Files.readString(folder.resolve("usrsctp.json")))
                .getAsJsonObject();
        JsonArray pairs = report.getAsJsonArray("usrsctp");
        assertThat(pairs).hasSizeBetween(1, 4).allSatisfy(each -> assertThat(each.getAsJsonObject()
                        .getAsJsonObject("megabytesPerSecond")
                        .get("median")
                        .getAsDouble())
                .isPositive());
        assertThat(pairs.get(0).getAsJsonObject().get("sender").getAsString()).isEqualTo("webrtc4j");
    }
}
