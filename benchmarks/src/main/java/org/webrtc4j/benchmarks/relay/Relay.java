package org.webrtc4j.benchmarks.relay;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.webrtc4j.testkit.UdpImpairmentRelay.Side;
import org.webrtc4j.testkit.peer.ProcessPeer;

/** A relay's process, as seen from here. */
final class Relay implements AutoCloseable {

    private static final int WAIT_SECONDS = 60;
    private static final long SEED = 1;

    private final ProcessPeer process;

    /**
     * Counters since its start.
     *
     * @param delivered packets passed on
     * @param lost packets lost as the path wants it
     * @param overflowed packets dropped because too many were under way
     * @param refused packets that the system would not send
     */
    record Stats(long delivered, long lost, long overflowed, long refused) {

        /** What was dropped though the path did not want it. */
        long unwanted() {
            return overflowed + refused;
        }
    }

    private Relay(ProcessPeer process) {
        this.process = process;
    }

    /** Starts one; the compiler that would make it a little faster shall not compete with the peers. */
    static Relay start(RelayPath path, InetAddress bind) throws IOException, InterruptedException {
        JsonObject config = new JsonObject();
        config.addProperty("bind", bind.getHostAddress());
        config.addProperty("rttMillis", path.rttMillis());
        config.addProperty("loss", path.loss());
        config.addProperty("seed", SEED);
        ProcessPeer process = new ProcessPeer(
                "relay",
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RelayProcess.class.getName()),
                config);
        process.await("ready", WAIT_SECONDS);
        return new Relay(process);
    }

    ProcessHandle process() {
        return process.process();
    }

    /** What stands for an address of one side towards the other. Called by the threads that read what peers say. */
    synchronized InetSocketAddress present(Side side, InetSocketAddress real) throws InterruptedException {
        JsonObject wish = new JsonObject();
        wish.addProperty("side", side.name());
        wish.addProperty("host", real.getAddress().getHostAddress());
        wish.addProperty("port", real.getPort());
        process.send(wish);
        JsonObject shown = process.await("presented", WAIT_SECONDS);
        return new InetSocketAddress(
                shown.get("host").getAsString(), shown.get("port").getAsInt());
    }

    synchronized Stats stats() throws InterruptedException {
        process.send(new JsonObject());
        JsonObject stats = process.await("stats", WAIT_SECONDS);
        return new Stats(
                stats.get("delivered").getAsLong(),
                stats.get("lost").getAsLong(),
                stats.get("overflowed").getAsLong(),
                stats.get("refused").getAsLong());
    }

    @Override
    public void close() {
        process.close();
    }
}
