package org.webrtc4j.sctp.shared;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * What an association keeps for each stream, by stream id. Small for the few low ids that most associations use; any id of
 * 0 to 65535 can be had.
 *
 * @param <T> what is kept
 */
public final class StreamTable<T> implements Iterable<T> {

    /** Ids of a stream: 16 bits (RFC 9260 section 3.3.1). */
    public static final int IDS = 65_536;

    private static final int BLOCK_SHIFT = 4;
    private static final int BLOCK = 1 << BLOCK_SHIFT;

    private @Nullable Object[][] blocks = new Object[1][];

    /**
     * Looks up a stream.
     *
     * @param id the stream
     * @return what is kept for it, or null
     */
    @SuppressWarnings("unchecked") // put lets nothing else in
    public @Nullable T get(int id) {
        int index = id >>> BLOCK_SHIFT;
        @Nullable Object[] block = index < blocks.length ? blocks[index] : null;
        return block == null ? null : (T) block[id & (BLOCK - 1)];
    }

    /**
     * Keeps something for a stream.
     *
     * @param id the stream
     * @param value what to keep instead of what was kept; null for nothing
     */
    public void put(int id, @Nullable T value) {
        int index = id >>> BLOCK_SHIFT;
        if (index >= blocks.length) {
            blocks = Arrays.copyOf(blocks, Math.max(index + 1, Math.min(2 * blocks.length, IDS / BLOCK)));
        }
        @Nullable Object[] block = blocks[index];
        if (block == null) {
            block = new Object[BLOCK];
            blocks[index] = block;
        }
        block[id & (BLOCK - 1)] = value;
    }

    /** Forgets all streams. */
    public void clear() {
        blocks = new Object[1][];
    }

    /** In the order of their ids; the table must not change meanwhile. */
    @Override
    public Iterator<T> iterator() {
        return new Iterator<>() {

            private int next = following(0);

            @Override
            public boolean hasNext() {
                return next < IDS;
            }

            @Override
            public T next() {
                T value = next < IDS ? get(next) : null;
                if (value == null) {
                    throw new NoSuchElementException();
                }
                next = following(next + 1);
                return value;
            }
        };
    }

    /** The first id in use from one on, or {@link #IDS}. */
    private int following(int id) {
        int candidate = id;
        while (candidate >>> BLOCK_SHIFT < blocks.length) {
            if (blocks[candidate >>> BLOCK_SHIFT] == null) {
                candidate = (candidate | (BLOCK - 1)) + 1;
            } else if (get(candidate) != null) {
                return candidate;
            } else {
                candidate++;
            }
        }
        return IDS;
    }
}
