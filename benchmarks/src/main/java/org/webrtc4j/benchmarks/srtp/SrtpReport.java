package org.webrtc4j.benchmarks.srtp;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.webrtc4j.benchmarks.Machine;

/** Figures as a table with ratios, and as JSON with the machine's facts. */
record SrtpReport(List<Contestant> contestants, List<SrtpFigures> figures) {

    void print() {
        System.out.printf(
                "%nSRTP, ns of CPU a packet: the least of all rounds (median); the time of the others over ours,"
                        + " so that above 1 ours is faster%n%-24s %-10s %5s",
                "profile", "", "bytes");
        contestants.forEach(each -> System.out.printf(" %18s", each.name()));
        contestants.stream().skip(1).forEach(each -> System.out.printf(" %12s", "x " + each.name()));
        System.out.printf(" %6s%n", "noise");
        figures.forEach(this::line);
        contestants.forEach(each -> System.out.println(each.identity()));
    }

    private void line(SrtpFigures each) {
        SrtpCase measured = each.measured();
        System.out.printf(
                "%-24s %-10s %5d",
                measured.profile(), measured.operation().name().toLowerCase(Locale.ROOT), measured.payloadBytes());
        for (int i = 0; i < contestants.size(); i++) {
            System.out.printf(" %18s", String.format("%.0f (%.0f)", each.least(i), each.median(i)));
        }
        for (int i = 1; i < contestants.size(); i++) {
            System.out.printf(" %12.2f", each.least(i) / each.least(0));
        }
        System.out.printf(" %6.2f%n", each.noise(0));
    }

    Path write(Path folder) throws IOException {
        JsonObject report = new JsonObject();
        report.add("machine", Machine.facts());
        JsonArray identities = new JsonArray();
        contestants.forEach(each -> identities.add(each.identity()));
        report.add("implementations", identities);
        JsonArray cases = new JsonArray();
        figures.forEach(each -> cases.add(json(each)));
        report.add("srtp", cases);
        Files.createDirectories(folder);
        Path file = folder.resolve("srtp-" + Runtime.version().feature() + ".json");
        Files.writeString(file, new GsonBuilder().setPrettyPrinting().create().toJson(report));
        return file;
    }

    private JsonObject json(SrtpFigures each) {
        JsonObject json = new JsonObject();
        json.addProperty("profile", each.measured().profile().name());
        json.addProperty("operation", each.measured().operation().name().toLowerCase(Locale.ROOT));
        json.addProperty("payloadBytes", each.measured().payloadBytes());
        for (int i = 0; i < contestants.size(); i++) {
            JsonObject figure = new JsonObject();
            figure.addProperty("leastNanos", each.least(i));
            figure.addProperty("medianNanos", each.median(i));
            figure.addProperty("rounds", each.nanos()[i].length);
            json.add(contestants.get(i).name(), figure);
        }
        return json;
    }
}
