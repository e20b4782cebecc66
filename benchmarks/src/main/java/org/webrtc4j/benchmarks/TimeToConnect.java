package org.webrtc4j.benchmarks;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.List;

/** From the constructor to the open channel, in one pair of processes for all connections, stack beside stack. */
final class TimeToConnect {

    /** Ours connects with itself before it is ready, 75 seconds at most; the other stacks do not. */
    private static final int REHEARSAL_SECONDS = 75;

    private final List<Stack> stacks;
    private final int connections;

    TimeToConnect(List<Stack> stacks, int connections) {
        this.stacks = stacks;
        this.connections = connections;
    }

    void run() throws IOException, InterruptedException {
        System.out.printf(
                "%nTime to connect over loopback, %d connections one after the other, milliseconds%n", connections);
        System.out.printf("%-16s %8s %8s %8s %8s %8s%n", "stack", "first", "median", "p90", "p99", "max");
        for (Stack stack : stacks) {
            JsonObject scenario = new JsonObject();
            scenario.addProperty("scenario", "ttc");
            scenario.addProperty("rounds", connections);
            scenario.addProperty("rehearsalSeconds", REHEARSAL_SECONDS);
            try (ProcessPair pair = new ProcessPair(stack, scenario)) {
                pair.offerer.command("start");
                JsonObject result = pair.offerer.await("result", 10 + connections * 2);
                double[] times = result.getAsJsonArray("times").asList().stream()
                        .mapToDouble(JsonElement::getAsDouble)
                        .toArray();
                System.out.printf(
                        "%-16s %8.1f %8.1f %8.1f %8.1f %8.1f%n",
                        stack.name(),
                        result.get("first").getAsDouble(),
                        Quantiles.of(times, 0.5),
                        Quantiles.of(times, 0.9),
                        Quantiles.of(times, 0.99),
                        Quantiles.of(times, 1));
            }
        }
    }
}
