package org.webrtc4j.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FuzzedAssociationTest {

    @Test
    void whateverHappensInWhateverStateTheInvariantsHold() {
        Set<SctpDrop> reached = EnumSet.noneOf(SctpDrop.class);
        for (long seed = 0; seed < 1_500; seed++) {
            Random random = new Random(seed);
            byte[] input = new byte[50 + random.nextInt(800)];
            random.nextBytes(input);
            input[0] = (byte) seed;
            try {
                reached.addAll(FuzzedAssociation.run(input));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
        // Directed by chance alone the runs get nearly everywhere; ports and checksums are always right here.
        assertThat(reached)
                .contains(
                        SctpDrop.WRONG_TAG,
                        SctpDrop.UNEXPECTED_CHUNK,
                        SctpDrop.FOREIGN_COOKIE,
                        SctpDrop.DUPLICATE_DATA,
                        SctpDrop.WINDOW_FULL,
                        SctpDrop.INVALID_STREAM,
                        SctpDrop.ORPHAN_FRAGMENT,
                        SctpDrop.STALE_SSN,
                        SctpDrop.MESSAGE_TOO_FAR,
                        SctpDrop.OLD_SACK,
                        SctpDrop.INVALID_SACK,
                        SctpDrop.INVALID_FORWARD_TSN,
                        SctpDrop.INVALID_RECONFIG);
    }
}
