package org.webrtc4j.testkit;

import java.util.stream.LongStream;

/**
 * The seeds of a parameterised test:
 *
 * <pre>{@code
 * static LongStream seeds() { return Seeds.upTo(100); }
 *
 * @ParameterizedTest
 * @MethodSource("seeds")
 * void everyMessageArrivesOnce(long seed) { Simulation.run(seed, simulation -> ...); }
 * }</pre>
 *
 * <p>{@code -Dwebrtc4j.seeds=10000} runs every such test with so many seeds; {@code -Dwebrtc4j.seed=42} repeats one.
 */
public final class Seeds {

    /** The system property that overrides the number of seeds. */
    public static final String COUNT_PROPERTY = "webrtc4j.seeds";

    /** The system property that names the only seed to run. */
    public static final String SEED_PROPERTY = "webrtc4j.seed";

    private Seeds() {}

    /**
     * Returns seeds.
     *
     * @param count how many, unless a property says otherwise
     * @return 1 to count
     */
    public static LongStream upTo(int count) {
        return choose(count, System.getProperty(COUNT_PROPERTY, ""), System.getProperty(SEED_PROPERTY, ""));
    }

    static LongStream choose(int count, String countProperty, String seedProperty) {
        if (!seedProperty.isEmpty()) {
            return LongStream.of(Long.parseLong(seedProperty));
        }
        return LongStream.rangeClosed(1, countProperty.isEmpty() ? count : Integer.parseInt(countProperty));
    }
}
