package org.webrtc4j.common;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * What an engine dropped: a counter per constant of an enum of reasons.
 *
 * <p>Not thread-safe; belongs to its engine. Counting allocates nothing; snapshots are copies.
 *
 * @param <E> the engine's reasons
 */
public final class DropCounters<E extends Enum<E>> {

    private final Class<E> type;
    private final long[] counts;

    /**
     * Creates counters at zero.
     *
     * @param type the enum that names the reasons
     */
    public DropCounters(Class<E> type) {
        this.type = type;
        counts = new long[type.getEnumConstants().length];
    }

    /**
     * Counts one.
     *
     * @param reason why it was dropped
     */
    public void count(E reason) {
        counts[reason.ordinal()]++;
    }

    /**
     * Returns one counter.
     *
     * @param reason which
     * @return how many so far
     */
    public long get(E reason) {
        return counts[reason.ordinal()];
    }

    /**
     * Returns the counters that are not zero.
     *
     * @return a copy that cannot be modified, in the order of the enum
     */
    public Map<E, Long> snapshot() {
        Map<E, Long> snapshot = new EnumMap<>(type);
        for (E reason : type.getEnumConstants()) {
            if (get(reason) > 0) {
                snapshot.put(reason, get(reason));
            }
        }
        return Collections.unmodifiableMap(snapshot);
    }

    /**
     * Returns the counters that are not zero, under the names that statistics use.
     *
     * @param name names a reason, each differently
     * @return a copy that cannot be modified, in the order of the enum
     */
    public Map<String, Long> snapshot(Function<? super E, String> name) {
        Map<String, Long> snapshot = new LinkedHashMap<>();
        for (E reason : type.getEnumConstants()) {
            if (get(reason) > 0) {
                snapshot.put(name.apply(reason), get(reason));
            }
        }
        return Collections.unmodifiableMap(snapshot);
    }
}
