package org.webrtc4j.ice.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.webrtc4j.ice.port.IceWorld.SIGNALLING;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.IceCandidateType;
import org.webrtc4j.ice.IceGatheringState;
import org.webrtc4j.ice.IceProtocol;
import org.webrtc4j.ice.IceRole;
import org.webrtc4j.ice.IceState;
import org.webrtc4j.ice.simulation.IcePeer;
import org.webrtc4j.ice.simulation.IceSession;
import org.webrtc4j.ice.simulation.VirtualPorts;
import org.webrtc4j.testkit.Impairments;
import org.webrtc4j.testkit.Nat;
import org.webrtc4j.testkit.NatBehaviour;
import org.webrtc4j.testkit.Seeds;
import org.webrtc4j.testkit.Simulation;
import org.webrtc4j.testkit.VirtualHost;

/** Two agents on a network that is not always kind. */
class ConnectivitySimulationTest {

    private static final Duration SOON = Duration.ofSeconds(3);

    static LongStream seeds() {
        return Seeds.upTo(100);
    }

    @Test
    void aCleanPathConnectsInAFewRoundTrips() {
        Simulation.run(1, simulation -> {
            IceWorld world = new IceWorld(simulation);
            IceSession session = world.session(
                    world.network().host("one", "192.0.2.1"), world.network().host("two", "192.0.2.2"));
            session.negotiate(SIGNALLING);
            session.awaitConnected(SOON);
            // Two messages of signalling, the answerer's check and its answer, a triggered one and its answer.
            assertThat(simulation.time().elapsed()).isLessThanOrEqualTo(Duration.ofMillis(2 * 30 + 4 * 20));
            session.exchangeData("x", SOON);
            world.end(session);
        });
    }

