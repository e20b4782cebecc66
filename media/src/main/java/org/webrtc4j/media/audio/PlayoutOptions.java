package org.webrtc4j.media.audio;

/**
 * Limits of a {@link JitterBuffer}.
 *
 * @param minDelayNanos sound is kept back at least so long
 * @param maxDelayNanos and at most so long: what is older is thrown away
 * @param maxFrames how many packets may wait; the oldest is thrown away for another
 */
public record PlayoutOptions(long minDelayNanos, long maxDelayNanos, int maxFrames) {

    private static final long MILLISECOND = 1_000_000;

    /**
     * Checks.
     *
     * @param minDelayNanos sound is kept back at least so long
     * @param maxDelayNanos and at most so long: what is older is thrown away
     * @param maxFrames how many packets may wait; the oldest is thrown away for another
     * @throws IllegalArgumentException when a limit is not positive, or the least is above the most
     */
    public PlayoutOptions {
        if (minDelayNanos < 0 || maxDelayNanos < minDelayNanos || maxFrames < 2) {
            throw new IllegalArgumentException(
                    "minDelayNanos " + minDelayNanos + ", maxDelayNanos " + maxDelayNanos + ", maxFrames " + maxFrames);
        }
    }

    /**
     * Returns what suits a voice agent on the open network: 20 to 500 ms, 100 packets.
     *
     * @return the options
     */
    public static PlayoutOptions defaults() {
        return new PlayoutOptions(20 * MILLISECOND, 500 * MILLISECOND, 100);
    }
}
