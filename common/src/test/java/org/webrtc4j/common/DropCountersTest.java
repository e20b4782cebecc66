package org.webrtc4j.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DropCountersTest {

    private enum Reason {
        TOO_SHORT,
        TOO_LONG,
        TOO_LATE
    }

    private final DropCounters<Reason> drops = new DropCounters<>(Reason.class);

    @Test
    void eachReasonIsCountedForItself() {
        drops.count(Reason.TOO_LATE);
        drops.count(Reason.TOO_SHORT);
        drops.count(Reason.TOO_LATE);

        assertThat(drops.get(Reason.TOO_SHORT)).isEqualTo(1);
        assertThat(drops.get(Reason.TOO_LONG)).isZero();
        assertThat(drops.get(Reason.TOO_LATE)).isEqualTo(2);
    }

    @Test
    void aSnapshotHoldsWhatHappenedInTheOrderOfTheReasons() {
        drops.count(Reason.TOO_LATE);
        drops.count(Reason.TOO_SHORT);

        assertThat(drops.snapshot()).containsExactly(entry(Reason.TOO_SHORT, 1L), entry(Reason.TOO_LATE, 1L));
        assertThat(drops.snapshot(Reason::name)).containsExactly(entry("TOO_SHORT", 1L), entry("TOO_LATE", 1L));
    }

    @Test
    void aSnapshotStaysAsItWasAndCannotBeChanged() {
        drops.count(Reason.TOO_LATE);
        Map<Reason, Long> before = drops.snapshot();
        drops.count(Reason.TOO_LATE);

        assertThat(before).containsExactly(entry(Reason.TOO_LATE, 1L));
        assertThatThrownBy(before::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> drops.snapshot(Reason::name).clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }
}
