package org.webrtc4j.benchmarks.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.webrtc4j.benchmarks.Stack;

/** The comparison runs once, small. No figure is asserted. */
class RelayCommandTest {

    @Test
    void aStackIsMeasuredThroughTheRelay(@TempDir Path folder) throws Exception {
        InetAddress address = InetAddress.getLoopbackAddress();
        List<Stack> stacks = RelayCommand.stacks(address);

        RelayCommand.run(
                Duration.ofMillis(300),
                2,
                1,
                16_384,
                stacks.subList(0, 1),
                List.of(new RelayPath(20, 0.05)),
                address,
                folder);

        JsonObject report = JsonParser.parseString(Files.readString(folder.resolve("relay.json")))
                .getAsJsonObject();
        assertThat(report.getAsJsonObject("relayAlone").get("sentPerSecond").getAsDouble())
                .isPositive();
        JsonArray runs = report.getAsJsonArray("relay");
        assertThat(runs).hasSize(1);
        JsonObject run = runs.get(0).getAsJsonObject();
        assertThat(run.getAsJsonObject("megabytesPerSecond").getAsJsonArray("rounds"))
                .hasSize(1);
        assertThat(run.get("lost").getAsLong())
                .as("what went through the relay")
                .isPositive();
    }
}
