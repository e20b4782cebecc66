package org.webrtc4j.benchmarks.forward;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.webrtc4j.benchmarks.Machine;
import org.webrtc4j.benchmarks.Quantiles;

/** Results as a table, as JSON with the machine's facts, and as a page with plots. */
final class ForwardReport {

    private static final double MICROS = 1e3;

    private ForwardReport() {}

    static void header() {
        System.out.printf(
                "%nForwarding in memory, one thread: SRTP in, unprotect, parse, keep, rewrite and protect for each receiver%n"
                        + "%-24s %6s %5s %12s %12s %9s %9s %9s %9s%n",
                "profile", "bytes", "to", "out/s (cpu)", "out/s (wall)", "p50 us", "p99 us", "own B/pkt", "JCA B/pkt");
    }

    static void line(ForwardResult result) {
        ForwardScenario point = result.scenario();
        System.out.printf(
                "%-24s %6d %5d %12.0f %12.0f %9.1f %9.1f %9.1f %9.0f%n",
                point.profile(),
                point.packetBytes(),
                point.receivers(),
                result.outPerCpuSecond(),
                result.outPerWallSecond(),
                Quantiles.of(result.delays(), 0.5) / MICROS,
                Quantiles.of(result.delays(), 0.99) / MICROS,
                result.ownBytesPerPacket(),
                result.cipherBytesPerPacket());
    }

    static void write(List<ForwardResult> results, Path folder) throws IOException {
        JsonObject report = new JsonObject();
        report.add("machine", Machine.facts());
        JsonArray points = new JsonArray();
        results.forEach(each -> points.add(json(each)));
        report.add("forward", points);
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve("forward.json"),
                new GsonBuilder().setPrettyPrinting().create().toJson(report));
        Files.writeString(folder.resolve("forward.html"), page(results));
    }

    private static JsonObject json(ForwardResult result) {
        JsonObject json = new JsonObject();
        json.addProperty("profile", result.scenario().profile().name());
        json.addProperty("packetBytes", result.scenario().packetBytes());
        json.addProperty("senders", result.scenario().senders());
        json.addProperty("receivers", result.scenario().receivers());
        json.addProperty("packetsIn", result.packetsIn());
        json.addProperty("packetsOut", result.packetsOut());
        json.addProperty("dropped", result.dropped());
        json.addProperty("outPerCpuSecond", result.outPerCpuSecond());
        json.addProperty("outPerWallSecond", result.outPerWallSecond());
        json.addProperty("delayP50Nanos", Quantiles.of(result.delays(), 0.5));
        json.addProperty("delayP99Nanos", Quantiles.of(result.delays(), 0.99));
        json.addProperty("ownBytesPerPacket", result.ownBytesPerPacket());
        json.addProperty("cipherBytesPerPacket", result.cipherBytesPerPacket());
        return json;
    }

    /** One bar for each point: packets out for each second of CPU. */
    private static String page(List<ForwardResult> results) {
        double most = results.stream()
                .mapToDouble(ForwardResult::outPerCpuSecond)
                .max()
                .orElse(1);
        String bars = results.stream()
                .map(each -> String.format(
                        Locale.ROOT,
                        "<tr><td>%s</td><td>%d B</td><td>%d</td><td><i style='width:%.1f%%'></i><b>%,.0f</b></td></tr>",
                        each.scenario().profile(),
                        each.scenario().packetBytes(),
                        each.scenario().receivers(),
                        60 * each.outPerCpuSecond() / most,
                        each.outPerCpuSecond()))
                .collect(Collectors.joining("\n"));
        return """
                <!doctype html>
                <html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
                <title>Packets forwarded</title>
                <style>
                body { font: 15px system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color: #222 }
                table { border-collapse: collapse; width: 100%% } td, th { padding: .25rem .5rem; text-align: left }
                td:last-child { width: 60%%; white-space: nowrap }
                i { display: inline-block; height: .8rem; background: #2a6; margin-right: .5rem; vertical-align: middle }
                b { font-weight: normal }
                </style>
                <h1>Packets forwarded for each second of CPU</h1>
                <p>%s</p>
                <table><tr><th>profile<th>packet<th>receivers<th>packets out</tr>
                %s
                </table></html>
                """.formatted(Machine.line(), bars);
    }
}
