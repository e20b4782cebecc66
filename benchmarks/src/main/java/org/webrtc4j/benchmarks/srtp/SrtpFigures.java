package org.webrtc4j.benchmarks.srtp;

import java.util.Arrays;
import org.webrtc4j.benchmarks.Quantiles;

/**
 * What the rounds of one case have given.
 *
 * @param measured the case
 * @param nanos CPU time a packet, for each contestant the rounds
 */
@SuppressWarnings("ArrayRecordComponent") // filled while it is measured, never compared
record SrtpFigures(SrtpCase measured, double[][] nanos) {

    /** The round that was disturbed least. */
    double least(int contestant) {
        return Arrays.stream(nanos[contestant]).min().orElse(Double.NaN);
    }

    double median(int contestant) {
        return Quantiles.of(nanos[contestant], 0.5);
    }

    /** The spread of the rounds: the ninth tenth over the least. */
    double noise(int contestant) {
        return Quantiles.of(nanos[contestant], 0.9) / least(contestant);
    }
}
