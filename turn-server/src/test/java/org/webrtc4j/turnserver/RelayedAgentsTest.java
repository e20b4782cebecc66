package org.webrtc4j.turnserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.webrtc4j.ice.IceAgentOptions;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.IceCandidateType;
import org.webrtc4j.ice.IceGatheringState;
import org.webrtc4j.ice.IceServer;
import org.webrtc4j.ice.IceState;
import org.webrtc4j.ice.port.PortIceAgents;
import org.webrtc4j.ice.simulation.HolePunching;
import org.webrtc4j.ice.simulation.IcePeer;
import org.webrtc4j.ice.simulation.IceSession;
import org.webrtc4j.ice.simulation.VirtualPorts;
import org.webrtc4j.testkit.Impairments;
import org.webrtc4j.testkit.NatBehaviour;
import org.webrtc4j.testkit.NatBehaviour.Dependence;
import org.webrtc4j.testkit.Seeds;
import org.webrtc4j.testkit.Simulation;
import org.webrtc4j.testkit.VirtualHost;
import org.webrtc4j.testkit.VirtualNetwork;
import org.webrtc4j.turnserver.engine.TurnCredentials;
import org.webrtc4j.turnserver.engine.TurnServerOptions;
import org.webrtc4j.turnserver.simulation.VirtualTurnServer;

/** Agents that cannot meet without a relay, and our server between them, in virtual time. */
class RelayedAgentsTest {

    private static final Duration SIGNALLING = Duration.ofMillis(30);
    private static final Duration SOON = Duration.ofSeconds(8);
    private static final String URL = "turn:198.51.100.1:3478";

    /** A server, and agents behind NATs. */
    private static final class World {
        final Simulation simulation;
        final VirtualNetwork network;
        final VirtualHost relay;
        final VirtualTurnServer server;
        final List<VirtualPorts> ports = new ArrayList<>();

        World(Simulation simulation, Impairments impairments, UnaryOperator<TurnServerOptions> options) {
            this.simulation = simulation;
            network = simulation.newNetwork(impairments);
            TurnCredentials users = TurnCredentials.ofUsers(Map.of("alice", "secret"));
            relay = network.host("turn", "198.51.100.1");
            server =
                    new VirtualTurnServer(simulation, relay, options.apply(TurnServerOptions.of("example.org", users)));
        }

        World(Simulation simulation) {
            this(simulation, Impairments.NONE.withDelay(Duration.ofMillis(10)), options -> options);
        }

        VirtualHost behind(NatBehaviour behaviour, int number) {
            return network.nat("203.0.113." + number, behaviour).host("inside" + number, "10.0." + number + ".2");
        }

        PortIceAgents agents(VirtualHost host) {
            VirtualPorts made = new VirtualPorts(host);
            ports.add(made);
            return PortIceAgents.builder(made)
                    .random(simulation.newRandom(host.toString()))
                    .serverNames((name, loop, answer) -> loop.execute(() -> answer.accept(
                            name.equals("turn.example.org")
                                    ? List.<InetAddress>of(server.address().getAddress())
                                    : List.of())))
                    .build();
        }

        IceSession session(VirtualHost one, VirtualHost two, IceAgentOptions options) {
            return new IceSession(simulation.time(), agents(one), options, agents(two), options);
        }

        void end(IceSession session) {
            session.close();
            simulation.time().runFor(Duration.ofSeconds(5));
            assertThat(server.stats().allocations()).isZero();
            server.close();
            simulation.time().runUntilIdle(Duration.ofSeconds(60));
            assertThat(ports.stream().mapToInt(VirtualPorts::openPorts).sum()).isZero();
            assertThat(server.openRelays()).isZero();
            assertThat(session.offerer().loop().armedTimers()).isZero();
        }
    }

    private static IceAgentOptions with(String password, String... urls) {
        return new IceAgentOptions(
                "agent",
                List.of(new IceServer(List.of(urls), "alice", password)),
                false,
                true,
                false,
                Optional.empty());
    }

    private static IceAgentOptions turn() {
        return with("secret", URL);
    }

