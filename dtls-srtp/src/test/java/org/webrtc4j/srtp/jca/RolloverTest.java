package org.webrtc4j.srtp.jca;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** RFC 3711 section 3.3.1 and appendix A. */
class RolloverTest {

    @Test
    void theFirstPacketIsOfRollOverZero() {
        assertThat(Rollover.index(-1, 0)).isZero();
        assertThat(Rollover.index(-1, 65_535)).isEqualTo(65_535);
    }

    @Test
    void zeroAfterTheHighestNumberIsOfTheNextRollOver() {
        assertThat(Rollover.index(65_535, 0)).isEqualTo(65_536);
        assertThat(Rollover.index(65_535, 32_767 - 1)).isEqualTo(65_536 + 32_766);
    }

    @Test
    void aHighNumberSoonAfterARollOverIsOfTheOneBefore() {
        assertThat(Rollover.index(65_536 + 5, 65_530)).isEqualTo(65_530);
    }

    @Test
    void aHighNumberSoonAfterTheStartWouldBeOfTheOneBeforeWhichThereIsNone() {
        assertThat(Rollover.index(5, 65_530)).isEqualTo(-6);
    }

    @Test
    void halfTheRangeAheadIsAheadAndOneMoreIsBehind() {
        assertThat(Rollover.index(65_536, 32_768)).isEqualTo(65_536 + 32_768);
        assertThat(Rollover.index(65_536, 32_769)).isEqualTo(32_769);
    }

    @Test
    void behindTheLastIndexThereIsNone() {
        assertThat(Rollover.index(Rollover.MAX_INDEX, 0)).isEqualTo(Rollover.MAX_INDEX + 1);
        assertThat(Rollover.index(Rollover.MAX_INDEX, 65_534)).isEqualTo(Rollover.MAX_INDEX - 1);
    }

    @Test
    void everyIndexNearTheHighestIsFoundFromItsLowerBits() {
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            long highest = 40_000 + (random.nextLong() & (Rollover.MAX_INDEX >>> 1));
            long index = highest + random.nextInt(65_535) - 32_767;
            assertThat(Rollover.index(highest, (int) index & 0xffff)).isEqualTo(index);
        }
    }
}
