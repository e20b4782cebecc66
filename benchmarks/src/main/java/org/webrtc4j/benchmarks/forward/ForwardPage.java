package org.webrtc4j.benchmarks.forward;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.webrtc4j.benchmarks.Machine;
import org.webrtc4j.benchmarks.Quantiles;

/** The results as a page: for each stage one bar of packets and one of delay for each point. */
final class ForwardPage {

    private static final double MICROS = 1e3;

    private ForwardPage() {}

    static String of(List<ForwardResult> results) {
        return """
                <!doctype html>
                <html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
                <title>Packets forwarded</title>
                <style>
                body { font: 15px system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color: #222 }
                table { border-collapse: collapse; width: 100%% } td, th { padding: .25rem .5rem; text-align: left }
                td:nth-child(n+4) { width: 36%%; white-space: nowrap }
                i { display: inline-block; height: .8rem; background: #2a6; margin-right: .5rem; vertical-align: middle }
                td:last-child i { background: #68b } b { font-weight: normal }
                </style>
                <h1>Packets forwarded</h1>
                <p>%s</p>
                %s</html>
                """.formatted(
                        Machine.line(),
                        Arrays.stream(ForwardStage.values())
                                .map(stage -> section(
                                        stage,
                                        results.stream()
                                                .filter(each -> each.scenario().stage() == stage)
                                                .toList()))
                                .collect(Collectors.joining()));
    }

    private static String section(ForwardStage stage, List<ForwardResult> results) {
        if (results.isEmpty()) {
            return "";
        }
        double most = largest(results, ForwardResult::outPerCpuSecond);
        double longest = largest(results, ForwardPage::delay);
        String rows = results.stream()
                .map(each -> String.format(
                        Locale.ROOT,
                        "<tr><td>%s</td><td>%d B</td><td>%d</td><td>%s</td><td>%s</td></tr>%n",
                        each.scenario().profile(),
                        each.scenario().packetBytes(),
                        each.scenario().receivers(),
                        bar(each.outPerCpuSecond(), most),
                        bar(delay(each), longest)))
                .collect(Collectors.joining());
        return """
                <h2>%s</h2>
                <table><tr><th>profile<th>packet<th>receivers<th>packets out for each second of CPU<th>median delay, µs</tr>
                %s</table>
                """.formatted(stage.text, rows);
    }

    private static double delay(ForwardResult result) {
        return Quantiles.of(result.delays(), 0.5) / MICROS;
    }

    private static double largest(List<ForwardResult> results, ToDoubleFunction<ForwardResult> figure) {
        return results.stream().mapToDouble(figure).max().orElse(1);
    }

    private static String bar(double value, double largest) {
        return String.format(Locale.ROOT, "<i style='width:%.1f%%'></i><b>%,.0f</b>", 60 * value / largest, value);
    }
}
