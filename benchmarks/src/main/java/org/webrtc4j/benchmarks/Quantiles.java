package org.webrtc4j.benchmarks;

import java.util.Arrays;

/** Quantiles of a handful of figures. */
final class Quantiles {

    private Quantiles() {}

    /** The smallest value that is not below the given share of all. */
    static double of(double[] values, double share) {
        if (values.length == 0) {
            return Double.NaN;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.max(0, Math.ceil(share * sorted.length) - 1)];
    }
}
