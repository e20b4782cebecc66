package org.webrtc4j.benchmarks.forward;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.webrtc4j.benchmarks.Machine;
import org.webrtc4j.benchmarks.Quantiles;

/** Results as a table, as JSON with the machine's facts, and as a page with plots. */
final class ForwardReport {

    private static final double MICROS = 1e3;

    private ForwardReport() {}

    static void header() {
        System.out.printf(
                "%nA forwarding server on one loop. CPU is that of the whole process, and of the loop alone. Bytes per packet that the JDK's ciphers do not allocate are our own in memory;"
                        + " over loopback Netty's and the socket's are among them.%n"
                        + "%-16s %-24s %6s %5s %12s %12s %12s %8s %9s %9s %9s %9s%n",
                "stage",
                "profile",
                "bytes",
                "to",
                "out/s (cpu)",
                "out/s (loop)",
                "out/s (wall)",
                "dropped",
                "p50 us",
                "p99 us",
                "own B/pkt",
                "JCA B/pkt");
    }

    static void line(ForwardResult result) {
        ForwardScenario point = result.scenario();
        System.out.printf(
                "%-16s %-24s %6d %5d %12.0f %12.0f %12.0f %8d %9.1f %9.1f %9.1f %9.0f%n",
                point.stage().text,
                point.profile(),
                point.packetBytes(),
                point.receivers(),
                result.outPerCpuSecond(),
                result.outPerLoopSecond(),
                result.outPerWallSecond(),
                result.dropped(),
                Quantiles.of(result.delays(), 0.5) / MICROS,
                Quantiles.of(result.delays(), 0.99) / MICROS,
                result.otherBytesPerPacket(),
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
                new GsonBuilder()
                        .setPrettyPrinting()
                        .serializeSpecialFloatingPointValues()
                        .create()
                        .toJson(report));
        Files.writeString(folder.resolve("forward.html"), ForwardPage.of(results));
    }

    private static JsonObject json(ForwardResult result) {
        JsonObject json = new JsonObject();
        json.addProperty("stage", result.scenario().stage().name());
        json.addProperty("profile", result.scenario().profile().name());
        json.addProperty("packetBytes", result.scenario().packetBytes());
        json.addProperty("senders", result.scenario().senders());
        json.addProperty("receivers", result.scenario().receivers());
        json.addProperty("packetsIn", result.packetsIn());
        json.addProperty("packetsOut", result.packetsOut());
        json.addProperty("dropped", result.dropped());
        json.addProperty("cpuNanos", result.cpuNanos());
        json.addProperty("loopCpuNanos", result.loopCpuNanos());
        json.addProperty("wallNanos", result.wallNanos());
        json.addProperty("outPerCpuSecond", result.outPerCpuSecond());
        json.addProperty("outPerLoopSecond", result.outPerLoopSecond());
        json.addProperty("outPerWallSecond", result.outPerWallSecond());
        json.addProperty("delayP50Nanos", Quantiles.of(result.delays(), 0.5));
        json.addProperty("delayP99Nanos", Quantiles.of(result.delays(), 0.99));
        json.addProperty("otherBytesPerPacket", result.otherBytesPerPacket());
        json.addProperty("cipherBytesPerPacket", result.cipherBytesPerPacket());
        return json;
    }
}
