package org.webrtc4j.samples.peer;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.webrtc4j.RTCDataChannel;
import org.webrtc4j.WebRtcRuntime;

/**
 * Connects the peer with itself, signalled as it will be with the other: a measurement that follows finds the code as a
 * server's visitors find it, after its first minutes.
 */
final class Rehearsal {

    /**
     * HotSpot's optimising compiler takes a method up after 5,000 calls: after 25 times 200 connections it has taken up what each
     * calls but once, and has little left to do while 200 are measured.
     */
    private static final int TIMES_THE_ROUNDS = 25;

    private static final Duration SETTLING = Duration.ofSeconds(10);
    private static final Duration CHECK = Duration.ofSeconds(2);

    private final PeerConfig config;
    private final WebRtcRuntime runtime;

    Rehearsal(PeerConfig config, WebRtcRuntime runtime) {
        this.config = config;
        this.runtime = runtime;
    }

    void run() throws InterruptedException, IOException {
        try (Side offerer = new Side();
                Side answerer = new Side()) {
            offerer.speakTo(answerer);
            answerer.speakTo(offerer);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(config.rehearsalSeconds);
            int connections = TIMES_THE_ROUNDS * config.rounds;
            for (int id = 0; id < connections && System.nanoTime() - end < 0; id++) {
                RTCDataChannel channel = offerer.connections().offer(id);
                if (!PeerConnections.awaitOpen(channel)) {
                    break; // the run itself will say why
                }
                offerer.connections().bye(id);
            }
        }
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

    /** One of the two: what it says goes through a pipe to the other, as it will go through the standard streams. */
    private final class Side implements AutoCloseable {

        private static final int PIPE_BYTES = 1 << 16;

        private final PipedInputStream in = new PipedInputStream(PIPE_BYTES);
        private final PipedOutputStream out = new PipedOutputStream();
        private final JsonLines lines = new JsonLines(in, out);
        private final PeerConnections connections = new PeerConnections(runtime, config, lines);

        PeerConnections connections() {
            return connections;
        }

        void speakTo(Side other) throws IOException {
            out.connect(other.in);
            Thread reader = new Thread(other::listen, "rehearsal");
            reader.setDaemon(true);
            reader.start();
        }

        private void listen() {
            try {
                lines.read(connections::signal);
            } catch (IOException over) {
                // Who wrote last is gone, and the rehearsal over.
            }
        }

        @Override
        public void close() throws IOException {
            connections.closeAll();
            out.close();
        }
    }
}
