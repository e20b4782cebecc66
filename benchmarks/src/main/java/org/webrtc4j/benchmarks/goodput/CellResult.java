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
    /** Of a link that loses nothing, with a queue that lets standard control keep it busy. */
    private static final double FILLED = 0.9;

    /** Goodput over what standard control can be expected to get. */
    double ratio() {
        return measurement.goodput() / cell.expected();
    }

    /** Whether the flow stalled, got less than half of what the formula gives, or left a tenth of a link without loss unused. */
    boolean isCollapsed() {
        boolean clean = cell.path().loss() == 0 && cell.path().queueProducts() >= 1;
        boolean fillable = clean && cell.linkLimit() <= cell.windowLimit();
        return measurement.stalled() || ratio() < (fillable ? FILLED : COLLAPSE);
    }
}
