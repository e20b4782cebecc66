package org.webrtc4j.benchmarks.datagram;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.webrtc4j.benchmarks.Machine;

/** Figures as lines with ratios, and as JSON with the machine's facts. */
final class DatagramReport {

    private static final List<String> COLUMNS =
            List.of(DatagramCase.OURS, DatagramCase.NETTY, DatagramCase.BARE, DatagramCase.ICE4J);

    private final List<DatagramFigures> figures = new ArrayList<>();

    static void head() {
        System.out.printf(
                "%nns of CPU for each datagram of %d bytes, from or to the heap: the least of all rounds (median); load %.2f%n%-30s",
                Burst.PACKET_BYTES, load(), "");
        COLUMNS.forEach(each -> System.out.printf(" %16s", each));
        System.out.printf(" %8s %10s %9s%n", "/ netty", "/ channel", "garbage");
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    void add(DatagramFigures each) {
        figures.add(each);
        System.out.printf("%-30s", each.name());
        for (String who : COLUMNS) {
            System.out.printf(
                    " %16s",
                    each.nanos().containsKey(who)
                            ? String.format("%.0f (%.0f)", each.least(who), each.median(who))
                            : "");
        }
        System.out.printf(
                " %8.2f %10.2f %9s%n",
                ratio(each, DatagramCase.NETTY),
                ratio(each, DatagramCase.BARE),
                String.format("%.0f B", each.allocatedBytes().get(DatagramCase.OURS)));
    }

    private static double ratio(DatagramFigures each, String other) {
        return each.least(DatagramCase.OURS) / each.least(other);
    }

    Path write(Path folder) throws IOException {
        JsonObject report = new JsonObject();
        report.add("machine", Machine.facts());
        report.addProperty("load", load());
        report.addProperty("packetBytes", Burst.PACKET_BYTES);
        report.addProperty("burstPackets", Burst.PACKETS);
        JsonArray cases = new JsonArray();
        figures.forEach(each -> cases.add(json(each)));
        report.add("datagram", cases);
        Files.createDirectories(folder);
        Path file = folder.resolve("datagram-" + Runtime.version().feature() + ".json");
        Files.writeString(file, new GsonBuilder().setPrettyPrinting().create().toJson(report));
        return file;
    }

    private static JsonObject json(DatagramFigures each) {
        JsonObject json = new JsonObject();
        json.addProperty("case", each.name());
        for (String who : each.nanos().keySet()) {
            JsonObject figure = new JsonObject();
            figure.addProperty("leastNanos", each.least(who));
            figure.addProperty("medianNanos", each.median(who));
            figure.addProperty("allocatedBytes", each.allocatedBytes().get(who));
            json.add(who, figure);
        }
        json.addProperty("overNetty", ratio(each, DatagramCase.NETTY));
        json.addProperty("overChannel", ratio(each, DatagramCase.BARE));
        return json;
    }
}
