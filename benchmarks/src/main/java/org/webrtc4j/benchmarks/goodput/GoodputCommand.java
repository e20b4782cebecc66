package org.webrtc4j.benchmarks.goodput;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code goodput [MBITS [QUEUE]]}: SCTP in virtual time, so that every figure is the same on every machine. */
public final class GoodputCommand {

    private static final long SEED = 1;
    private static final long MEGA = 1_000_000;

    private GoodputCommand() {}

    /**
     * Fills the table and the figures beside it, prints a line for each as it is there, and writes results and plots.
     *
     * @param megabitsPerSecond of the link
     * @param queueProducts length of the queue before it in bandwidth-delay products
     * @param folder where {@code goodput.json} and {@code goodput.html} go
     * @return whether no cell stalled, fell below half of what the formula gives, or left a tenth of a link without loss unused
     * @throws IOException when they cannot be written
     */
    public static boolean run(int megabitsPerSecond, double queueProducts, Path folder) throws IOException {
        return run(GoodputSweep.whole(megabitsPerSecond * MEGA, queueProducts), folder);
    }

    static boolean run(GoodputSweep sweep, Path folder) throws IOException {
        GoodputText text = new GoodputText(sweep);
        GoodputFigures figures =
                new GoodputFigures(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        text.tableHead();
        for (List<Cell> row : sweep.rows()) {
            List<CellResult> results =
                    row.stream().map(each -> CellRun.run(each, SEED)).toList();
            figures.rows().add(results);
            text.row(results);
        }
        Duration watched = sweep.watched();
        text.buffersHead();
        for (FullBuffer each : sweep.fullBuffers()) {
            figures.buffers().add(each.run(watched, SEED));
            text.buffer(last(figures.buffers()));
        }
        text.smallHead();
        for (SmallBesideBulk each : sweep.smallBesideBulk()) {
            figures.small().add(each.run(watched, SEED));
            text.small(last(figures.small()));
        }
        text.competitionsHead();
        for (Competition each : sweep.competitions()) {
            figures.competitions().add(each.run(watched.dividedBy(6), watched, SEED));
            text.competition(last(figures.competitions()));
        }
        new GoodputReport(sweep, figures).write(folder);
        text.end(figures, folder);
        return figures.collapsed().isEmpty();
    }

    private static <T> T last(List<T> list) {
        return list.get(list.size() - 1);
    }
}
