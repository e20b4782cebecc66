package org.webrtc4j.benchmarks.goodput;

import java.nio.file.Path;
import java.util.List;
import org.webrtc4j.benchmarks.Quantiles;
import org.webrtc4j.sctp.SctpCongestionControl;

/** Prints a line for each figure as it is there. */
record GoodputText(GoodputSweep sweep) {

    private static final double MEGA = 1e6;
    private static final int KIBI = 1024;

    void tableHead() {
        System.out.printf(
                "%nGoodput in MB/s over a link of %d Mbit/s whose queue holds %.2g times bandwidth x delay, in virtual time.%n"
                        + "Expected: 1.22 packet / (RTT sqrt(loss)), at most the link's and the window's rate. In brackets the share of it; ! below half of it is a collapse, as is one below 90 %% on a link without loss.%n"
                        + "%7s %7s %9s %10s",
                sweep.bitsPerSecond() / 1_000_000, sweep.queueProducts(), "RTT ms", "loss %", "message", "expected");
        for (SctpCongestionControl each : sweep.controllers()) {
            System.out.printf(" %19s", Controllers.name(each));
        }
        System.out.println();
    }

    void row(List<CellResult> results) {
        Cell cell = results.get(0).cell();
        System.out.printf(
                "%7d %7.1f %5d KiB %10.3f",
                cell.path().rttMillis(), 100 * cell.path().loss(), cell.messageBytes() / KIBI, cell.expected() / MEGA);
        for (CellResult each : results) {
            System.out.printf(
                    " %9.3f (%6.2f)%s",
                    each.measurement().goodput() / MEGA, each.ratio(), each.isCollapsed() ? "!" : " ");
        }
        System.out.println();
    }

    void buffersHead() {
        System.out.printf(
                "%nA transfer alone before a long queue%n%-12s %-32s %10s %12s %12s %12s%n",
                "controller", "path", "MB/s", "queue p50 ms", "queue p99 ms", "sent again %");
    }

    void buffer(CellResult result) {
        System.out.printf(
                "%-12s %-32s %10.3f %12.1f %12.1f %12.2f%n",
                Controllers.name(result.cell().controller()),
                result.cell().path(),
                result.measurement().goodput() / MEGA,
                Quantiles.of(result.queueNanos(), 0.5) / MEGA,
                Quantiles.of(result.queueNanos(), 0.99) / MEGA,
                100 * result.measurement().shareSentAgain());
    }

    void smallHead() {
        System.out.printf(
                "%nMessages of 100 bytes, priority high, beside a bulk of large ones of priority below normal%n%-12s %-32s %10s %12s %12s %12s %12s%n",
                "controller", "path", "bulk KiB", "interleaved", "delay p50 ms", "delay p99 ms", "bulk MB/s");
    }

    void small(SmallBesideBulk.Result result) {
        System.out.printf(
                "%-12s %-32s %10d %12s %12.1f %12.1f %12.3f%n",
                Controllers.name(result.run().controller()),
                result.run().path(),
                result.run().bulkBytes() / KIBI,
                result.run().interleaving() ? "yes" : "no",
                Quantiles.of(result.delayNanos(), 0.5) / MEGA,
                Quantiles.of(result.delayNanos(), 0.99) / MEGA,
                result.bulkGoodput() / MEGA);
    }

    void competitionsHead() {
        System.out.printf(
                "%nTwo flows through one bottleneck, the second begun when the first had it%n%-12s %-12s %-32s %10s %10s %10s %8s %12s%n",
                "first", "second", "path", "first MB/s", "second", "its share", "link %", "queue p50 ms");
    }

    void competition(Competition.Result result) {
        System.out.printf(
                "%-12s %-12s %-32s %10.3f %10.3f %10.2f %8.1f %12.1f%n",
                Controllers.name(result.competition().first()),
                Controllers.name(result.competition().second()),
                result.competition().path(),
                result.firstGoodput() / MEGA,
                result.secondGoodput() / MEGA,
                result.secondShare(),
                100 * result.utilisation(),
                Quantiles.of(result.queueNanos(), 0.5) / MEGA);
    }

    void end(GoodputFigures figures, Path folder) {
        System.out.println(
                "Results and plots: " + folder.resolve("goodput.json") + ", " + folder.resolve("goodput.html"));
        for (CellResult each : figures.collapsed()) {
            System.out.printf(
                    "Too little: %s, %s, loss %.1f %%, messages of %d KiB: %.3f of what is expected%s%n",
                    Controllers.name(each.cell().controller()),
                    each.cell().path(),
                    100 * each.cell().path().loss(),
                    each.cell().messageBytes() / KIBI,
                    each.ratio(),
                    each.measurement().stalled() ? ", stalled" : "");
        }
    }
}
