package org.webrtc4j.turnserver.engine;

/**
 * The bounds of a server. Nothing grows with what a stranger sends: before a request is authentic only a counter remembers
 * it.
 *
 * @param allocations all allocations; further ones are refused with 508
 * @param allocationsPerAccount of one account; further ones are refused with 486
 * @param permissions of one allocation; further ones are refused with 508
 * @param channels of one allocation; further ones are refused with 508
 * @param unauthenticatedAnswersPerSecond answers to requests that are not authentic, Binding among them; further ones are
 *     dropped
 */
public record TurnLimits(
        int allocations,
        int allocationsPerAccount,
        int permissions,
        int channels,
        int unauthenticatedAnswersPerSecond) {

    /** How many allocations there can be at most, whatever is configured. */
    static final int MAX_ALLOCATIONS = 1 << 20;

    /**
     * Checks the bounds.
     *
     * @param allocations 1 to 1,048,576
     * @param allocationsPerAccount at least 1
     * @param permissions at least 1
     * @param channels 1 to 4096
     * @param unauthenticatedAnswersPerSecond at least 1
     */
    public TurnLimits {
        int least = Math.min(Math.min(allocations, allocationsPerAccount), Math.min(permissions, channels));
        if (Math.min(least, unauthenticatedAnswersPerSecond) < 1) {
            throw new IllegalArgumentException("limits must be positive");
        }
        if (allocations > MAX_ALLOCATIONS || channels > 4096) {
            throw new IllegalArgumentException("at most 1048576 allocations of at most 4096 channels each");
        }
    }

    /**
     * Returns the default limits.
     *
     * @return 10,000 allocations, 100 per account, 128 permissions and 64 channels each, 5,000 answers a second to strangers
     */
    public static TurnLimits defaults() {
        return new TurnLimits(10_000, 100, 128, 64, 5_000);
    }
}
