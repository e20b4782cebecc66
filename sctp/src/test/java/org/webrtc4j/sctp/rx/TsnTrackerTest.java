package org.webrtc4j.sctp.rx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.webrtc4j.common.ByteReader;
import org.webrtc4j.common.ByteWriter;

class TsnTrackerTest {

    private final TsnTracker tracker = new TsnTracker();

    private void receive(int... tsns) {
        for (int tsn : tsns) {
            long unwrapped = tracker.unwrap(tsn);
            switch (tracker.classify(unwrapped)) {
                case NEW -> tracker.add(unwrapped);
                case DUPLICATE -> tracker.noteDuplicate(unwrapped);
                default -> throw new AssertionError("too far");
            }
        }
    }

    private List<Integer> blocks(int room) {
        ByteWriter writer = new ByteWriter(room);
        tracker.writeReports(writer, room);
        ByteReader reader = new ByteReader().reset(writer.array(), 0, writer.size());
        int gaps = reader.u16();
        int duplicates = reader.u16();
        List<Integer> values = new ArrayList<>();
        for (int i = 0; i < 2 * gaps; i++) {
            values.add(reader.u16());
        }
        for (int i = 0; i < duplicates; i++) {
            values.add(reader.i32());
        }
        assertThat(reader.remaining()).isZero();
        assertThat(writer.overflowed()).isFalse();
        return values;
    }

    @Test
    void blocksBeginGrowMergeAndVanish() {
        tracker.start(100);
        receive(102);
        assertThat(blocks(100)).containsExactly(3, 3);
        receive(103, 106);
        assertThat(blocks(100)).containsExactly(3, 4, 7, 7);
        receive(105, 104);
        assertThat(blocks(100)).containsExactly(3, 7);
        receive(100);
        assertThat(blocks(100)).containsExactly(2, 6);
        receive(101);
        assertThat(blocks(100)).isEmpty();
        assertThat(tracker.cumulative()).isEqualTo(106);
    }

    @Test
    void duplicatesAreReportedOnceAndTwentyAtMost() {
        tracker.start(100);
        for (int i = 0; i < 30; i++) {
            receive(100);
        }
        assertThat(blocks(1000)).hasSize(20).containsOnly(100);
        assertThat(blocks(1000)).isEmpty();
    }

    @Test
    void reportsKeepToTheirRoom() {
        tracker.start(0);
        for (int tsn = 1; tsn < 200; tsn += 2) {
            receive(tsn);
        }
        assertThat(blocks(44)).hasSize(20);
        assertThat(blocks(4)).isEmpty();
    }

    @Test
    void theNumbersWrap() {
        tracker.start(-2);
        receive(-1, 1, 2);
        assertThat(blocks(100)).containsExactly(2, 2, 4, 5);
        receive(-2, 0);
        assertThat((int) tracker.cumulative()).isEqualTo(2);
        assertThat(tracker.hasGaps()).isFalse();
    }

    @Test
    void aNumberBehindIsADuplicateAndOneFarAheadTooFar() {
        tracker.start(0);
        assertThat(tracker.classify(tracker.unwrap(-1))).isEqualTo(TsnTracker.Verdict.DUPLICATE);
        assertThat(tracker.classify(tracker.unwrap(65_534))).isEqualTo(TsnTracker.Verdict.NEW);
        assertThat(tracker.classify(tracker.unwrap(65_535))).isEqualTo(TsnTracker.Verdict.TOO_FAR);
        assertThat(tracker.classify(tracker.unwrap(Integer.MIN_VALUE + 5))).isEqualTo(TsnTracker.Verdict.DUPLICATE);
    }

    @Test
    void itAgreesWithASetOfNumbersWhateverArrives() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            int start = random.nextBoolean() ? -500 : random.nextInt();
            int spread = 1 + random.nextInt(random.nextBoolean() ? 60 : 5_000);
            tracker.start(start);
            TreeSet<Long> model = new TreeSet<>();
            long cumulative = tracker.cumulative();
            for (int i = 0; i < 2_000; i++) {
                long tsn = cumulative + 1 + random.nextInt(spread);
                if (random.nextInt(200) == 0) {
                    tracker.skipTo(tsn);
                    cumulative = tsn;
                    model.headSet(tsn, true).clear();
                } else if (tracker.classify(tracker.unwrap((int) tsn)) == TsnTracker.Verdict.NEW) {
                    assertThat(model.add(tsn)).as("seed %d", seed).isTrue();
                    tracker.add(tsn);
                } else {
                    assertThat(model).contains(tsn);
                }
                while (model.remove(cumulative + 1)) {
                    cumulative++;
                }
                if (tracker.cumulative() != cumulative || tracker.hasGaps() == model.isEmpty()) {
                    throw new AssertionError("seed " + seed + ", step " + i);
                }
            }
            List<Integer> expected = new ArrayList<>();
            for (long tsn : model) {
                int offset = (int) (tsn - cumulative);
                if (!expected.isEmpty() && expected.get(expected.size() - 1) == offset - 1) {
                    expected.set(expected.size() - 1, offset);
                } else {
                    expected.add(offset);
                    expected.add(offset);
                }
            }
            assertThat(blocks(100_000)).as("seed %d", seed).isEqualTo(expected);
        }
    }
}
