package org.webrtc4j.sctp.datachannel;

import java.util.Random;
import org.junit.jupiter.api.Test;

class FuzzedSessionTest {

    @Test
    void whateverThePeerSaysAboutChannelsTheSessionKeepsCount() {
        for (long seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            byte[] input = new byte[50 + random.nextInt(400)];
            random.nextBytes(input);
            try {
                FuzzedSession.run(input);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }
}
