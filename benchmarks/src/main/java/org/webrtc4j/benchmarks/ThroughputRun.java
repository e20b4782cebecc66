package org.webrtc4j.benchmarks;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.webrtc4j.testkit.peer.ProcessPeer;

/**
 * What one run of the throughput scenario gave: the first second apart, then the second half of the run, when compilers and
 * windows have settled.
 *
 * @param firstSecond MB that arrived in it
 * @param megabytesPerSecond in the second half
 * @param cpuPerGib seconds of both peers' processes, in the second half
 * @param besideCpu seconds of another process for each second, in the second half
 */
public record ThroughputRun(double firstSecond, double megabytesPerSecond, double cpuPerGib, double besideCpu) {

    private static final double GIB = 1L << 30;
    private static final double NANOS = 1e9;
    private static final int START_SECONDS = 30;

    /** What was buffered at the end has to leave, through a path that may be slow. */
    private static final int END_SECONDS = 180;

    /**
     * Returns the scenario, for peers that have not been started.
     *
     * @param messageBytes size of each message
     * @param seconds that messages are sent
     * @return a configuration without role
     */
    public static JsonObject scenario(int messageBytes, int seconds) {
        JsonObject scenario = new JsonObject();
        scenario.addProperty("scenario", "throughput");
        scenario.addProperty("size", messageBytes);
        scenario.addProperty("seconds", seconds);
        return scenario;
    }

    /**
     * Measures two peers that are ready and joined.
     *
     * @param offerer who sends
     * @param answerer who counts
     * @param seconds as the scenario has it
     * @param beside a process whose CPU is looked at, too
     * @return the figures
     * @throws InterruptedException when the thread is interrupted
     */
    public static ThroughputRun measure(ProcessPeer offerer, ProcessPeer answerer, int seconds, ProcessHandle beside)
            throws InterruptedException {
        offerer.command("start");
        offerer.await("tstart", START_SECONDS);
        int half = seconds / 2;
        TimeUnit.SECONDS.sleep(half);
        long began = System.nanoTime();
        Duration peersBefore = cpu(offerer.process()).plus(cpu(answerer.process()));
        Duration besideBefore = cpu(beside);
        offerer.await("tend", seconds + START_SECONDS);
        Duration peers = cpu(offerer.process()).plus(cpu(answerer.process())).minus(peersBefore);
        Duration others = cpu(beside).minus(besideBefore);
        long lasted = System.nanoTime() - began;
        JsonObject result = answerer.await("result", END_SECONDS);
        long[] perSecond = result.getAsJsonArray("buckets").asList().stream()
                .mapToLong(JsonElement::getAsLong)
                .toArray();
        long settled = Arrays.stream(perSecond, Math.min(half, perSecond.length), Math.min(seconds, perSecond.length))
                .sum();
        return new ThroughputRun(
                perSecond.length == 0 ? 0 : perSecond[0] / 1e6,
                settled / 1e6 / (seconds - half),
                peers.toNanos() / NANOS / (settled / GIB),
                (double) others.toNanos() / lasted);
    }

    private static Duration cpu(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
