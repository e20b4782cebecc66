package org.webrtc4j.benchmarks.relay;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.benchmarks.Machine;
import org.webrtc4j.benchmarks.Spread;
import org.webrtc4j.benchmarks.Stack;

/** Figures as a table for each path, with ratios, and as JSON with the machine's facts. */
final class RelayReport {

    private final int seconds;
    private final int rounds;
    private final int messageBytes;
    private final InetAddress address;
    private final Map<RelayPath, Map<Stack, List<RelayRun>>> runs = new LinkedHashMap<>();
    private Flood.@Nullable Result flood;

    RelayReport(int seconds, int rounds, int messageBytes, InetAddress address) {
        this.seconds = seconds;
        this.rounds = rounds;
        this.messageBytes = messageBytes;
        this.address = address;
    }

    void flood(Flood.Result result) {
        flood = result;
        System.out.printf(
                "%nThe relay alone, both directions together: %,.0f packets/s offered, %,.0f arrive, with %.2f of a core"
                        + " (%,.0f for a second of its CPU); %d dropped; load %.2f%n",
                result.sentPerSecond(),
                result.arrivedPerSecond(),
                result.cpu(),
                result.packetsPerCpuSecond(),
                result.dropped(),
                Machine.load());
    }

    void add(RelayPath path, Stack stack, RelayRun run) {
        runs.computeIfAbsent(path, absent -> new LinkedHashMap<>())
                .computeIfAbsent(stack, absent -> new ArrayList<>())
                .add(run);
    }

    void print(RelayPath path) {
        Map<Stack, List<RelayRun>> stacks = runs.getOrDefault(path, Map.of());
        System.out.printf(
                "%n%s, by a relay at %s; %,d-byte messages, %d rounds of %d s, the second half of each (median; range);"
                        + " load %.2f%n",
                path.name(), address.getHostAddress(), messageBytes, rounds, seconds, Machine.load());
        System.out.printf(
                "%-24s %22s %22s %16s %10s %14s %12s%n",
                "stack", "MB/s", "CPU s/GiB", "relay's CPU", "lost", "relay dropped", "peer dropped");
        stacks.forEach((stack, list) -> System.out.printf(
                "%-24s %22s %22s %16.2f %10d %14d %12d%n",
                stack.name(),
                Spread.of(list, RelayRun::megabytesPerSecond).text(1),
                Spread.of(list, RelayRun::cpuPerGib).text(1),
                Spread.of(list, RelayRun::relayCpu).median(),
                sum(list, RelayRun::lost),
                sum(list, RelayRun::relayDrops),
                sum(list, RelayRun::peerDrops)));
        if (stacks.values().stream().anyMatch(list -> sum(list, RelayRun::relayDrops) > 0)) {
            System.out.println("The relay has dropped more than the path wants: its figures say less.");
        }
        for (Stack one : stacks.keySet().stream().filter(Stack::isOurs).toList()) {
            for (Stack other :
                    stacks.keySet().stream().filter(each -> !each.isOurs()).toList()) {
                System.out.printf(
                        "%s to %s: %.2fx the MB/s, %.2fx the CPU per GiB%n",
                        one.name(),
                        other.name(),
                        ratio(stacks, one, other, RelayRun::megabytesPerSecond),
                        ratio(stacks, one, other, RelayRun::cpuPerGib));
            }
        }
    }

    private static double ratio(
            Map<Stack, List<RelayRun>> stacks, Stack one, Stack other, ToDoubleFunction<RelayRun> figure) {
        return Spread.of(stacks.getOrDefault(one, List.of()), figure).median()
                / Spread.of(stacks.getOrDefault(other, List.of()), figure).median();
    }

    private static long sum(List<RelayRun> list, ToLongFunction<RelayRun> figure) {
        return list.stream().mapToLong(figure).sum();
    }

    Path write(Path folder) throws IOException {
        JsonObject report = new JsonObject();
        report.add("machine", Machine.facts());
        report.addProperty("load", Machine.load());
        report.addProperty("seconds", seconds);
        report.addProperty("messageBytes", messageBytes);
        if (flood != null) {
            JsonObject alone = new JsonObject();
            alone.addProperty("sentPerSecond", flood.sentPerSecond());
            alone.addProperty("arrivedPerSecond", flood.arrivedPerSecond());
            alone.addProperty("cpu", flood.cpu());
            alone.addProperty("dropped", flood.dropped());
            report.add("relayAlone", alone);
        }
        JsonArray figures = new JsonArray();
        runs.forEach((path, stacks) -> stacks.forEach((stack, list) -> figures.add(json(path, stack.name(), list))));
        report.add("relay", figures);
        return Machine.write(report, folder.resolve("relay.json"));
    }

    private static JsonObject json(RelayPath path, String name, List<RelayRun> list) {
        JsonObject json = new JsonObject();
        json.addProperty("stack", name);
        json.addProperty("rttMillis", path.rttMillis());
        json.addProperty("loss", path.loss());
        json.add(
                "megabytesPerSecond",
                Spread.of(list, RelayRun::megabytesPerSecond).json());
        json.add("cpuSecondsPerGib", Spread.of(list, RelayRun::cpuPerGib).json());
        json.add("relayCpu", Spread.of(list, RelayRun::relayCpu).json());
        json.addProperty("lost", sum(list, RelayRun::lost));
        json.addProperty("relayDrops", sum(list, RelayRun::relayDrops));
        json.addProperty("peerDrops", sum(list, RelayRun::peerDrops));
        return json;
    }
}
