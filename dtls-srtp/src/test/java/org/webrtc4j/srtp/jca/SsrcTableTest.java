package org.webrtc4j.srtp.jca;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.webrtc4j.srtp.SrtpTransform;

class SsrcTableTest {

    @Test
    void everySsrcIsFoundAgainOrRememberedUntilNothingFitsAnyMore() {
        Random random = new Random(7);
        for (int[] pattern : new int[][] {{1, 0}, {1 << 16, 5}, {0x9e37_79b1, 0}, {-1, 3}}) {
            SsrcTable table = new SsrcTable(64);
            // Iterates from the one that was used least recently.
            Map<Integer, StreamWindow> expected = new LinkedHashMap<>(16, 0.75f, true);
            Map<Integer, Long> retired = new HashMap<>();
            for (int i = 0; !table.isFull(); i++) {
                int ssrc = pattern[0] * i + pattern[1];
                assertThat(table.get(ssrc)).isNull();
                assertThat(table.highestRetired(ssrc)).isEqualTo(-1);
                if (table.size() == SrtpTransform.MAX_SSRCS) {
                    Map.Entry<Integer, StreamWindow> eldest =
                            expected.entrySet().iterator().next();
                    retired.put(eldest.getKey(), eldest.getValue().highest());
                    expected.remove(eldest.getKey());
                }
                StreamWindow window = table.open(ssrc);
                table.use(window, i);
                expected.put(ssrc, window);
                if (i % 3 == 0) {
                    int again = pattern[0] * (i - random.nextInt(Math.min(i + 1, 100))) + pattern[1];
                    StreamWindow found = expected.get(again);
                    if (found != null) {
                        table.use(found, found.highest() + 1);
                    }
                }
                assertThat(table.size()).isEqualTo(expected.size());
            }
            assertThat(table.size()).isEqualTo(SrtpTransform.MAX_SSRCS);
            assertThat(retired).hasSize(SrtpTransform.MAX_RETIRED_SSRCS);
            expected.forEach((ssrc, window) -> assertThat(table.get(ssrc)).isSameAs(window));
            retired.forEach((ssrc, highest) -> {
                assertThat(table.get(ssrc)).isNull();
                assertThat(table.highestRetired(ssrc)).isEqualTo(highest);
            });
            for (int i = 0; i < 10_000; i++) {
                int ssrc = random.nextInt();
                assertThat(table.get(ssrc)).isSameAs(expected.containsKey(ssrc) ? expected.get(ssrc) : null);
                assertThat(table.highestRetired(ssrc)).isEqualTo(retired.getOrDefault(ssrc, -1L));
            }
        }
    }
}
