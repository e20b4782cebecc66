package org.webrtc4j.media.playout;

/**
 * Limits of a {@link JitterBuffer} or {@link VideoJitterBuffer}.
 *
 * @param minDelayNanos media is kept back at least so long
 * @param maxDelayNanos and at most so long: what is older is thrown away, or shown at once
 * @param maxFrames how many packets or frames may wait; the oldest is thrown away, or shown, for another
 */
public record PlayoutOptions(long minDelayNanos, long maxDelayNanos, int maxFrames) {

    private static final long MILLISECOND = 1_000_000;

    /**
     * Checks.
     *
     * @param minDelayNanos media is kept back at least so long
     * @param maxDelayNanos and at most so long: what is older is thrown away, or shown at once
     * @param maxFrames how many packets or frames may wait; the oldest is thrown away, or shown, for another
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

    /**
     * Returns what suits pictures: no delay without jitter, a second at most, 300 frames.
     *
     * @return the options
     */
    public static PlayoutOptions video() {
        return new PlayoutOptions(0, 1_000 * MILLISECOND, 300);
    }
}
