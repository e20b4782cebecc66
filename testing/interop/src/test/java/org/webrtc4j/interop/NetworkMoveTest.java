package org.webrtc4j.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.webrtc4j.testkit.peer.Peer;
import org.webrtc4j.testkit.peer.ProcessPeer;

/** One side leaves its network for another while data flows both ways, in the namespaces of a real kernel. */
@Timeout(180)
class NetworkMoveTest {

    private static final int SECONDS = 60;
    private static final String ROUTER = "router";
    private static final String MOVING = "moving";
    private static final String STAYING = "staying";

    @BeforeEach
    void needsNamespaces() {
        if (!NetworkNamespaces.available()) {
            System.out.println("SKIPPED: moving between networks needs root, iproute2 and nftables");
            Assumptions.abort("needs root, iproute2 and nftables");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSideThatGathersContinuallyMovesWithoutANewDescription(boolean offererMoves) throws Exception {
        try (NetworkNamespaces networks = networks();
                Peer mover = peer(networks, MOVING, true);
                Peer stayer = peer(networks, STAYING, true)) {
            Peer offerer = offererMoves ? mover : stayer;
            flow(offerer, offererMoves ? stayer : mover);

            move(networks);
            long millis = recovery(mover, stayer);

            System.out.printf(
                    "the %s moved to another network: data flowed again after %d ms, no new description%n",
                    offererMoves ? "controlling side" : "controlled side", millis);
            assertThat(end(mover, stayer)).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSideThatGathersOnceMovesByARestart(boolean offererMoves) throws Exception {
        try (NetworkNamespaces networks = networks();
                Peer mover = peer(networks, MOVING, false);
                Peer stayer = peer(networks, STAYING, false)) {
            Peer offerer = offererMoves ? mover : stayer;
            flow(offerer, offererMoves ? stayer : mover);

            move(networks);
            mover.command("mark");
            stayer.command("mark");
            long begin = System.nanoTime();
            awaitState(mover, "disconnected");
            long noticed = (System.nanoTime() - begin) / 1_000_000;
            mover.command("restart");
            long millis = awaitRecovered(mover, stayer);

            System.out.printf(
                    "the %s moved to another network: disconnected after %d ms, by a restart data flowed again after %d ms%n",
                    offererMoves ? "controlling side" : "controlled side", noticed, millis);
            assertThat(end(mover, stayer)).isEqualTo(4);
        }
    }

    /** Two hosts, each a cable away from the router between them. */
    private static NetworkNamespaces networks() throws IOException {
        NetworkNamespaces networks = new NetworkNamespaces();
        try {
            networks.add(ROUTER);
            networks.run(ROUTER, "sysctl", "-qw", "net.ipv4.ip_forward=1");
            networks.add(MOVING);
            networks.cable(MOVING, "10.78.1.2", ROUTER, "10.78.1.1");
            networks.run(MOVING, "ip", "route", "add", "default", "via", "10.78.1.1");
            networks.add(STAYING);
            networks.cable(STAYING, "10.78.9.2", ROUTER, "10.78.9.1");
            networks.run(STAYING, "ip", "route", "add", "default", "via", "10.78.9.1");
        } catch (IOException e) {
            networks.close();
            throw e;
        }
        return networks;
    }

    /** The first address is gone, another network is there with another one. */
    private static void move(NetworkNamespaces networks) throws IOException {
        networks.run(MOVING, "ip", "address", "flush", "to", "10.78.1.2/32");
        networks.cable(MOVING, "10.78.2.2", ROUTER, "10.78.2.1");
        networks.run(MOVING, "ip", "route", "replace", "default", "via", "10.78.2.1");
    }

    private static Peer peer(NetworkNamespaces networks, String host, boolean continual) throws IOException {
        JsonObject config = new JsonObject();
        config.addProperty("continual", continual);
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                MovingPeer.class.getName());
        return new ProcessPeer(host, networks.inside(host, command), config);
    }

    private static void flow(Peer offerer, Peer answerer) throws InterruptedException {
        Peer.join(offerer, answerer);
        offerer.await("ready", SECONDS);
        answerer.await("ready", SECONDS);
        offerer.command("start");
        offerer.await("flowing", SECONDS);
        answerer.await("flowing", SECONDS);
    }

    private static long recovery(Peer mover, Peer stayer) throws InterruptedException {
        mover.command("mark");
        stayer.command("mark");
        return awaitRecovered(mover, stayer);
    }

    private static long awaitRecovered(Peer mover, Peer stayer) throws InterruptedException {
        long there = mover.await("recovered", SECONDS).get("ms").getAsLong();
        return Math.max(there, stayer.await("recovered", SECONDS).get("ms").getAsLong());
    }

    private static void awaitState(Peer peer, String state) throws InterruptedException {
        String said;
        do {
            said = peer.await("state", SECONDS).get("state").getAsString();
        } while (!said.equals(state));
    }

    /** All that was sent has arrived, once and in order; returns how many descriptions there were. */
    private static int end(Peer one, Peer other) throws InterruptedException {
        one.command("stop");
        other.command("stop");
        expect(other, one.await("stopped", SECONDS).get("sent").getAsLong());
        expect(one, other.await("stopped", SECONDS).get("sent").getAsLong());
        return one.await("result", SECONDS).get("descriptions").getAsInt()
                + other.await("result", SECONDS).get("descriptions").getAsInt();
    }

    private static void expect(Peer peer, long count) {
        JsonObject command = new JsonObject();
        command.addProperty("type", "cmd");
        command.addProperty("name", "expect");
        command.addProperty("count", count);
        peer.send(command);
    }
}
