package org.webrtc4j.samples.peer;

import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.StringReader;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.RTCDataChannel;
import org.webrtc4j.WebRtcRuntime;

/**
 * Connects the peer with itself, signalled as it will be with the other: a measurement that follows finds the code as a
 * server's visitors find it, after its first minutes.
 */
final class Rehearsal {

    /**
     * HotSpot's optimising compiler takes a method up after 5,000 calls: after ten times 200 connections, each of which has both
     * roles here, it has taken up what each calls twice, and has little left to do while 200 are measured.
     */
    private static final int TIMES_THE_ROUNDS = 10;

    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final Duration SETTLING = Duration.ofSeconds(15);
    private static final Duration CHECK = Duration.ofSeconds(2);

    private final PeerConfig config;
    private final WebRtcRuntime runtime;

    Rehearsal(PeerConfig config, WebRtcRuntime runtime) {
        this.config = config;
        this.runtime = runtime;
    }

    void run() throws InterruptedException {
        ExecutorService toOfferer = Executors.newSingleThreadExecutor();
        ExecutorService toAnswerer = Executors.newSingleThreadExecutor();
        Side offerer = new Side(toAnswerer);
        Side answerer = new Side(toOfferer);
        offerer.other = answerer.connections;
        answerer.other = offerer.connections;
        long end = System.nanoTime() + LIMIT.toNanos();
        int connections = TIMES_THE_ROUNDS * config.rounds;
        for (int id = 0; id < connections && System.nanoTime() - end < 0; id++) {
            RTCDataChannel channel = offerer.connections.offer(id);
            if (!PeerConnections.awaitOpen(channel)) {
                break; // the run itself will say why
            }
            offerer.connections.bye(id);
        }
        offerer.connections.closeAll();
        answerer.connections.closeAll();
        toOfferer.shutdown();
        toAnswerer.shutdown();
        settle();
    }

    /** What waits for a compiler is compiled before the measurement, not during it. */
    private static void settle() throws InterruptedException {
        long end = System.nanoTime() + SETTLING.toNanos();
        long before;
        do {
            before = compilingMillis();
            TimeUnit.NANOSECONDS.sleep(CHECK.toNanos());
        } while (compilingMillis() != before && System.nanoTime() - end < 0);
    }

    private static long compilingMillis() {
        CompilationMXBean compilers = ManagementFactory.getCompilationMXBean();
        return compilers == null || !compilers.isCompilationTimeMonitoringSupported()
                ? 0
                : compilers.getTotalCompilationTime();
    }

    /** One of the two, whose lines go to the other. */
    private final class Side {

        final PeerConnections connections;
        private @Nullable PeerConnections other;

        Side(ExecutorService wire) {
            JsonLines lines = new JsonLines(new BufferedReader(new StringReader("")), line -> {
                try {
                    wire.execute(() -> deliver(line));
                } catch (RejectedExecutionException over) {
                    // The last connection says its last words to nobody.
                }
            });
            connections = new PeerConnections(runtime, config, lines);
        }

        private void deliver(String line) {
            if (other != null) {
                other.signal(JsonParser.parseString(line).getAsJsonObject());
            }
        }
    }
}
