package org.webrtc4j.benchmarks;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * From the constructor to the open channel, in one pair of processes for all connections, stack beside stack. Each stack is
 * treated alike: fresh processes, the first connections as they come, then as many as warm it up, then those that are measured.
 */
final class TimeToConnect {

    /** The longest that a round may take on average before the run is given up. */
    private static final int SECONDS_A_ROUND = 2;

    private final List<Stack> stacks;
    private final int connections;
    private final int warmUp;

    TimeToConnect(List<Stack> stacks, int connections, int warmUp) {
        this.stacks = stacks;
        this.connections = connections;
        this.warmUp = warmUp;
    }

    void run() throws IOException, InterruptedException {
        System.out.printf("%nTime to connect over loopback, one connection after the other, milliseconds:%n");
        System.out.printf(
                "the first %d of fresh processes, and %d after %d more of the same kind%n",
                connections, connections, warmUp);
        System.out.printf(
                "%-16s %8s %8s | %8s %8s %8s %8s%n", "stack", "first", "median", "median", "p90", "p99", "max");
        for (Stack stack : stacks) {
            System.out.printf("%-16s ", stack.name()); // the row's figures may be minutes away
            try (ProcessPair pair = new ProcessPair(stack, scenario())) {
                pair.offerer.command("start");
                JsonObject result = pair.offerer.await("result", 10 + rounds() * SECONDS_A_ROUND);
                print(result);
            }
        }
    }

    private int rounds() {
        return connections + warmUp + connections;
    }

    private JsonObject scenario() {
        JsonObject scenario = new JsonObject();
        scenario.addProperty("scenario", "ttc");
        scenario.addProperty("rounds", rounds());
        scenario.addProperty("rehearsalSeconds", 0); // ours would connect with itself first; the others would not
        return scenario;
    }

    private void print(JsonObject result) {
        double[] all = result.getAsJsonArray("times").asList().stream()
                .mapToDouble(JsonElement::getAsDouble)
                .toArray();
        double[] fresh = Arrays.copyOf(all, Math.min(connections, all.length));
        double[] warm = Arrays.copyOfRange(all, Math.max(0, all.length - connections), all.length);
        System.out.printf(
                "%8.1f %8.1f | %8.1f %8.1f %8.1f %8.1f%n",
                result.get("first").getAsDouble(),
                Quantiles.of(fresh, 0.5),
                Quantiles.of(warm, 0.5),
                Quantiles.of(warm, 0.9),
                Quantiles.of(warm, 0.99),
                Quantiles.of(warm, 1));
    }
}
