package org.webrtc4j.benchmarks.goodput;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.webrtc4j.benchmarks.Quantiles;

/** The figures as JSON, and as a page with plots. The machine is not named: virtual time is the same on all. */
record GoodputReport(GoodputSweep sweep, GoodputFigures figures) {

    void write(Path folder) throws IOException {
        JsonObject report = new JsonObject();
        report.addProperty("bitsPerSecond", sweep.bitsPerSecond());
        report.addProperty("queueProducts", sweep.queueProducts());
        JsonArray table = new JsonArray();
        figures.rows().stream().flatMap(List::stream).forEach(each -> table.add(cell(each)));
        report.add("goodput", table);
        JsonArray buffers = new JsonArray();
        figures.buffers().forEach(each -> buffers.add(cell(each)));
        report.add("longQueue", buffers);
        JsonArray small = new JsonArray();
        figures.small().forEach(each -> small.add(small(each)));
        report.add("smallBesideBulk", small);
        JsonArray competitions = new JsonArray();
        figures.competitions().forEach(each -> competitions.add(competition(each)));
        report.add("competition", competitions);
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve("goodput.json"),
                new GsonBuilder()
                        .setPrettyPrinting()
                        .serializeSpecialFloatingPointValues()
                        .create()
                        .toJson(report));
        Files.writeString(folder.resolve("goodput.html"), GoodputPage.of(sweep, figures));
    }

    private static JsonObject cell(CellResult result) {
        Cell cell = result.cell();
        JsonObject json = path(cell.path());
        json.addProperty("messageBytes", cell.messageBytes());
        json.addProperty("controller", Controllers.name(cell.controller()));
        json.addProperty("expectedBytesPerSecond", cell.expected());
        Measurement measurement = result.measurement();
        json.addProperty("bytesPerSecond", measurement.goodput());
        json.addProperty("stalled", measurement.stalled());
        json.addProperty("watchedNanos", measurement.lasted().toNanos());
        json.addProperty("smoothedRttNanos", measurement.smoothedRttNanos());
        json.addProperty("chunksSent", measurement.sent());
        json.addProperty("chunksSentAgain", measurement.sentAgain());
        json.addProperty("recoveries", measurement.recoveries());
        json.addProperty("timeouts", measurement.timeouts());
        queue(json, result.queueNanos());
        return json;
    }

    private static JsonObject small(SmallBesideBulk.Result result) {
        JsonObject json = path(result.run().path());
        json.addProperty("controller", Controllers.name(result.run().controller()));
        json.addProperty("bulkMessageBytes", result.run().bulkBytes());
        json.addProperty("interleaving", result.run().interleaving());
        json.addProperty("bulkBytesPerSecond", result.bulkGoodput());
        json.addProperty("messages", result.delayNanos().length);
        json.addProperty("delayP50Nanos", Quantiles.of(result.delayNanos(), 0.5));
        json.addProperty("delayP99Nanos", Quantiles.of(result.delayNanos(), 0.99));
        return json;
    }

    private static JsonObject competition(Competition.Result result) {
        JsonObject json = path(result.competition().path());
        json.addProperty("first", Controllers.name(result.competition().first()));
        json.addProperty("second", Controllers.name(result.competition().second()));
        json.addProperty("firstBytesPerSecond", result.firstGoodput());
        json.addProperty("secondBytesPerSecond", result.secondGoodput());
        json.addProperty("secondShare", result.secondShare());
        json.addProperty("utilisation", result.utilisation());
        queue(json, result.queueNanos());
        return json;
    }

    private static JsonObject path(NetworkPath path) {
        JsonObject json = new JsonObject();
        json.addProperty("rttMillis", path.rttMillis());
        json.addProperty("loss", path.loss());
        json.addProperty("linkBitsPerSecond", path.bitsPerSecond());
        json.addProperty("queueBytes", path.queueBytes());
        return json;
    }

    private static void queue(JsonObject json, double[] queueNanos) {
        json.addProperty("queueP50Nanos", Quantiles.of(queueNanos, 0.5));
        json.addProperty("queueP99Nanos", Quantiles.of(queueNanos, 0.99));
    }
}
