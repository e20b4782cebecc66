package org.webrtc4j.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayWindowTest {

    private static final long MAX_INDEX = (1L << 48) - 1;

    @Test
    void anEmptyWindowHasUsedNothing() {
        ReplayWindow window = new ReplayWindow(1_024);
        assertThat(window.highest()).isEqualTo(-1);
        assertThat(window.isTooOld(0)).isFalse();
        assertThat(window.isUsed(0)).isFalse();
        assertThat(window.isUsed(MAX_INDEX)).isFalse();
    }

    @Test
    void nothingLiesBelowZero() {
        ReplayWindow window = new ReplayWindow(1_024);
        assertThat(window.isTooOld(-1)).isTrue();
        window.use(3);
        assertThat(window.isTooOld(-1)).isTrue();
        assertThat(window.isTooOld(0)).isFalse();
    }

    @Test
    void theLastIndexOfAKeyFits() {
        ReplayWindow window = new ReplayWindow(1_024);
        window.use(MAX_INDEX - 1_023);
        window.use(MAX_INDEX);
        assertThat(window.isUsed(MAX_INDEX - 1_023)).isTrue();
        assertThat(window.isTooOld(MAX_INDEX - 1_023)).isFalse();
        assertThat(window.isTooOld(MAX_INDEX - 1_024)).isTrue();
        assertThat(window.isUsed(MAX_INDEX - 1_022)).isFalse();
    }

    /** Against a set that forgets nothing but what is too old. */
    @ParameterizedTest
    @ValueSource(ints = {64, 128, 1_024})
    void itRemembersWhatASetWould(int size) {
        for (long seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            ReplayWindow window = new ReplayWindow(size);
            TreeSet<Long> used = new TreeSet<>();
            long around = random.nextInt(1 << 17);
            for (int step = 0; step < 3_000; step++) {
                int leap =
                        switch (random.nextInt(20)) {
                            case 0 -> random.nextInt(3 * size);
                            case 1 -> size - 2 + random.nextInt(4);
                            default -> random.nextInt(5);
                        };
                around += leap;
                long index = Math.max(0, around - random.nextInt(random.nextInt(10) == 0 ? 2 * size : 20));
                boolean tooOld = !used.isEmpty() && index <= used.last() - size;
                assertThat(window.isTooOld(index))
                        .as("seed %d step %d", seed, step)
                        .isEqualTo(tooOld);
                if (!tooOld) {
                    assertThat(window.isUsed(index))
                            .as("seed %d step %d", seed, step)
                            .isEqualTo(used.contains(index));
                    window.use(index);
                    used.add(index);
                    assertThat(window.highest()).isEqualTo(used.last());
                }
            }
        }
    }
}
