package org.webrtc4j.sctp.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StreamTableTest {

    @Test
    void everyIdOfSixteenBitsHasAPlaceOfItsOwn() {
        StreamTable<Integer> table = new StreamTable<>();
        for (int id = 0; id < StreamTable.IDS; id++) {
            assertThat(table.get(id)).isNull();
            table.put(id, id);
        }

        int expected = 0;
        for (int id : table) {
            assertThat(id).isEqualTo(expected++);
        }
        assertThat(expected).isEqualTo(StreamTable.IDS);
    }

    @Test
    void itHoldsWhatAMapHoldsInTheOrderOfIds() {
        Random random = new Random(1);
        StreamTable<Integer> table = new StreamTable<>();
        TreeMap<Integer, Integer> map = new TreeMap<>();
        for (int i = 0; i < 2_000; i++) {
            int id = random.nextInt(random.nextBoolean() ? 64 : StreamTable.IDS);
            if (random.nextInt(3) == 0) {
                table.put(id, null);
                map.remove(id);
            } else {
                table.put(id, i);
                map.put(id, i);
            }
            assertThat(table.get(id)).isEqualTo(map.get(id));
        }
        assertThat(table).containsExactlyElementsOf(map.values());

        table.clear();
        assertThat(table).isEmpty();
    }
}
