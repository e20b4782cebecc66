package org.webrtc4j.sctp.tx;

import java.util.Random;
import org.junit.jupiter.api.Test;

class OutstandingDataTest {

    @Test
    void whateverIsAcknowledgedLostOrAbandonedTheRingAgreesWithANaiveModel() {
        for (long seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            try {
                OutstandingDataModel.run(random::nextInt, 300);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }
}
