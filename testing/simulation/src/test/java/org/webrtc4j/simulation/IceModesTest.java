package org.webrtc4j.simulation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.webrtc4j.RTCDataChannel;
import org.webrtc4j.RTCDataChannelState;
import org.webrtc4j.RTCIceCandidate;
import org.webrtc4j.RTCIceCandidatePairStats;
import org.webrtc4j.RTCIceGatheringState;
import org.webrtc4j.RTCIceRole;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.RTCPeerConnectionState;
import org.webrtc4j.RTCSessionDescription;
import org.webrtc4j.RTCStatsReport;
import org.webrtc4j.RuntimeBuilder;
import org.webrtc4j.testkit.Impairments;
import org.webrtc4j.testkit.Simulation;

/** Agents other than the ordinary one: with a pool, and lite. */
class IceModesTest {

    private static final Impairments QUICK = Impairments.NONE.withDelay(Duration.ofMillis(5));
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static void connect(SimulatedPeers peers, RTCDataChannel channel) {
        peers.negotiate();
        peers.simulation.time().runUntil(() -> channel.readyState() == RTCDataChannelState.OPEN, LIMIT);
        assertThat(peers.failures).isEmpty();
    }

    @Test
    void aPoolGathersBeforeAnyDescriptionAndItsCandidatesAreToldRightAfterTheFirst() {
        Simulation.run(3, simulation -> {
            Side pooling = Side.ofConfiguration(configuration -> configuration.iceCandidatePoolSize(1));
            SimulatedPeers peers = new SimulatedPeers(simulation, QUICK, pooling, Side.ORDINARY);
            List<String> events = new ArrayList<>();
            peers.offerer.onIceGatheringStateChange(
                    event -> events.add(peers.offerer.iceGatheringState().wireName()));
            peers.offerer.onIceCandidate(event -> events.add(name(event.candidate())));
            RTCDataChannel channel = peers.offerer.createDataChannel("channel");
            simulation.time().runFor(Duration.ofSeconds(1));

            assertThat(peers.offererPorts.openPorts()).isEqualTo(1);
            assertThat(peers.answererPorts.openPorts()).isZero();
            assertThat(peers.offerer.iceGatheringState()).isEqualTo(RTCIceGatheringState.NEW);
            assertThat(events).isEmpty();

            peers.negotiate();
            simulation.time().runFor(Duration.ofMillis(1));

            assertThat(events)
                    .containsExactly("gathering", "a candidate", "end of the generation", "complete", "end of all");
            assertThat(requireNonNull(peers.offerer.localDescription()).sdp())
                    .contains("a=candidate:", "a=end-of-candidates");
            simulation.time().runUntil(() -> channel.readyState() == RTCDataChannelState.OPEN, LIMIT);
            assertThat(peers.failures).isEmpty();
            assertThat(simulation.time().takeFailures()).isEmpty();
        });
    }

    private static String name(@Nullable RTCIceCandidate candidate) {
        if (candidate == null) {
            return "end of all";
        }
        return candidate.candidate().isEmpty() ? "end of the generation" : "a candidate";
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLiteAgentIsControlledByAFullOneWhoeverOffersAndNeverChecks(boolean liteOffers) {
        Simulation.run(4, simulation -> {
            Side lite = Side.ofRuntime((RuntimeBuilder builder) -> builder.iceLite(true));
            SimulatedPeers peers = liteOffers
                    ? new SimulatedPeers(simulation, QUICK, lite, Side.ORDINARY)
                    : new SimulatedPeers(simulation, QUICK, Side.ORDINARY, lite);
            RTCPeerConnection server = liteOffers ? peers.offerer : peers.answerer;
            RTCPeerConnection client = liteOffers ? peers.answerer : peers.offerer;
            connect(peers, peers.offerer.createDataChannel("channel"));
            // Longer than consent lives (RFC 7675): the full side's checks renew it on both.
            simulation.time().runFor(Duration.ofMinutes(2));

            assertThat(text(server.localDescription())).contains("a=ice-lite");
            assertThat(text(client.localDescription())).doesNotContain("a=ice-lite");
            assertThat(role(server)).isEqualTo(RTCIceRole.CONTROLLED);
            assertThat(role(client)).isEqualTo(RTCIceRole.CONTROLLING);
            assertThat(server.connectionState()).isEqualTo(RTCPeerConnectionState.CONNECTED);
            assertThat(client.connectionState()).isEqualTo(RTCPeerConnectionState.CONNECTED);
            assertThat(sum(peers, server, RTCIceCandidatePairStats::requestsSent))
                    .isZero();
            assertThat(sum(peers, server, RTCIceCandidatePairStats::requestsReceived))
                    .isPositive();
            assertThat(simulation.time().takeFailures()).isEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFullAgentRestartsIceWithALiteOneWhoeverOffered(boolean liteOffers) {
        Simulation.run(5, simulation -> {
            Side lite = Side.ofRuntime((RuntimeBuilder builder) -> builder.iceLite(true));
            SimulatedPeers peers = liteOffers
                    ? new SimulatedPeers(simulation, QUICK, lite, Side.ORDINARY)
                    : new SimulatedPeers(simulation, QUICK, Side.ORDINARY, lite);
            RTCDataChannel channel = peers.offerer.createDataChannel("channel");
            connect(peers, channel);
            String before = text(peers.offerer.localDescription());
            List<String> arrived = new ArrayList<>();
            peers.answerer.onDataChannel(event -> event.channel().onMessage(message -> arrived.add(message.text())));

            peers.offerer.restartIce();
            connect(peers, channel);
            simulation.time().runFor(Duration.ofMinutes(1));
            RTCDataChannel second = peers.offerer.createDataChannel("second");
            second.onOpen(event -> second.send("after the restart"));
            simulation.time().runUntil(() -> !arrived.isEmpty(), LIMIT);

            assertThat(ufrag(text(peers.offerer.localDescription()))).isNotEqualTo(ufrag(before));
            assertThat(arrived).containsExactly("after the restart");
            assertThat(simulation.time().takeFailures()).isEmpty();
        });
    }

    private static String text(@Nullable RTCSessionDescription description) {
        return requireNonNull(description).sdp();
    }

    private static String ufrag(String sdp) {
        return sdp.lines()
                .filter(line -> line.startsWith("a=ice-ufrag:"))
                .findFirst()
                .orElseThrow();
    }

    private static RTCIceRole role(RTCPeerConnection connection) {
        return requireNonNull(connection.sctp()).transport().iceTransport().role();
    }

    private static long sum(
            SimulatedPeers peers, RTCPeerConnection connection, ToLongFunction<RTCIceCandidatePairStats> member) {
        CompletableFuture<RTCStatsReport> report = connection.getStats();
        peers.simulation.time().runUntil(report::isDone, Duration.ofMillis(1));
        return report.join()
                .all(RTCIceCandidatePairStats.class)
                .mapToLong(member)
                .sum();
    }
}
