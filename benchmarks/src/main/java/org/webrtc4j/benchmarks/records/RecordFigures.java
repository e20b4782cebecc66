package org.webrtc4j.benchmarks.records;

/**
 * What one process has measured, in CPU time of its one thread.
 *
 * @param firstSealNanos a record made, in the first second
 * @param firstOpenNanos a record opened, in the first second
 * @param sealNanos a record made, the least of all rounds after the warm-up
 * @param openNanos a record opened, the least of all rounds after the warm-up
 * @param sealBytes allocated for a record made, library and JDK included
 * @param openBytes allocated for a record opened, library and JDK included
 */
record RecordFigures(
        double firstSealNanos,
        double firstOpenNanos,
        double sealNanos,
        double openNanos,
        long sealBytes,
        long openBytes) {

    /** The better of two runs, figure by figure. */
    RecordFigures least(RecordFigures other) {
        return new RecordFigures(
                Math.min(firstSealNanos, other.firstSealNanos),
                Math.min(firstOpenNanos, other.firstOpenNanos),
                Math.min(sealNanos, other.sealNanos),
                Math.min(openNanos, other.openNanos),
                Math.min(sealBytes, other.sealBytes),
                Math.min(openBytes, other.openBytes));
    }
}
