package org.webrtc4j.benchmarks.goodput;

import java.util.List;

/**
 * Everything a run gave.
 *
 * @param rows of the table, one cell for each controller
 * @param competitions two flows through one bottleneck
 * @param small small messages beside a bulk
 * @param buffers a flow before a long queue
 */
record GoodputFigures(
        List<List<CellResult>> rows,
        List<Competition.Result> competitions,
        List<SmallBesideBulk.Result> small,
        List<CellResult> buffers) {

    /** Cells that stalled, or got too little. */
    List<CellResult> collapsed() {
        return rows.stream()
                .flatMap(List::stream)
                .filter(CellResult::isCollapsed)
                .toList();
    }
}
