package org.webrtc4j.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoakCommandTest {

    private static final long MEBI = 1 << 20;

    /** Whether a run of a second holds more at its end than at its beginning is left to the compilers. */
    @Test
    void everyIntervalIsSampledAndEveryFigureCompared(@TempDir Path folder) throws Exception {
        SoakCommand.run(Duration.ofMillis(200), 4, folder);

        JsonObject report = JsonParser.parseString(Files.readString(folder.resolve("soak.json")))
                .getAsJsonObject();
        assertThat(report.getAsJsonArray("soak")).hasSize(4).allSatisfy(each -> {
            JsonObject sample = each.getAsJsonObject();
            assertThat(sample.get("megabytesPerSecond").getAsDouble()).isPositive();
            assertThat(sample.get("heapBytes").getAsLong()).isPositive();
            assertThat(sample.get("threads").getAsInt()).isPositive();
        });
        assertThat(report.getAsJsonArray("drift")).hasSize(5);
    }

    @Test
    void memoryGrowsWhenTheLastMinuteIsATenthAndFourMebibytesAboveTheFirst() {
        assertThat(grows(100, 114, 20, 20)).isFalse();
        assertThat(grows(100, 115, 20, 20)).isTrue();
        assertThat(grows(10, 15, 20, 20)).isFalse();
        assertThat(grows(100, 50, 20, 20)).isFalse();
    }

    @Test
    void oneThreadMoreIsGrowth() {
        assertThat(grows(100, 100, 20, 20)).isFalse();
        assertThat(grows(100, 100, 20, 21)).isTrue();
        assertThat(grows(100, 100, 20, 19)).isFalse();
    }

    /** A run of five minutes whose figures change in the middle. */
    private static boolean grows(long firstMebibytes, long lastMebibytes, int firstThreads, int lastThreads) {
        List<SoakSample> samples = IntStream.range(0, 30)
                .mapToObj(i -> new SoakSample(
                        Duration.ofSeconds(10L * i),
                        (i < 15 ? firstMebibytes : lastMebibytes) * MEBI,
                        0,
                        0,
                        i < 15 ? firstThreads : lastThreads,
                        1))
                .toList();
        return Drift.of(samples).stream().anyMatch(Drift::grows);
    }
}
