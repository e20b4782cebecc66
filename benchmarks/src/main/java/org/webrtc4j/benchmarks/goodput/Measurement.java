package org.webrtc4j.benchmarks.goodput;

import java.time.Duration;

/**
 * What one flow did while it was watched.
 *
 * @param goodput payload of complete messages, in bytes per second
 * @param lasted for how long it was watched
 * @param smoothedRttNanos the sender's estimate at the end
 * @param sent chunks, new ones and again
 * @param sentAgain of these, again
 * @param recoveries how often loss was found by reports
 * @param timeouts how often it was found by silence
 * @param stalled whether nothing new left for {@link Lab#STALL}
 */
record Measurement(
        double goodput,
        Duration lasted,
        long smoothedRttNanos,
        long sent,
        long sentAgain,
        long recoveries,
        long timeouts,
        boolean stalled) {

    double shareSentAgain() {
        return sent == 0 ? 0 : (double) sentAgain / sent;
    }
}
