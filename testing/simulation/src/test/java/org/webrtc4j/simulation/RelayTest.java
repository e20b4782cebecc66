package org.webrtc4j.simulation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.webrtc4j.RTCConfiguration;
import org.webrtc4j.RTCDataChannel;
import org.webrtc4j.RTCDataChannelState;
import org.webrtc4j.RTCIceServer;
import org.webrtc4j.RTCIceTransportPolicy;
import org.webrtc4j.RTCPeerConnectionState;
import org.webrtc4j.testkit.Impairments;
import org.webrtc4j.testkit.NatBehaviour;
import org.webrtc4j.testkit.Simulation;
import org.webrtc4j.testkit.VirtualNetwork;
import org.webrtc4j.turnserver.engine.TurnCredentials;
import org.webrtc4j.turnserver.engine.TurnServerOptions;
import org.webrtc4j.turnserver.simulation.VirtualTurnServer;

/** Whole connections whose only way is a TURN server. */
class RelayTest {

    private static final Impairments QUICK = Impairments.NONE.withDelay(Duration.ofMillis(5));
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final RTCIceServer SERVER = RTCIceServer.builder()
            .urls("turn:198.51.100.1")
            .username("alice")
            .credential("secret")
            .build();

    private static VirtualTurnServer server(Simulation simulation, VirtualNetwork network) {
        return new VirtualTurnServer(
                simulation,
                network.host("turn", "198.51.100.1"),
                TurnServerOptions.of("example.org", TurnCredentials.ofUsers(Map.of("alice", "secret"))));
    }

    private static void exchange(SimulatedPeers peers) {
        List<String> received = new ArrayList<>();
        peers.answerer.onDataChannel(event -> event.channel().onMessage(message -> received.add(message.text())));
        RTCDataChannel channel = peers.offerer.createDataChannel("channel");
        peers.negotiate();
        peers.simulation.time().runUntil(() -> channel.readyState() == RTCDataChannelState.OPEN, LIMIT);
        for (int i = 0; i < 100; i++) {
            channel.send("message " + i);
        }
        peers.simulation.time().runUntil(() -> received.size() == 100, LIMIT);
        assertThat(received).first().isEqualTo("message 0");
        assertThat(peers.failures).isEmpty();
    }

    @Test
    void peersBehindNatsThatLetNobodyInExchangeMessagesThroughTheServer() {
        Simulation.run(1, simulation -> {
            VirtualNetwork network = simulation.newNetwork(QUICK);
            VirtualTurnServer turn = server(simulation, network);
            Side withServer = Side.ofConfiguration(configuration -> configuration.iceServer(SERVER));
            SimulatedPeers peers = new SimulatedPeers(
                    simulation,
                    network,
                    open -> open.nat("203.0.113.1", NatBehaviour.SYMMETRIC).host("offerer", "10.0.1.2"),
                    withServer,
                    open -> open.nat("203.0.113.2", NatBehaviour.SYMMETRIC).host("answerer", "10.0.2.2"),
                    withServer);
            exchange(peers);
            assertThat(turn.stats().bytesToPeers()).isPositive();
            peers.offerer.close();
            peers.answerer.close();
            simulation.time().runFor(Duration.ofSeconds(5));
            assertThat(turn.stats().allocations()).isZero();
            assertThat(simulation.time().takeFailures()).isEmpty();
        });
    }

    @Test
    void withTheTransportPolicyRelayNothingElseIsInTheDescriptionOrOnTheWay() {
        Simulation.run(2, simulation -> {
            VirtualNetwork network = simulation.newNetwork(QUICK);
            VirtualTurnServer turn = server(simulation, network);
            Side relayOnly = Side.ofConfiguration((RTCConfiguration.Builder configuration) ->
                    configuration.iceServer(SERVER).iceTransportPolicy(RTCIceTransportPolicy.RELAY));
            SimulatedPeers peers = new SimulatedPeers(
                    simulation,
                    network,
                    open -> open.host("offerer", "192.0.2.1"),
                    relayOnly,
                    open -> open.host("answerer", "192.0.2.2"),
                    relayOnly);
            exchange(peers);
            assertThat(peers.offerer.connectionState()).isEqualTo(RTCPeerConnectionState.CONNECTED);
            String description =
                    requireNonNull(peers.offerer.localDescription()).sdp();
            assertThat(description.lines().filter(line -> line.startsWith("a=candidate:")))
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line).contains(" typ relay raddr 0.0.0.0 rport 0"));
            assertThat(description).doesNotContain("192.0.2.1");
            assertThat(turn.stats().allocations()).isEqualTo(2);
            peers.offerer.close();
            peers.answerer.close();
            simulation.time().runFor(Duration.ofSeconds(5));
            assertThat(turn.stats().allocations()).isZero();
            assertThat(simulation.time().takeFailures()).isEmpty();
        });
    }
}
