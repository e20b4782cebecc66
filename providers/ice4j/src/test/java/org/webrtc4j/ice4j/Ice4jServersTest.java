package org.webrtc4j.ice4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.webrtc4j.ice.IceAgentFactory;
import org.webrtc4j.ice.IceAgentOptions;
import org.webrtc4j.ice.IceCandidateError;
import org.webrtc4j.ice.IceCandidateType;
import org.webrtc4j.ice.IceGatheringState;
import org.webrtc4j.ice.IceServer;
import org.webrtc4j.ice.PeerFilter;
import org.webrtc4j.ice.contract.RealLoopAgents;
import org.webrtc4j.ice.port.NettyEventLoops;
import org.webrtc4j.ice.port.NettyPorts;
import org.webrtc4j.ice.port.PortIceAgents;
import org.webrtc4j.ice.port.Transport;
import org.webrtc4j.ice.simulation.IcePeer;
import org.webrtc4j.ice.simulation.IceSession;
import org.webrtc4j.testkit.Simulation;
import org.webrtc4j.turnserver.TurnServer;
import org.webrtc4j.turnserver.engine.TurnCredentials;

/** ice4j's agents and our STUN and TURN server, over loopback. */
class Ice4jServersTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final Duration SIGNALLING = Duration.ofMillis(5);
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final NettyEventLoops loops = NettyEventLoops.create(2, Transport.NIO);
    private final TurnServer server = TurnServer.builder(
                    loops, "example.org", TurnCredentials.ofUsers(Map.of("alice", "secret")))
            .udp(new InetSocketAddress(LOOPBACK, 0))
            .relay(LOOPBACK)
            .options(options -> options.withPeers(new PeerFilter(true, true, true)))
            .start();

    @AfterEach
    void end() {
        server.close();
        loops.close();
    }

    private IceAgentOptions options(String scheme, String password, String query) {
        String url = scheme + ":127.0.0.1:" + server.udpAddresses().get(0).getPort() + query;
        return new IceAgentOptions(
                "peer", List.of(new IceServer(List.of(url), "alice", password)), false, false, true, Optional.empty());
    }

    private IceAgentFactory agents(Simulation simulation, boolean ours) {
        IceAgentFactory factory = ours
                ? PortIceAgents.builder(NettyPorts.builder(loops)
                                .bind(LOOPBACK)
                                .dedicated()
                                .build())
                        .build()
                : Ice4jAgents.builder().bind(LOOPBACK).build();
        return new RealLoopAgents(simulation.time(), loops::next, factory);
    }

    @ParameterizedTest(name = "the default agent offers: {0}")
    @ValueSource(booleans = {true, false})
    void relayedCandidatesCarryData(boolean weOffer) {
        Simulation.run(1, simulation -> {
            IceAgentOptions relay = options("turn", "secret", "");
            IceSession session = new IceSession(
                    simulation.time(), agents(simulation, weOffer), relay, agents(simulation, !weOffer), relay);
            session.offerer().relayOnly();
            session.answerer().relayOnly();
            session.negotiate(SIGNALLING).awaitConnected(LIMIT);
            session.exchangeData("relayed", LIMIT);
            for (IcePeer each : List.of(session.offerer(), session.answerer())) {
                assertThat(each.candidates()).isNotEmpty().allSatisfy(candidate -> {
                    assertThat(candidate.type()).isEqualTo(IceCandidateType.RELAYED);
                    assertThat(candidate.url()).startsWith("turn:127.0.0.1");
                });
                assertThat(each.errors()).isEmpty();
            }
            session.close();
        });
    }

    private List<IceCandidateError> errors(IceAgentOptions options) {
        List<IceCandidateError> errors = new ArrayList<>();
        Simulation.run(1, simulation -> {
            IcePeer peer = new IcePeer(simulation.time(), "peer", agents(simulation, false), options);
            peer.gather();
            simulation.time().runUntil(() -> peer.gatheringStates().contains(IceGatheringState.COMPLETE), LIMIT);
            errors.addAll(peer.errors());
            peer.close();
        });
        return errors;
    }

    @Test
    void aStunServerThatSeesNothingNewIsNoError() {
        assertThat(errors(options("stun", "", ""))).isEmpty();
    }

    @Test
    void aWrongPasswordIsToldWithTheCodeOfTheServer() {
        assertThat(errors(options("turn", "wrong", "")))
                .singleElement()
                .extracting(IceCandidateError::errorCode)
                .isEqualTo(401);
    }

    @Test
    void serversByTcpAreRefusedWith701() {
        assertThat(errors(options("turn", "secret", "?transport=tcp")))
                .singleElement()
                .satisfies(error -> {
                    assertThat(error.errorCode()).isEqualTo(701);
                    assertThat(error.errorText()).contains("UDP only");
                });
    }
}
