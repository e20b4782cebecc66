package org.webrtc4j.media.playout;

/**
 * What a {@link VideoJitterBuffer} has counted, under the names of getStats.
 *
 * @param framesEmitted frames given out: {@code jitterBufferEmittedCount}
 * @param framesLate of them, complete only after their time
 * @param framesHurried of them, given out before their time because too many waited
 * @param delaySeconds how long each had waited, summed up: {@code jitterBufferDelay}
 * @param targetDelaySeconds how long each was to wait, summed up: {@code jitterBufferTargetDelay}
 * @param minimumDelaySeconds how long their jitter alone asked for: {@code jitterBufferMinimumDelay}
 * @param targetDelayNanos how long frames are kept back now
 * @param jitterDelayNanos how long their jitter alone asks for now
 */
public record VideoPlayoutStats(
        long framesEmitted,
        long framesLate,
        long framesHurried,
        double delaySeconds,
        double targetDelaySeconds,
        double minimumDelaySeconds,
        long targetDelayNanos,
        long jitterDelayNanos) {}
