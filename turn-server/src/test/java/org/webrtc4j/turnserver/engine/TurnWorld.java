package org.webrtc4j.turnserver.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.webrtc4j.testkit.Impairments;
import org.webrtc4j.testkit.Simulation;
import org.webrtc4j.testkit.VirtualHost;
import org.webrtc4j.testkit.VirtualLoop;
import org.webrtc4j.testkit.VirtualNetwork;
import org.webrtc4j.testkit.VirtualSocket;
import org.webrtc4j.turnserver.simulation.VirtualTurnClient;
import org.webrtc4j.turnserver.simulation.VirtualTurnServer;

/** A server, a peer that answers, and clients of the server. */
final class TurnWorld {

    static final Duration SOON = Duration.ofSeconds(2);
    static final TurnCredentials USERS = TurnCredentials.ofUsers(Map.of("alice", "secret", "bob", "hidden"));

    final Simulation simulation;
    final VirtualNetwork network;
    final VirtualTurnServer server;
    final List<String> peerReceived = new ArrayList<>();
    final List<InetSocketAddress> peerSaw = new ArrayList<>();
    private final VirtualSocket peer;
    private final VirtualLoop peerLoop;
    private int clients;

    TurnWorld(Simulation simulation) {
        this(simulation, Impairments.NONE.withDelay(Duration.ofMillis(10)), options -> options);
    }

    TurnWorld(Simulation simulation, Impairments impairments, UnaryOperator<TurnServerOptions> options) {
        this.simulation = simulation;
        network = simulation.newNetwork(impairments);
        VirtualHost host = network.host("turn", "198.51.100.1", "2001:db8:100::1");
        server = new VirtualTurnServer(
                simulation,
                host,
                options.apply(TurnServerOptions.of("example.org", USERS).withFamilies(true, true)));
        peerLoop = simulation.newLoop("peer");
        VirtualHost peerHost = network.host("peer", "192.0.2.7", "2001:db8:7::7");
        peer = peerHost.bind(4_000, peerLoop, (from, packet, now) -> {
            peerReceived.add(UTF_8.decode(packet).toString());
            peerSaw.add(from);
        });
    }

    InetSocketAddress peer() {
        return peer.local();
    }

    void fromPeer(InetSocketAddress to, String text) {
        peerLoop.run(() -> peer.send(to, ByteBuffer.wrap(text.getBytes(UTF_8))));
    }

    VirtualTurnClient client(String username, String password) {
        clients++;
        VirtualHost host = network.host("client" + clients, "203.0.113." + clients);
        return new VirtualTurnClient(simulation, host, server.address(), username, password);
    }

    VirtualTurnClient allocated() {
        VirtualTurnClient client = client("alice", "secret");
        client.allocate();
        run(client::isAllocated);
        return client;
    }

    void run(BooleanSupplier until) {
        simulation.time().runUntil(until, Duration.ofSeconds(60));
    }

    void runFor(Duration duration) {
        simulation.time().runFor(duration);
    }

    /** Everything is given back. */
    void end(VirtualTurnClient... left) {
        for (VirtualTurnClient client : left) {
            client.close();
        }
        server.close();
        simulation.time().runUntilIdle(Duration.ofMinutes(2));
        if (server.openRelays() != 0) {
            throw new AssertionError("relayed addresses are left");
        }
    }
}
