package org.webrtc4j.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** One data channel between two processes over loopback, stack beside stack in the same run. */
final class ThroughputOverLoopback {

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
        Map<String, List<ThroughputRun>> figures = new LinkedHashMap<>();
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
                Spread.of(list, ThroughputRun::megabytesPerSecond).text(1),
                Spread.of(list, ThroughputRun::cpuPerGib).text(1),
                Spread.of(list, ThroughputRun::firstSecond).text(1)));
        for (Stack one : ours) {
            for (Stack other : others) {
                System.out.printf(
                        "%s to %s: %.2fx the MB/s, %.2fx the CPU per GiB%n",
                        one.name(),
                        other.name(),
                        ratio(figures, one, other, ThroughputRun::megabytesPerSecond),
                        ratio(figures, one, other, ThroughputRun::cpuPerGib));
            }
        }
    }

    private static double ratio(
            Map<String, List<ThroughputRun>> figures, Stack one, Stack other, ToDoubleFunction<ThroughputRun> figure) {
        return Spread.of(figures.getOrDefault(one.name(), List.of()), figure).median()
                / Spread.of(figures.getOrDefault(other.name(), List.of()), figure)
                        .median();
    }

    private ThroughputRun measure(Stack stack, int messageBytes) throws IOException, InterruptedException {
        try (ProcessPair pair = new ProcessPair(stack, ThroughputRun.scenario(messageBytes, seconds))) {
            return ThroughputRun.measure(pair.offerer, pair.answerer, seconds, ProcessHandle.current());
        }
    }
}
