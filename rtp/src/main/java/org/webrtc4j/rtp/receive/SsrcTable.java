package org.webrtc4j.rtp.receive;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What belongs to an SSRC, by open addressing, without boxing. It grows with its entries to a limit, above which nothing is
 * added.
 *
 * @param <V> what belongs to an SSRC
 */
public final class SsrcTable<V> {

    private static final int FIRST_CAPACITY = 16;
    private static final int SPREAD = 0x9e37_79b9;

    private final int limit;
    private int[] keys = new int[FIRST_CAPACITY];
    private @Nullable Object[] values = new Object[FIRST_CAPACITY];
    private int size;

    /**
     * Creates an empty table.
     *
     * @param limit how many entries it may have
     */
    public SsrcTable(int limit) {
        this.limit = limit;
    }

    /**
     * Finds what belongs to an SSRC.
     *
     * @param ssrc the key
     * @return null when there is nothing
     */
    @SuppressWarnings("unchecked") // only put writes values
    public @Nullable V get(int ssrc) {
        return (V) values[find(ssrc)];
    }

    /** The slot of a key, or the free one where it would be. */
    private int find(int ssrc) {
        int mask = keys.length - 1;
        int slot = ((ssrc * SPREAD) >>> 16) & mask;
        while (values[slot] != null && keys[slot] != ssrc) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    /**
     * Adds or replaces what belongs to an SSRC.
     *
     * @param ssrc the key
     * @param value what belongs to it
     * @return false, with nothing changed, when the table is full
     */
    public boolean put(int ssrc, V value) {
        int slot = find(ssrc);
        if (values[slot] == null) {
            if (size == limit) {
                return false;
            }
            if (2 * (size + 1) > keys.length) {
                grow();
                slot = find(ssrc);
            }
            size++;
        }
        keys[slot] = ssrc;
        values[slot] = value;
        return true;
    }

    private void grow() {
        int[] oldKeys = keys;
        @Nullable Object[] oldValues = values;
        keys = new int[2 * oldKeys.length];
        values = new Object[2 * oldKeys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldValues[i] != null) {
                int slot = find(oldKeys[i]);
                keys[slot] = oldKeys[i];
                values[slot] = oldValues[i];
            }
        }
    }

    /**
     * Removes what belongs to an SSRC.
     *
     * @param ssrc the key
     */
    public void remove(int ssrc) {
        int hole = find(ssrc);
        if (values[hole] == null) {
            return;
        }
        size--;
        int mask = keys.length - 1;
        values[hole] = null;
        // Entries after the hole move into it where it lies between their place and the one they hash to.
        for (int slot = (hole + 1) & mask; values[slot] != null; slot = (slot + 1) & mask) {
            int home = ((keys[slot] * SPREAD) >>> 16) & mask;
            if (((slot - home) & mask) >= ((slot - hole) & mask)) {
                keys[hole] = keys[slot];
                values[hole] = values[slot];
                values[slot] = null;
                hole = slot;
            }
        }
    }

    /** Removes everything. */
    public void clear() {
        Arrays.fill(values, null);
        size = 0;
    }

    /**
     * Returns how many entries there are.
     *
     * @return 0 to the limit
     */
    public int size() {
        return size;
    }

    /**
     * Returns how many more SSRCs find room.
     *
     * @return 0 when it is full
     */
    public int room() {
        return limit - size;
    }

    /**
     * Tells whether nothing more can be added.
     *
     * @return true at the limit
     */
    public boolean isFull() {
        return size == limit;
    }
}
