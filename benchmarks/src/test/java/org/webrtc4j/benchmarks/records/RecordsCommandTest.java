package org.webrtc4j.benchmarks.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The comparison runs once, small. No figure is asserted. */
class RecordsCommandTest {

    @Test
    void everyImplementationIsMeasuredOnce() throws Exception {
        Map<String, RecordFigures> all = RecordsCommand.run(1, List.of("20", "1", "20", "1"));
        assertThat(all.keySet()).containsExactly("webrtc4j", "bouncy-castle+jdk", "bouncy-castle");
        assertThat(all.values()).allSatisfy(figures -> {
            assertThat(figures.sealNanos()).isPositive();
            assertThat(figures.openNanos()).isPositive();
        });
    }
}
