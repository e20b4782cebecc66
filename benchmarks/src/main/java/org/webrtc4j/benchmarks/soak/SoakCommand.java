package org.webrtc4j.benchmarks.soak;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.webrtc4j.benchmarks.Machine;

/**
 * {@code soak [MINUTES]}: one data channel filled both ways over real sockets. Every ten seconds the channel is let run empty,
 * and what the process holds is looked at: what is under way would be most of it otherwise.
 */
public final class SoakCommand {

    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final int INTERVALS_A_MINUTE = 6;
    private static final double MEBI = 1 << 20;

    private SoakCommand() {}

    /**
     * Runs, prints a line every ten seconds and at the end how each figure has changed.
     *
     * @param minutes how long
     * @param folder for the results
     * @return whether nothing grows
     * @throws Exception when the connection fails
     */
    public static boolean run(int minutes, Path folder) throws Exception {
        return run(INTERVAL, minutes * INTERVALS_A_MINUTE, folder);
    }

    static boolean run(Duration interval, int intervals, Path folder) throws Exception {
        System.out.printf(
                "%nOne data channel filled both ways over loopback; load %.2f%n%8s %10s %12s %12s %8s %10s%n",
                Machine.load(), "seconds", "heap MiB", "direct MiB", "Netty MiB", "threads", "MB/s");
        List<SoakSample> samples = new ArrayList<>();
        long begin = System.nanoTime();
        try (SoakPair pair = SoakPair.connect()) {
            for (int i = 0; i < intervals; i++) {
                double rate = pair.fill(interval);
                SoakSample sample = SoakSample.take(Duration.ofNanos(System.nanoTime() - begin), rate);
                samples.add(sample);
                print(sample);
            }
        }
        List<Drift> drifts = Drift.of(samples);
        System.out.println("From the first minute to the last (medians):");
        drifts.forEach(each -> System.out.printf(
                "%-20s %8.1f to %8.1f%s%n", each.name(), each.first(), each.last(), each.grows() ? "  GROWS" : ""));
        System.out.println("Results: " + write(samples, drifts, folder));
        return drifts.stream().noneMatch(Drift::grows);
    }

    private static void print(SoakSample sample) {
        System.out.printf(
                "%8d %10.1f %12.1f %12.1f %8d %10.1f%n",
                sample.at().toSeconds(),
                sample.heapBytes() / MEBI,
                sample.directBytes() / MEBI,
                sample.nettyBytes() / MEBI,
                sample.threads(),
                sample.megabytesPerSecond());
    }

    private static Path write(List<SoakSample> samples, List<Drift> drifts, Path folder) throws IOException {
        JsonObject report = new JsonObject();
        report.add("machine", Machine.facts());
        report.addProperty("load", Machine.load());
        JsonArray all = new JsonArray();
        samples.forEach(each -> all.add(each.json()));
        report.add("soak", all);
        JsonArray changes = new JsonArray();
        for (Drift each : drifts) {
            JsonObject change = new JsonObject();
            change.addProperty("name", each.name());
            change.addProperty("first", each.first());
            change.addProperty("last", each.last());
            change.addProperty("grows", each.grows());
            changes.add(change);
        }
        report.add("drift", changes);
        return Machine.write(report, folder.resolve("soak.json"));
    }
}
