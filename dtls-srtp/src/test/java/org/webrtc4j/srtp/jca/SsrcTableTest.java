package org.webrtc4j.srtp.jca;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.webrtc4j.srtp.SrtpTransform;

class SsrcTableTest {

    @Test
    void everySsrcIsFoundAgainUntilTheTableIsFull() {
        Random random = new Random(7);
        for (int[] pattern : new int[][] {{1, 0}, {1 << 16, 5}, {0x9e37_79b1, 0}, {-1, 3}}) {
            SsrcTable table = new SsrcTable();
            Map<Integer, ReplayWindow> expected = new HashMap<>();
            for (int i = 0; !table.isFull(); i++) {
                int ssrc = pattern[0] * i + pattern[1];
                ReplayWindow window = new ReplayWindow(64);
                assertThat(table.get(ssrc)).isNull();
                table.put(ssrc, window);
                expected.put(ssrc, window);
                assertThat(table.size()).isEqualTo(expected.size());
            }
            assertThat(table.size()).isEqualTo(SrtpTransform.MAX_SSRCS);
            expected.forEach((ssrc, window) -> assertThat(table.get(ssrc)).isSameAs(window));
            for (int i = 0; i < 10_000; i++) {
                int ssrc = random.nextInt();
                assertThat(table.get(ssrc)).isSameAs(expected.get(ssrc));
            }
        }
    }
}
