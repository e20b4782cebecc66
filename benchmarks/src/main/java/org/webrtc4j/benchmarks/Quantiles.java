package org.webrtc4j.benchmarks;

import java.util.Arrays;

/** Quantiles of a handful of figures. */
public final class Quantiles {

    private Quantiles() {}

    /**
     * Finds the smallest value that is not below the given share of all.
     *
     * @param values in any order
     * @param share 0 to 1
     * @return one of the values, or NaN of none
     */
    public static double of(double[] values, double share) {
        if (values.length == 0) {
            return Double.NaN;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.max(0, Math.ceil(share * sorted.length) - 1)];
    }
}
