package org.webrtc4j.benchmarks.ice;

import com.google.gson.JsonObject;
import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Map;
import org.webrtc4j.testkit.peer.Peer;

/**
 * {@code ice [STORM [SESSIONS]]}: agents of one server process on one UDP port, the clients in another process with a port
 * each. First a storm of sessions at once, on a server that has seen few; then as many sessions as asked for, in steps, held.
 */
public final class IceCommand {

    private static final int WARM_UP = 200;
    private static final int STEP = 500;
    private static final int LOOPS = 2;
    private static final int CLIENT_SECONDS = 150;
    private static final double MILLIS = 1e6;

    private IceCommand() {}

    /**
     * What was measured.
     *
     * @param sessions how many were connected at the end
     * @param stormMillis from the first check of the storm to its last pair
     * @param stormCpuMillis of the server's process meanwhile, compilers and collector included
     * @param heapBytes of the server for each session, after a collection
     * @param threadsBefore of the server, with a few sessions
     * @param threads with all sessions
     * @param descriptorsBefore of the server, with a few sessions; -1 where the system does not tell
     * @param descriptors with all sessions
     * @param drops packets that the server's ports dropped, by reason
     */
    public record Result(
            int sessions,
            double stormMillis,
            double stormCpuMillis,
            long heapBytes,
            int threadsBefore,
            int threads,
            long descriptorsBefore,
            long descriptors,
            Map<String, Long> drops) {}

    /**
     * Measures and prints.
     *
     * @param storm sessions that connect at once
     * @param sessions sessions that are held at once
     * @return what was measured
     * @throws Exception when sessions do not connect
     */
    public static Result run(int storm, int sessions) throws Exception {
        int port = freePort();
        try (IceSessions server = IceSessions.server(LOOPS, port);
                Peer clients = IceClientProcess.start(port)) {
            connect(server, clients, 0, Math.min(WARM_UP, sessions));
            int threadsBefore = ManagementFactory.getThreadMXBean().getThreadCount();
            long descriptorsBefore = descriptors();
            end(server, clients);

            IceSessions.Batch batch = server.begin(0, storm);
            long cpu = cpuNanos();
            double stormMillis = tell(clients, 0, storm) / MILLIS;
            batch.await();
            double stormCpuMillis = (cpuNanos() - cpu) / MILLIS;
            end(server, clients);

            long heapBefore = heap();
            for (int from = 0; from < sessions; from += STEP) {
                connect(server, clients, from, Math.min(sessions, from + STEP));
            }
            Result result = new Result(
                    sessions,
                    stormMillis,
                    stormCpuMillis,
                    (heap() - heapBefore) / sessions,
                    threadsBefore,
                    ManagementFactory.getThreadMXBean().getThreadCount(),
                    descriptorsBefore,
                    descriptors(),
                    server.ports().stats().drops());
            print(storm, result);
            return result;
        }
    }

    private static void print(int storm, Result result) {
        System.out.printf(
                "storm      %d sessions at once: %.0f ms, server CPU %.0f ms (%.3f ms each)%n",
                storm, result.stormMillis(), result.stormCpuMillis(), result.stormCpuMillis() / storm);
        System.out.printf(
                "held       %d sessions on one UDP port: %d bytes of heap each%n",
                result.sessions(), result.heapBytes());
        System.out.printf(
                "           threads %d (%d with %d sessions), descriptors %d (%d)%n",
                result.threads(), result.threadsBefore(), WARM_UP, result.descriptors(), result.descriptorsBefore());
        System.out.println("           dropped by the ports " + result.drops());
    }

    private static void connect(IceSessions server, Peer clients, int from, int to) throws Exception {
        IceSessions.Batch batch = server.begin(from, to);
        tell(clients, from, to);
        batch.await();
    }

    private static long tell(Peer clients, int from, int to) throws Exception {
        JsonObject wish = new JsonObject();
        wish.addProperty("from", from);
        wish.addProperty("to", to);
        clients.send(wish);
        return clients.await("connected", CLIENT_SECONDS).get("nanos").getAsLong();
    }

    private static void end(IceSessions server, Peer clients) throws Exception {
        JsonObject wish = new JsonObject();
        wish.addProperty("end", true);
        clients.send(wish);
        clients.await("ended", CLIENT_SECONDS);
        server.end();
    }

    private static int freePort() throws SocketException {
        try (DatagramSocket probe = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            return probe.getLocalPort();
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private static long descriptors() {
        UnixOperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class);
        return system == null ? -1 : system.getOpenFileDescriptorCount();
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