    static Stream<Arguments> nats() {
        List<NatBehaviour> all = new ArrayList<>();
        for (Dependence mapping : Dependence.values()) {
            for (Dependence filtering : Dependence.values()) {
                all.add(NatBehaviour.of(mapping, filtering));
            }
        }
        return all.stream().flatMap(one -> all.stream().map(two -> Arguments.of(one, two)));
    }

    @ParameterizedTest
    @MethodSource("nats")
    void withARelayEveryPairOfNatsConnects(NatBehaviour one, NatBehaviour two) {
        Simulation.run(1, simulation -> {
            World world = new World(simulation);
            IceSession session = world.session(world.behind(one, 1), world.behind(two, 2), turn());
            session.negotiate(SIGNALLING);
            session.awaitConnected(SOON);
            session.exchangeData("x", SOON);
            simulation.time().runFor(SOON);
            HolePunching direct = new HolePunching(one, two);
            if (direct.succeeds()) {
                assertThat(session.offerer().selectedTypes()).isEqualTo(direct.types());
            } else {
                assertThat(session.offerer().selectedTypes()).contains(IceCandidateType.RELAYED);
            }
            assertThat(session.answerer().selectedTypes())
                    .containsExactly(
                            session.offerer().selectedTypes().get(1),
                            session.offerer().selectedTypes().get(0));
            assertThat(session.offerer().states()).doesNotContain(IceState.DISCONNECTED);
            assertThat(session.answerer().states()).doesNotContain(IceState.DISCONNECTED);
            world.end(session);
        });
    }

