package org.webrtc4j.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ToldLayerTest {

    private static final List<ToldLayer> BEFORE =
            List.of(new ToldLayer(0, 0, List.of(100L), 320, 180, 30), new ToldLayer(1, 0, List.of(300L), 640, 360, 30));

    @Test
    void aSizeThatIsNotSaidAgainStays() {
        assertThat(new ToldLayer(1, 0, List.of(250L), 0, 0, 0).after(BEFORE))
                .isEqualTo(new ToldLayer(1, 0, List.of(250L), 640, 360, 30));
    }

    @Test
    void aSizeThatIsSaidCounts() {
        ToldLayer smaller = new ToldLayer(1, 0, List.of(250L), 480, 270, 15);
        assertThat(smaller.after(BEFORE)).isEqualTo(smaller);
    }

    @Test
    void aLayerOfWhichNothingWasSaidHasNoSize() {
        ToldLayer other = new ToldLayer(0, 1, List.of(250L), 0, 0, 0);
        assertThat(other.after(BEFORE)).isEqualTo(other);
    }
}