    @Test
    void dualStackHostsPreferIpv6() {
        Simulation.run(1, simulation -> {
            IceWorld world = new IceWorld(simulation);
            IceSession session = world.session(
                    world.network().host("one", "2001:db8::1", "192.0.2.1"),
                    world.network().host("two", "2001:db8::2", "192.0.2.2"));
            session.negotiate(SIGNALLING);
            session.awaitConnected(SOON);
            simulation.time().runFor(SOON);
            assertThat(session.offerer().selectedPair().orElseThrow().remote().address())
                    .contains(":");
            assertThat(session.answerer().selectedPair().orElseThrow().remote().address())
                    .contains(":");
            assertThat(session.offerer().agent().stats().pairs()).hasSize(2);
            world.end(session);
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void lossOf20PercentDoesNotKeepTwoHostsApart(long seed) {
        Simulation.run(seed, simulation -> connectUnder(simulation, 0.2));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void lossOf50PercentDoesNotKeepTwoHostsApart(long seed) {
        Simulation.run(seed, simulation -> connectUnder(simulation, 0.5));
    }

    private static void connectUnder(Simulation simulation, double loss) {
        // The loss is per packet, half of it on the way out and half on the way in.
        double each = 1 - Math.sqrt(1 - loss);
        Impairments impairments = Impairments.NONE
                .withDelay(Duration.ofMillis(15))
                .withReordering(Duration.ofMillis(10))
                .withDuplicates(0.05)
                .withLoss(each);
        IceWorld world = new IceWorld(simulation, impairments);
        IceSession session = world.session(
                world.network().host("one", "192.0.2.1"), world.network().host("two", "192.0.2.2"));
        session.negotiate(SIGNALLING);
        session.awaitConnected(Duration.ofSeconds(40));
        assertThat(session.offerer().states()).doesNotContain(IceState.FAILED);
        assertThat(session.answerer().states()).doesNotContain(IceState.FAILED);
        world.end(session);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void corruptedPacketsDoNoHarm(long seed) {
        Simulation.run(seed, simulation -> {
            Impairments impairments = Impairments.NONE
                    .withDelay(Duration.ofMillis(15))
                    .withCorruption(0.05, 0.05)
                    .withDuplicates(0.2);
            IceWorld world = new IceWorld(simulation, impairments);
            IceSession session = world.session(
                    world.network().host("one", "192.0.2.1"), world.network().host("two", "192.0.2.2"));
            session.negotiate(SIGNALLING);
            session.awaitConnected(Duration.ofSeconds(20));
            simulation.time().runFor(Duration.ofSeconds(60));
            assertThat(session.offerer().isConnected()).isTrue();
            world.end(session);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 2_000, 20_000})
    void trickleOfAnySpeedConnects(int millis) {
        Simulation.run(1, simulation -> {
            IceWorld world = new IceWorld(simulation);
            IceSession session = world.sessionWithStun(
                    world.network().host("one", "192.0.2.1"), world.hostBehind(NatBehaviour.PORT_RESTRICTED, 2));
            session.negotiate(Duration.ofMillis(millis));
            session.awaitConnected(Duration.ofSeconds(65));
            session.exchangeData("x", SOON);
            world.end(session);
        });
    }

    @Test
    void withoutTrickleDescriptionsWithAllCandidatesConnect() {
        Simulation.run(1, simulation -> {
            IceWorld world = new IceWorld(simulation);
            IceSession session = world.sessionWithStun(
                    world.hostBehind(NatBehaviour.PORT_RESTRICTED, 1),
                    world.hostBehind(NatBehaviour.PORT_RESTRICTED, 2));
            IcePeer offerer = session.offerer();
            IcePeer answerer = session.answerer();
            offerer.setRole(IceRole.CONTROLLING);
            answerer.setRole(IceRole.CONTROLLED);
            offerer.gather();
            simulation.time().runUntil(() -> offerer.gatheringStates().contains(IceGatheringState.COMPLETE), SOON);
            offerer.describeTo(answerer);
            offerer.tellCandidatesTo(answerer, true);
            answerer.gather();
            answerer.start();
            simulation.time().runUntil(() -> answerer.gatheringStates().contains(IceGatheringState.COMPLETE), SOON);
            answerer.describeTo(offerer);
            answerer.tellCandidatesTo(offerer, true);
            offerer.start();
            session.awaitConnected(Duration.ofSeconds(5));
            simulation
                    .time()
                    .runUntil(
                            () -> offerer.state() == IceState.COMPLETED && answerer.state() == IceState.COMPLETED,
                            Duration.ofSeconds(40));
            world.end(session);
        });
    }

    @Test
    void oneSideWithoutCandidatesIsFoundByItsChecks() {
        Simulation.run(1, simulation -> {
            IceWorld world = new IceWorld(simulation);
            IceSession session = world.session(
                    world.network().host("server", "192.0.2.1"), world.hostBehind(NatBehaviour.SYMMETRIC, 2));
            session.offerer().trickleTo(session.answerer(), SIGNALLING);
            session.offerer().setRole(IceRole.CONTROLLING);
            session.answerer().setRole(IceRole.CONTROLLED);
            session.exchange(SIGNALLING);
            session.awaitConnected(SOON);
            assertThat(session.offerer().selectedTypes())
                    .containsExactly(IceCandidateType.HOST, IceCandidateType.PEER_REFLEXIVE);
            assertThat(session.answerer().selectedTypes())
                    .containsExactly(IceCandidateType.PEER_REFLEXIVE, IceCandidateType.HOST);
            world.end(session);
        });
    }

    @Test
    void aForwardedPortIsReachedByItsAdvertisedAddress() {
        Simulation.run(1, simulation -> {
            IceWorld world = new IceWorld(simulation);
            Nat container = world.network().nat("203.0.113.1", NatBehaviour.PORT_RESTRICTED);
            VirtualHost inside = container.host("container", "172.17.0.2");
            VirtualPorts ports = world.ports(inside).fixedPort(5000).advertise("203.0.113.1", 40_000, true);
            container.forward(40_000, new InetSocketAddress(inside.addresses().get(0), 5000));
            IceSession session = new IceSession(
                    simulation.time(),
                    world.agents("container", ports),
                    IceWorld.plain("container"),
                    world.agents(world.hostBehind(NatBehaviour.SYMMETRIC, 2)),
                    IceWorld.plain("browser"));
            session.negotiate(SIGNALLING);
            session.awaitConnected(SOON);
            assertThat(session.offerer().candidates()).singleElement().satisfies(candidate -> {
                assertThat(candidate.address()).isEqualTo("203.0.113.1");
                assertThat(candidate.port()).isEqualTo(40_000);
                assertThat(candidate.type()).isEqualTo(IceCandidateType.HOST);
            });
            session.exchangeData("x", SOON);
            assertThat(session.offerer().selectedPair().orElseThrow().local().address())
                    .isEqualTo("203.0.113.1");
            world.end(session);
        });
    }

    @Test
    void aDotLocalCandidateIsResolved() {
        Simulation.run(1, simulation -> {
            IceWorld world = new IceWorld(simulation);
            world.name("1f4712db-ea17-4bcf-a596-105139dfd8bf.local", "192.0.2.2");
            IceSession session = connectWithName(simulation, world);
            assertThat(session.offerer()
                            .loop()
                            .call(session.offerer().agent()::stats)
                            .remoteCandidates())
                    .singleElement()
                    .satisfies(remote -> assertThat(remote.address()).endsWith(".local"));
        });
    }

    @Test
    void aDotLocalCandidateThatNobodyKnowsIsSurvivedByItsChecks() {
        Simulation.run(1, simulation -> {
            IceWorld world = new IceWorld(simulation);
            IceSession session = connectWithName(simulation, world);
            assertThat(session.offerer()
                            .loop()
                            .call(session.offerer().agent()::stats)
                            .remoteCandidates())
                    .singleElement()
                    .satisfies(remote -> assertThat(remote.type()).isEqualTo(IceCandidateType.PEER_REFLEXIVE));
        });
    }

    /** The answerer tells a name instead of its address; the offerer knows it by that or by its checks only. */
    private static IceSession connectWithName(Simulation simulation, IceWorld world) {
        IceSession session = world.session(
                world.network().host("one", "192.0.2.1"), world.network().host("two", "192.0.2.2"));
        IcePeer offerer = session.offerer();
        IcePeer answerer = session.answerer();
        offerer.setRole(IceRole.CONTROLLING);
        answerer.setRole(IceRole.CONTROLLED);
        offerer.trickleTo(answerer, SIGNALLING);
        session.exchange(SIGNALLING);
        simulation.time().runUntil(() -> !answerer.candidates().isEmpty(), SOON);
        IceCandidate told = answerer.candidates().get(0);
        offerer.loop().run(() -> offerer.agent()
                .addRemoteCandidate(new IceCandidate(
                        told.foundation(),
                        IceProtocol.UDP,
                        told.priority(),
                        "1F4712db-ea17-4bcf-a596-105139dfd8bf.local",
                        told.port(),
                        IceCandidateType.HOST,
                        null,
                        null,
                        -1,
                        told.ufrag(),
                        null,
                        null)));
        session.awaitConnected(SOON);
        session.exchangeData("x", SOON);
        world.end(session);
        return session;
    }

    @Test
    void tcpCandidatesAndStrangeNamesAreLeftAlone() {
        Simulation.run(1, simulation -> {
            IceWorld world = new IceWorld(simulation);
            IceSession session = world.session(
                    world.network().host("one", "192.0.2.1"), world.network().host("two", "192.0.2.2"));
            IcePeer offerer = session.offerer();
            session.negotiate(SIGNALLING);
            for (String name : List.of("example.org", "x".repeat(300) + ".local", "", "192.0.2.2")) {
                IceProtocol protocol = name.equals("192.0.2.2") ? IceProtocol.TCP : IceProtocol.UDP;
                offerer.loop().run(() -> offerer.agent()
                        .addRemoteCandidate(new IceCandidate(
                                "1", protocol, 1, name, 9, IceCandidateType.HOST, null, null, -1, null, null, null)));
            }
            session.awaitConnected(SOON);
            assertThat(offerer.drops("candidate-unusable")).isEqualTo(4);
            world.end(session);
        });
    }

    @Test
    void candidatesThatCannotBeReachedDoNotDelayTheOneThatCan() {
        Simulation.run(1, simulation -> {
            IceWorld world = new IceWorld(simulation);
            IceSession session = world.session(
                    world.network().host("one", "192.0.2.1"), world.network().host("two", "192.0.2.2"));
            session.negotiate(SIGNALLING);
            for (int i = 10; i < 60; i++) {
                String address = "192.0.2." + i;
                session.offerer().loop().run(() -> session.offerer()
                        .agent()
                        .addRemoteCandidate(new IceCandidate(
                                "1",
                                IceProtocol.UDP,
                                2_130_706_431L,
                                address,
                                6000,
                                IceCandidateType.HOST,
                                null,
                                null,
                                -1,
                                null,
                                null,
                                null)));
            }
            session.awaitConnected(Duration.ofMillis(300));
            simulation.time().runFor(Duration.ofSeconds(60));
            assertThat(session.offerer().isConnected()).isTrue();
            world.end(session);
        });
    }

    @Test
    void aPeerThatNobodyReachesFailsAndSaysWhy() {
        Simulation.run(1, simulation -> {
            IceWorld world = new IceWorld(simulation);
            IceSession session = world.session(
                    world.network().host("one", "192.0.2.1"), world.hostBehind(NatBehaviour.PORT_RESTRICTED, 2));
            // Only one way of signalling: the answerer never learns of the offerer.
            session.answerer().trickleTo(session.offerer(), SIGNALLING);
            session.offerer().setRole(IceRole.CONTROLLING);
            session.answerer().setRole(IceRole.CONTROLLED);
            session.offerer().gather();
            session.answerer().gather();
            session.offerer().start();
            session.answerer().describeTo(session.offerer());
            simulation.time().runUntil(() -> session.offerer().state() == IceState.FAILED, Duration.ofSeconds(60));
            assertThat(session.offerer().loop().call(session.offerer().agent()::explain))
                    .matches("No pair connected; 1 pairs were tried with \\d+ checks, 0 of them answered, 0 answers"
                            + " came, no authentic check came from the peer\\.");
            world.end(session);
        });
    }

    @Test
    void sidesThatHideTheirAddressesMeetByNamesAndTellNoAddress() {
        Simulation.run(1, simulation -> {
            IceWorld world = new IceWorld(simulation);
            IceSession session = new IceSession(
                    simulation.time(),
                    world.hidingAgents(world.network().host("one", "192.0.2.1", "2001:db8::1")),
                    IceWorld.withStun("one"),
                    world.hidingAgents(world.hostBehind(NatBehaviour.FULL_CONE, 1)),
                    IceWorld.withStun("two"));
            session.negotiate(IceWorld.SIGNALLING);
            session.awaitConnected(Duration.ofSeconds(20));
            session.exchangeData("hidden", Duration.ofSeconds(5));

            for (IceCandidate candidate : session.offerer().candidates()) {
                assertThat(candidate.type()).isEqualTo(IceCandidateType.HOST);
                assertThat(candidate.address()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.local");
            }
            assertThat(session.offerer().candidates()).hasSize(2);
            assertThat(session.answerer().candidates().stream()
                            .map(each -> each.address() + " " + each.relatedAddress()))
                    .noneMatch(text -> text.contains("10.0.1."))
                    .anyMatch(text -> text.endsWith(" 0.0.0.0"));
            world.end(session);
            assertThat(world.names()).isZero();
        });
    }
}
