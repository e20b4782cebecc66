package org.webrtc4j.benchmarks.ice;

import com.google.gson.JsonArray;
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
 * each. First a storm of sessions at once, on a server that has seen one before; then as many sessions as asked for, in steps,
 * held. At last the same storm on agents of ice4j, after one as well, with the same clients.
 */
public final class IceCommand {

    private static final int WARM_UP = 200;
    private static final int STEP = 500;
    private static final int LOOPS = 2;
    private static final int CLIENT_SECONDS = 150;
    private static final int STORM_SECONDS = 60;
    private static final double MILLIS = 1e6;

    private IceCommand() {}

    /**
     * Sessions that connect at once.
     *
     * @param sessions how many began
     * @param connected how many had connected when the time was over
     * @param millis from the first check to the last pair
     * @param cpuMillis of the server's process meanwhile, compilers and collector included
     * @param threads of the server then
     */
    public record Storm(int sessions, int connected, double millis, double cpuMillis, int threads) {}

    /**
     * Sessions that are held on one port.
     *
     * @param sessions how many were connected at the end
     * @param heapBytes of the server for each session, after a collection
     * @param threadsBefore of the server, with a few sessions
     * @param threads with all sessions
     * @param descriptorsBefore of the server, with a few sessions; -1 where the system does not tell
     * @param descriptors with all sessions
     * @param drops packets that the server's ports dropped, by reason
     */
    public record Held(
            int sessions,
            long heapBytes,
            int threadsBefore,
            int threads,
            long descriptorsBefore,
            long descriptors,
            Map<String, Long> drops) {}

    /**
     * What was measured.
     *
     * @param storm sessions at once on our agents
     * @param held sessions held by them
     * @param ice4j as many at once on agents of ice4j
     */
    public record Result(Storm storm, Held held, Storm ice4j) {}

    /**
     * Measures and prints.
     *
     * @param storm sessions that connect at once
     * @param sessions sessions that are held at once
     * @return what was measured
     * @throws Exception when sessions of ours do not connect
     */
    public static Result run(int storm, int sessions) throws Exception {
        int few = Math.min(WARM_UP, sessions);
        try (Peer clients = IceClientProcess.start()) {
            Storm ours;
            Held held;
            try (IceSessions server = IceSessions.server(LOOPS, freePort())) {
                connect(server, clients, 0, few);
                int threadsBefore = threads();
                long descriptorsBefore = descriptors();
                end(server, clients);
                storm(server, clients, storm);
                ours = storm(server, clients, storm);
                print("storm", ours);
                if (ours.connected() < storm) {
                    throw new IllegalStateException(storm - ours.connected() + " sessions have not connected");
                }
                held = hold(server, clients, sessions, threadsBefore, descriptorsBefore);
                print(held);
            }
            try (IceSessions server = IceSessions.ice4jServer(LOOPS)) {
                storm(server, clients, storm);
                Storm theirs = storm(server, clients, storm);
                print("ice4j", theirs);
                return new Result(ours, held, theirs);
            }
        }
    }

    private static Held hold(IceSessions server, Peer clients, int sessions, int threadsBefore, long descriptorsBefore)
            throws Exception {
        long heapBefore = heap();
        for (int from = 0; from < sessions; from += STEP) {
            connect(server, clients, from, Math.min(sessions, from + STEP));
        }
        Held held = new Held(
                sessions,
                (heap() - heapBefore) / sessions,
                threadsBefore,
                threads(),
                descriptorsBefore,
                descriptors(),
                server.drops());
        end(server, clients);
        return held;
    }

    private static Storm storm(IceSessions server, Peer clients, int sessions) throws Exception {
        IceSessions.Batch batch = server.begin(0, sessions);
        long cpu = cpuNanos();
        JsonObject answer = tell(clients, 0, batch);
        int connected = batch.await(1);
        double cpuMillis = (cpuNanos() - cpu) / MILLIS;
        int threads = threads();
        end(server, clients);
        return new Storm(
                sessions,
                Math.min(connected, answer.get("count").getAsInt()),
                answer.get("nanos").getAsLong() / MILLIS,
                cpuMillis,
                threads);
    }

    private static void print(String name, Storm storm) {
        System.out.printf(
                "%-10s %d of %d sessions at once: %.0f ms, server CPU %.0f ms (%.3f ms each), %d threads%n",
                name,
                storm.connected(),
                storm.sessions(),
                storm.millis(),
                storm.cpuMillis(),
                storm.cpuMillis() / storm.sessions(),
                storm.threads());
    }

    private static void print(Held held) {
        System.out.printf(
                "held       %d sessions on one UDP port: %d bytes of heap each%n", held.sessions(), held.heapBytes());
        System.out.printf(
                "           threads %d (%d with %d sessions), descriptors %d (%d)%n",
                held.threads(), held.threadsBefore(), WARM_UP, held.descriptors(), held.descriptorsBefore());
        System.out.println("           dropped by the ports " + held.drops());
    }

    private static void connect(IceSessions server, Peer clients, int from, int to) throws Exception {
        IceSessions.Batch batch = server.begin(from, to);
        tell(clients, from, batch);
        batch.await();
    }

    private static JsonObject tell(Peer clients, int from, IceSessions.Batch batch) throws Exception {
        JsonObject wish = new JsonObject();
        wish.addProperty("from", from);
        wish.addProperty("seconds", STORM_SECONDS);
        JsonArray ports = new JsonArray();
        batch.ports().forEach(ports::add);
        wish.add("ports", ports);
        clients.send(wish);
        return clients.await("connected", CLIENT_SECONDS);
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

    private static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
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
