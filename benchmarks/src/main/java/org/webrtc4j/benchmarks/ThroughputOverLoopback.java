package org.webrtc4j.benchmarks;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** One data channel between two processes over loopback, stack beside stack in the same run. */
final class ThroughputOverLoopback {

    private static final double GIB = 1L << 30;

    private final List<Stack> ours;
    private final List<Stack> others;
    private final int seconds;
    private final int rounds;

    ThroughputOverLoopback(List<Stack> ours, List<Stack> others, int seconds, int rounds) {
        this.ours = ours;
        this.others = others;
        this.seconds = seconds;
        this.rounds = rounds;
    }

    /** Runs every stack in every round, one after the other, so that slow phases of the machine fall on all of them. */
    void run(int messageBytes) throws IOException, InterruptedException {
        List<Stack> stacks = new ArrayList<>(ours);
        stacks.addAll(others);
        Map<String, List<Figures>> figures = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (Stack stack : stacks) {
                figures.computeIfAbsent(stack.name(), name -> new ArrayList<>()).add(measure(stack, messageBytes));
            }
        }
        System.out.printf(
                "%nTwo processes over loopback, %,d-byte messages, %d rounds of %d s, the second half of each (median; range)%n",
                messageBytes, rounds, seconds);
        System.out.printf("%-16s %24s %24s %24s%n", "stack", "MB/s", "CPU s/GiB", "MB/s, first second");
        figures.forEach((name, list) -> System.out.printf(
                "%-16s %24s %24s %24s%n",
                name,
                range(list, Figures::megabytesPerSecond),
                range(list, Figures::cpuPerGib),
                range(list, Figures::firstSecond)));
        for (Stack one : ours) {
            for (Stack other : others) {
                System.out.printf(
                        "%s to %s: %.2fx the MB/s, %.2fx the CPU per GiB%n",
                        one.name(),
                        other.name(),
                        ratio(figures, one, other, Figures::megabytesPerSecond),
                        ratio(figures, one, other, Figures::cpuPerGib));
            }
        }
    }

    private static double ratio(
            Map<String, List<Figures>> figures, Stack one, Stack other, ToDoubleFunction<Figures> figure) {
        return median(figures.getOrDefault(one.name(), List.of()), figure)
                / median(figures.getOrDefault(other.name(), List.of()), figure);
    }

    /** The first second apart, then the second half of the run, when compilers and windows have settled. */
    private Figures measure(Stack stack, int messageBytes) throws IOException, InterruptedException {
        JsonObject scenario = new JsonObject();
        scenario.addProperty("scenario", "throughput");
        scenario.addProperty("size", messageBytes);
        scenario.addProperty("seconds", seconds);
        try (ProcessPair pair = new ProcessPair(stack, scenario)) {
            pair.offerer.command("start");
            pair.offerer.await("tstart", 30);
            int half = seconds / 2;
            TimeUnit.SECONDS.sleep(half);
            Duration before = pair.cpu();
            pair.offerer.await("tend", seconds + 30);
            Duration cpu = pair.cpu().minus(before);
            JsonObject result = pair.answerer.await("result", 60);
            long[] perSecond = result.getAsJsonArray("buckets").asList().stream()
                    .mapToLong(JsonElement::getAsLong)
                    .toArray();
            long settled = Arrays.stream(
                            perSecond, Math.min(half, perSecond.length), Math.min(seconds, perSecond.length))
                    .sum();
            return new Figures(
                    perSecond.length == 0 ? 0 : perSecond[0] / 1e6,
                    settled / 1e6 / (seconds - half),
                    cpu.toNanos() / 1e9 / (settled / GIB));
        }
    }

    private static double median(List<Figures> figures, ToDoubleFunction<Figures> figure) {
        return Quantiles.of(figures.stream().mapToDouble(figure).toArray(), 0.5);
    }

    private static String range(List<Figures> figures, ToDoubleFunction<Figures> figure) {
        List<Double> values = new ArrayList<>();
        figures.forEach(one -> values.add(figure.applyAsDouble(one)));
        return "%.1f [%.1f, %.1f]".formatted(median(figures, figure), Collections.min(values), Collections.max(values));
    }

    /** What one run gave. */
    private record Figures(double firstSecond, double megabytesPerSecond, double cpuPerGib) {}
}
