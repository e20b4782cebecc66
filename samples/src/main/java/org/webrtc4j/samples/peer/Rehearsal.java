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
 * Connects the peer with itself, signalled as it will be with the other, until the compilers have little left to do: a
 * measurement that follows finds the code as a server's visitors find it, after its first minutes.
 */
final class Rehearsal {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration SETTLING = Duration.ofSeconds(3);
    private static final Duration CHECK = Duration.ofSeconds(1);

    /** The compilers count as caught up when they take less than this share of one core. */
    private static final double IDLE_SHARE = 0.15;

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
        long checked = System.nanoTime();
        long compiled = compilingMillis();
        boolean compiling = true;
        for (int id = 0; compiling && System.nanoTime() - end < 0; id++) {
            RTCDataChannel channel = offerer.connections.offer(id);
            if (!PeerConnections.awaitOpen(channel)) {
                break; // the run itself will say why
            }
            offerer.connections.bye(id);
            if (System.nanoTime() - checked > CHECK.toNanos()) {
                checked = System.nanoTime();
                long before = compiled;
                compiled = compilingMillis();
                compiling = compiled - before > IDLE_SHARE * CHECK.toMillis();
            }
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