    static LongStream seeds() {
        return Seeds.upTo(60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void withARelayAnyTwoNatsConnectAtAnyLossUpToHalfOfThePackets(long seed) {
        Simulation.run(seed, simulation -> {
            RandomGenerator random = simulation.newRandom("choice");
            Dependence[] all = Dependence.values();
            List<NatBehaviour> nats = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                nats.add(NatBehaviour.of(all[random.nextInt(all.length)], all[random.nextInt(all.length)]));
            }
            int step = (int) (seed % 6);
            Impairments delayed = Impairments.NONE.withDelay(Duration.ofMillis(1 + random.nextInt(60)));
            World world = new World(simulation, delayed.withLoss(1 - Math.sqrt(1 - step * 0.1)), options -> options);
            // From peer to peer as much is lost by the relay as without it.
            world.relay.setInbound(delayed);
            world.relay.setOutbound(delayed);
            IceSession session = world.session(world.behind(nats.get(0), 1), world.behind(nats.get(1), 2), turn());
            session.negotiate(SIGNALLING);
            session.awaitConnected(Duration.ofSeconds(step == 5 ? 60 : 40));
            assertThat(session.offerer().states()).doesNotContain(IceState.FAILED);
            assertThat(session.answerer().states()).doesNotContain(IceState.FAILED);
            session.close();
        });
    }

    @Test
    void twoSymmetricNatsMeetAtTheRelay() {
        Simulation.run(1, simulation -> {
            World world = new World(simulation);
            IceSession session = world.session(
                    world.behind(NatBehaviour.SYMMETRIC, 1), world.behind(NatBehaviour.SYMMETRIC, 2), turn());
            session.negotiate(SIGNALLING);
            session.awaitConnected(SOON);
            for (int i = 0; i < 20; i++) {
                session.exchangeData("text " + i, SOON);
                simulation.time().runFor(Duration.ofMinutes(1));
            }
            assertThat(session.offerer().selectedTypes()).contains(IceCandidateType.RELAYED);
            assertThat(world.server.stats().channels()).isPositive();
            assertThat(world.server.stats().packetsToPeers()).isPositive();
            IceCandidate relayed = session.offerer().candidates().stream()
                    .filter(each -> each.type() == IceCandidateType.RELAYED)
                    .findFirst()
                    .orElseThrow();
            assertThat(relayed.address()).isEqualTo("198.51.100.1");
            assertThat(relayed.relatedAddress()).isEqualTo("203.0.113.1");
            assertThat(relayed.url()).isEqualTo(URL);
            assertThat(relayed.relayProtocol()).isEqualTo("udp");
            world.end(session);
        });
    }

    @Test
    void theServerTellsReflexiveAddressesToo() {
        Simulation.run(1, simulation -> {
            World world = new World(simulation);
            IceSession session = world.session(
                    world.behind(NatBehaviour.FULL_CONE, 1), world.behind(NatBehaviour.FULL_CONE, 2), turn());
            session.negotiate(SIGNALLING);
            session.awaitConnected(SOON);
            simulation.time().runFor(SOON);
            assertThat(session.offerer().candidates())
                    .extracting(IceCandidate::type)
                    .contains(IceCandidateType.HOST, IceCandidateType.SERVER_REFLEXIVE, IceCandidateType.RELAYED);
            assertThat(session.offerer().selectedTypes()).doesNotContain(IceCandidateType.RELAYED);
            world.end(session);
        });
    }

    @Test
    void withThePolicyRelayNothingButRelayedCandidatesIsToldOrUsed() {
        Simulation.run(1, simulation -> {
            World world = new World(simulation);
            VirtualHost one = world.network.host("one", "192.0.2.1");
            VirtualHost two = world.network.host("two", "192.0.2.2");
            IceSession session = world.session(one, two, turn());
            session.offerer().relayOnly();
            session.answerer().relayOnly();
            session.negotiate(SIGNALLING);
            session.awaitConnected(SOON);
            session.exchangeData("x", SOON);
            for (IcePeer peer : List.of(session.offerer(), session.answerer())) {
                assertThat(peer.candidates()).isNotEmpty().allSatisfy(candidate -> {
                    assertThat(candidate.type()).isEqualTo(IceCandidateType.RELAYED);
                    assertThat(candidate.relatedAddress()).isEqualTo("0.0.0.0");
                });
                assertThat(peer.selectedTypes()).containsExactly(IceCandidateType.RELAYED, IceCandidateType.RELAYED);
            }
            world.end(session);
        });
    }

    @Test
    void oneSideWithARelayIsEnough() {
        Simulation.run(1, simulation -> {
            World world = new World(simulation);
            IceSession session = new IceSession(
                    simulation.time(),
                    world.agents(world.behind(NatBehaviour.SYMMETRIC, 1)),
                    turn(),
                    world.agents(world.behind(NatBehaviour.SYMMETRIC, 2)),
                    with("", "stun:198.51.100.1:3478"));
            session.offerer().relayOnly();
            session.negotiate(SIGNALLING);
            session.awaitConnected(SOON);
            session.exchangeData("x", SOON);
            assertThat(session.offerer().selectedTypes()).first().isEqualTo(IceCandidateType.RELAYED);
            // The other side's private address, which the server does not relay to.
            assertThat(session.offerer().drops("relayPeerRefused")).isPositive();
            world.end(session);
        });
    }

    @Test
    void aRestartKeepsTheRelayedAddress() {
        Simulation.run(1, simulation -> {
            World world = new World(simulation);
            IceSession session = world.session(
                    world.behind(NatBehaviour.SYMMETRIC, 1), world.behind(NatBehaviour.SYMMETRIC, 2), turn());
            session.negotiate(SIGNALLING);
            session.awaitConnected(SOON);
            long made = world.server.stats().allocationsMade();
            for (IcePeer peer : List.of(session.offerer(), session.answerer())) {
                peer.loop().run(() -> peer.agent().restart());
                peer.candidates().clear();
            }
            session.exchange(SIGNALLING);
            simulation.time().runFor(SOON);
            session.exchangeData("after", SOON);
            assertThat(session.offerer().candidates())
                    .extracting(IceCandidate::type)
                    .contains(IceCandidateType.RELAYED);
            assertThat(world.server.stats().allocationsMade()).isEqualTo(made);
            world.end(session);
        });
    }

    @Test
    void wrongCredentialsAreToldWith401AndASilentServerWith701() {
        Simulation.run(1, simulation -> {
            World world = new World(simulation);
            IceSession session = world.session(
                    world.network.host("one", "192.0.2.1"),
                    world.network.host("two", "192.0.2.2"),
                    with("guess", URL, "turn:192.0.2.99", "turns:turn.example.org", "turn:unknown.example.org"));
            session.offerer().gather();
            simulation.time().runFor(Duration.ofSeconds(12));
            assertThat(session.offerer().gatheringStates()).endsWith(IceGatheringState.COMPLETE);
            assertThat(session.offerer().errors()).hasSize(4);
            assertThat(session.offerer().errors()).anySatisfy(error -> {
                assertThat(error.errorCode()).isEqualTo(401);
                assertThat(error.url()).isEqualTo(URL);
                assertThat(error.address()).isEqualTo("192.0.2.1");
                assertThat(error.errorText()).isEqualTo("Unauthenticated");
            });
            assertThat(session.offerer().errors())
                    .filteredOn(error -> error.errorCode() == 701)
                    .hasSize(3);
            // It is asked on, and given up without another word.
            simulation.time().runFor(Duration.ofSeconds(60));
            assertThat(session.offerer().errors()).hasSize(4);
            assertThat(session.offerer().gatheringStates()).endsWith(IceGatheringState.COMPLETE);
            world.end(session);
        });
    }

    @Test
    void anErrorOfTheRelayPolicyNamesNoAddress() {
        Simulation.run(1, simulation -> {
            World world = new World(simulation);
            VirtualHost one = world.network.host("one", "192.0.2.1");
            IceSession session = world.session(one, world.network.host("two", "192.0.2.2"), with("guess", URL));
            session.offerer().relayOnly();
            session.offerer().gather();
            simulation.time().runFor(SOON);
            assertThat(session.offerer().errors()).singleElement().satisfies(error -> {
                assertThat(error.errorCode()).isEqualTo(401);
                assertThat(error.address()).isNull();
                assertThat(error.port()).isEqualTo(-1);
            });
            world.end(session);
        });
    }

    @Test
    void anAlternateServerIsFollowedOnce() {
        Simulation.run(1, simulation -> {
            InetSocketAddress other = new InetSocketAddress("198.51.100.2", VirtualTurnServer.PORT);
            World world = new World(
                    simulation,
                    Impairments.NONE.withDelay(Duration.ofMillis(10)),
                    options -> options.withAlternate(other));
            VirtualTurnServer second = new VirtualTurnServer(
                    simulation,
                    world.network.host("second", "198.51.100.2"),
                    TurnServerOptions.of("example.org", TurnCredentials.ofUsers(Map.of("alice", "secret"))));
            IceSession session = world.session(
                    world.behind(NatBehaviour.SYMMETRIC, 1), world.behind(NatBehaviour.SYMMETRIC, 2), turn());
            session.negotiate(SIGNALLING);
            session.awaitConnected(SOON);
            assertThat(second.stats().allocations()).isEqualTo(2);
            assertThat(session.offerer().errors()).isEmpty();
            session.close();
            simulation.time().runFor(SOON);
            second.close();
            world.end(session);
        });
    }

    @Test
    void aServerThatEndsEndsTheConnectionThroughIt() {
        Simulation.run(1, simulation -> {
            World world = new World(simulation);
            IceSession session = world.session(
                    world.behind(NatBehaviour.SYMMETRIC, 1), world.behind(NatBehaviour.SYMMETRIC, 2), turn());
            session.offerer().relayOnly();
            session.answerer().relayOnly();
            session.negotiate(SIGNALLING);
            session.awaitConnected(SOON);
            world.server.close();
            simulation.time().runUntil(() -> !session.offerer().isConnected(), Duration.ofMinutes(2));
            world.end(session);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 10})
    void lossDelaysButDoesNotPrevent(int percent) {
        List<Duration> times = new ArrayList<>();
        for (int seed = 1; seed <= 30; seed++) {
            Simulation.run(seed, simulation -> {
                World world = new World(
                        simulation,
                        Impairments.NONE.withDelay(Duration.ofMillis(20)).withLoss(percent / 100.0),
                        options -> options);
                IceSession session = world.session(
                        world.behind(NatBehaviour.SYMMETRIC, 1), world.behind(NatBehaviour.SYMMETRIC, 2), turn());
                session.negotiate(SIGNALLING);
                session.awaitConnected(Duration.ofSeconds(30));
                times.add(simulation.time().elapsed());
                session.close();
            });
        }
        Collections.sort(times);
        assertThat(times.get(times.size() / 2)).isLessThan(Duration.ofSeconds(6));
    }
}
