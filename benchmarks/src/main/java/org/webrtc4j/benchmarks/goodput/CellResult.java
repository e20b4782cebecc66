package org.webrtc4j.benchmarks.goodput;

/**
 * What one cell gave.
 *
 * @param cell which
 * @param measurement of its flow
 * @param queueNanos how long packets waited before the bottleneck
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record CellResult(Cell cell, Measurement measurement, double[] queueNanos) {

    private static final double COLLAPSE = 0.5;

    /** Goodput over what standard control can be expected to get. */
    double ratio() {
        return measurement.goodput() / cell.expected();
    }

    /** Whether the flow stalled, or got less than half of what the formula gives. */
    boolean isCollapsed() {
        return measurement.stalled() || ratio() < COLLAPSE;
    }
}
