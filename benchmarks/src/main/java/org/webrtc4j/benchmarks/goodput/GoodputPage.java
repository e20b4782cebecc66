package org.webrtc4j.benchmarks.goodput;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.webrtc4j.benchmarks.Quantiles;

/** The figures as a page: a bar for each cell of the table, on a logarithmic scale, and tables of the others. */
final class GoodputPage {

    private static final double MEGA = 1e6;
    private static final int KIBI = 1024;
    /** The left edge of the logarithmic scale, in MB/s. */
    private static final double LEAST = 0.01;

    private GoodputPage() {}

    static String of(GoodputSweep sweep, GoodputFigures figures) {
        return """
                <!doctype html>
                <html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
                <title>Goodput of SCTP</title>
                <style>
                body { font: 15px system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color: #222 }
                table { border-collapse: collapse; width: 100%% } td, th { padding: .15rem .5rem; text-align: left }
                i { display: inline-block; height: .7rem; background: #2a6; margin-right: .5rem; vertical-align: middle }
                .standard { background: #888 } .cubic { background: #68b } .expected { background: #ddd }
                .plot td:last-child { width: 65%%; white-space: nowrap } .collapsed { color: #c00 }
                </style>
                <h1>Goodput of SCTP in virtual time</h1>
                <p>A link of %d Mbit/s whose queue holds %.2g times bandwidth × delay. Expected is 1.22 packet / (RTT √loss), at most
                the link's and the window's rate. Bars are logarithmic, from %.2f MB/s on.</p>
                %s%s%s%s</html>
                """.formatted(
                sweep.bitsPerSecond() / 1_000_000,
                sweep.queueProducts(),
                LEAST,
                sweep.messageBytes().stream()
                        .map(bytes -> plot(bytes, figures, sweep.bitsPerSecond()))
                        .collect(Collectors.joining()),
                table(
                        "A transfer alone before a long queue",
                        List.of("controller", "path", "MB/s", "queue p50, ms", "queue p99, ms"),
                        figures.buffers(),
                        GoodputPage::buffer),
                table(
                        "Small messages of high priority beside a bulk",
                        List.of("controller", "path", "interleaved", "delay p50, ms", "delay p99, ms", "bulk, MB/s"),
                        figures.small(),
                        GoodputPage::small),
                table(
                        "Two flows through one bottleneck",
                        List.of("first", "second", "path", "first, MB/s", "second, MB/s", "queue p50, ms"),
                        figures.competitions(),
                        GoodputPage::competition));
    }

    private static String plot(int messageBytes, GoodputFigures figures, long bitsPerSecond) {
        double decades = Math.log10(bitsPerSecond / 8e6 / LEAST);
        String rows = figures.rows().stream()
                .filter(row -> row.get(0).cell().messageBytes() == messageBytes)
                .map(row -> expected(row.get(0).cell(), decades)
                        + row.stream().map(each -> bar(each, decades)).collect(Collectors.joining()))
                .collect(Collectors.joining());
        return """
                <h2>Messages of %d KiB</h2>
                <table class=plot><tr><th>RTT, ms<th>loss, %%<th><th>MB/s</tr>
                %s</table>
                """.formatted(messageBytes / KIBI, rows);
    }

    private static String expected(Cell cell, double decades) {
        return String.format(
                Locale.ROOT,
                "<tr><td>%d<td>%.1f<td>expected<td>%s</tr>%n",
                cell.path().rttMillis(),
                100 * cell.path().loss(),
                bar("expected", cell.expected(), decades));
    }

    private static String bar(CellResult result, double decades) {
        String name = Controllers.name(result.cell().controller());
        return String.format(
                Locale.ROOT,
                "<tr%s><td><td><td>%s<td>%s</tr>%n",
                result.isCollapsed() ? " class=collapsed" : "",
                name,
                bar(name, result.measurement().goodput(), decades));
    }

    private static String bar(String style, double bytesPerSecond, double decades) {
        double value = bytesPerSecond / MEGA;
        double width = Math.max(0, Math.log10(Math.max(value, LEAST) / LEAST)) / decades;
        return String.format(Locale.ROOT, "<i class=%s style='width:%.1f%%'></i>%,.2f", style, 80 * width, value);
    }

    private static <T> String table(String title, List<String> head, List<T> rows, Function<T, List<Object>> cells) {
        return "<h2>" + title + "</h2>\n<table><tr><th>" + String.join("<th>", head) + "</tr>\n"
                + rows.stream()
                        .map(each -> cells.apply(each).stream()
                                .map(GoodputPage::text)
                                .collect(Collectors.joining("<td>", "<tr><td>", "</tr>\n")))
                        .collect(Collectors.joining())
                + "</table>\n";
    }

    private static String text(Object cell) {
        return cell instanceof Double number ? String.format(Locale.ROOT, "%,.2f", number) : cell.toString();
    }

    private static List<Object> buffer(CellResult result) {
        return List.of(
                Controllers.name(result.cell().controller()),
                result.cell().path(),
                result.measurement().goodput() / MEGA,
                Quantiles.of(result.queueNanos(), 0.5) / MEGA,
                Quantiles.of(result.queueNanos(), 0.99) / MEGA);
    }

    private static List<Object> small(SmallBesideBulk.Result result) {
        return List.of(
                Controllers.name(result.run().controller()),
                result.run().path(),
                result.run().interleaving() ? "yes" : "no",
                Quantiles.of(result.delayNanos(), 0.5) / MEGA,
                Quantiles.of(result.delayNanos(), 0.99) / MEGA,
                result.bulkGoodput() / MEGA);
    }

    private static List<Object> competition(Competition.Result result) {
        return List.of(
                Controllers.name(result.competition().first()),
                Controllers.name(result.competition().second()),
                result.competition().path(),
                result.firstGoodput() / MEGA,
                result.secondGoodput() / MEGA,
                Quantiles.of(result.queueNanos(), 0.5) / MEGA);
    }
}
