package org.webrtc4j.ice.port;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.webrtc4j.ice.port.IceWorld.SIGNALLING;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.webrtc4j.ice.GatherPolicy;
import org.webrtc4j.ice.IceAgentOptions;
import org.webrtc4j.ice.IceCandidateType;
import org.webrtc4j.ice.IceGatheringState;
import org.webrtc4j.ice.IceParameters;
import org.webrtc4j.ice.IceRole;
import org.webrtc4j.ice.IceState;
import org.webrtc4j.ice.IceStats;
import org.webrtc4j.ice.simulation.IcePeer;
import org.webrtc4j.ice.simulation.IceSession;
import org.webrtc4j.ice.stun.Stun;
import org.webrtc4j.ice.stun.StunKey;
import org.webrtc4j.ice.stun.StunWriter;
import org.webrtc4j.testkit.Impairments;
import org.webrtc4j.testkit.Nat;
import org.webrtc4j.testkit.NatBehaviour;
import org.webrtc4j.testkit.Seeds;
import org.webrtc4j.testkit.Simulation;
import org.webrtc4j.testkit.VirtualHost;
import org.webrtc4j.testkit.VirtualSocket;

/** A connection from its first pair to its end: consent, restarts, lite agents, gathering, strangers. */
class LifeSimulationTest {

    private static final Duration SOON = Duration.ofSeconds(3);

    static LongStream seeds() {
        return Seeds.upTo(50);
    }

    private static IceSession connected(IceWorld world) {
        IceSession session = world.session(
                world.network().host("one", "192.0.2.1"), world.network().host("two", "192.0.2.2"));
        session.negotiate(SIGNALLING);
        session.awaitConnected(SOON);
        world.simulation().time().runFor(SOON);
        return session;
    }

    @Test
    void anIdleConnectionLivesForHours() {
        Simulation.run(1, simulation -> {
            IceWorld world = new IceWorld(simulation);
            IceSession session = connected(world);
            simulation.time().runFor(Duration.ofHours(3));
            assertThat(session.offerer().state()).isEqualTo(IceState.COMPLETED);
            assertThat(session.offerer().selections()).hasSize(1);
            IceStats.Pair pair = session.offerer()
                    .loop()
                    .call(session.offerer().agent()::stats)
                    .pairs()
                    .get(0);
            assertThat(pair.consentRequestsSent()).isBetween(3 * 600L, 3 * 900L);
            assertThat(pair.currentRoundTripNanos())
                    .isEqualTo(Duration.ofMillis(40).toNanos());
            world.end(session);
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void lossOf20PercentDoesNotEndAConnectionWithinAnHour(long seed) {
        Simulation.run(seed, simulation -> {
            IceWorld world = new IceWorld(
                    simulation,
                    Impairments.NONE.withDelay(Duration.ofMillis(50)).withLoss(0.1));
            IceSession session = world.session(
                    world.network().host("one", "192.0.2.1"), world.network().host("two", "192.0.2.2"));
            session.negotiate(SIGNALLING);
            session.awaitConnected(Duration.ofSeconds(40));
            simulation.time().runFor(Duration.ofHours(1));
            assertThat(session.offerer().states()).doesNotContain(IceState.FAILED);
            assertThat(session.answerer().states()).doesNotContain(IceState.FAILED);
            world.end(session);
        });
    }

    @Test
    void aBlackoutOf12SecondsDisconnectsAndRecovers() {
        Simulation.run(1, simulation -> {
            IceWorld world = new IceWorld(simulation);
            VirtualHost one = world.network().host("one", "192.0.2.1");
            IceSession session = world.session(one, world.network().host("two", "192.0.2.2"));
            session.negotiate(SIGNALLING);
            session.awaitConnected(SOON);
            one.blackout(Duration.ofSeconds(15));
            simulation.time().runFor(Duration.ofSeconds(14));
            assertThat(session.offerer().state()).isEqualTo(IceState.DISCONNECTED);
            assertThat(session.answerer().state()).isEqualTo(IceState.DISCONNECTED);
            simulation.time().runFor(Duration.ofSeconds(3));
            assertThat(session.offerer().isConnected()).isTrue();
            assertThat(session.answerer().isConnected()).isTrue();
            session.exchangeData("x", SOON);
            world.end(session);
        });
    }

    @Test
    void lossOfConsentStopsSendingAfter30Seconds() {
        Simulation.run(1, simulation -> {
            IceWorld world = new IceWorld(simulation);
            VirtualHost two = world.network().host("two", "192.0.2.2");
            IceSession session = world.session(world.network().host("one", "192.0.2.1"), two);
            session.negotiate(SIGNALLING);
            session.awaitConnected(SOON);
            session.answerer().close();
            IcePeer offerer = session.offerer();
            int accepted = 0;
            for (int i = 0; i < 60; i++) {
                simulation.time().runFor(Duration.ofSeconds(1));
                accepted += offerer.send("x") ? 1 : 0;
            }
            assertThat(accepted).isBetween(24, 31);
            assertThat(offerer.state()).isEqualTo(IceState.FAILED);
            assertThat(offerer.drops("send-no-path")).isEqualTo(60 - accepted);
            assertThat(offerer.writabilities()).containsExactly(true, false);
            world.end(session);
        });
    }

    @Test
    void aPeerWhoseAddressChangesIsFollowed() {
        Simulation.run(1, simulation -> {
            IceWorld world = new IceWorld(simulation);
            VirtualHost one = world.network().host("one", "192.0.2.1");
            IceSession session = world.session(one, world.network().host("two", "192.0.2.2"));
            session.negotiate(SIGNALLING);
            session.awaitConnected(SOON);
            one.changeAddress("192.0.2.1", "192.0.2.77");
            simulation.time().runFor(Duration.ofSeconds(25));
            assertThat(session.answerer().isConnected()).isTrue();
            assertThat(session.answerer().selectedPair().orElseThrow().remote().address())
                    .isEqualTo("192.0.2.77");
            session.exchangeData("x", SOON);
            world.end(session);
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aRestartUnderLossKeepsDataFlowing(long seed) {
        Simulation.run(seed, simulation -> {
            IceWorld world = new IceWorld(
                    simulation,
                    Impairments.NONE.withDelay(Duration.ofMillis(20)).withLoss(0.05));
            IceSession session = world.session(
                    world.network().host("one", "192.0.2.1"), world.network().host("two", "192.0.2.2"));
            session.negotiate(SIGNALLING);
            session.awaitConnected(Duration.ofSeconds(20));
            for (int round = 0; round < 3; round++) {
                IcePeer restarting = round % 2 == 0 ? session.offerer() : session.answerer();
                IcePeer joining = round % 2 == 0 ? session.answerer() : session.offerer();
                restarting.loop().run(() -> restarting.agent().restart());
                restarting.gather();
                simulation.time().runFor(SIGNALLING);
                restarting.describeTo(joining);
                joining.loop().run(() -> joining.agent().restart());
                joining.gather();
                simulation.time().runFor(SIGNALLING);
                joining.describeTo(restarting);
                for (int i = 0; i < 50; i++) {
                    assertThat(session.offerer().send("o" + round + i)).isTrue();
                    assertThat(session.answerer().send("a" + round + i)).isTrue();
                    simulation.time().runFor(Duration.ofMillis(200));
                }
                String ufrag = restarting
                        .loop()
                        .call(restarting.agent()::localParameters)
                        .ufrag();
                assertThat(restarting.selectedPair().orElseThrow().local().ufrag())
                        .isEqualTo(ufrag);
            }
            assertThat(session.offerer().received()).hasSizeGreaterThan(110);
            assertThat(session.answerer().received()).hasSizeGreaterThan(110);
            assertThat(session.offerer().states()).doesNotContain(IceState.FAILED);
            assertThat(session.offerer().drops("data-unverified")).isZero();
            world.end(session);
        });
    }

    @Test
    void aRestartRevivesAFailedConnection() {
        Simulation.run(1, simulation -> {
            IceWorld world = new IceWorld(simulation);
            VirtualHost one = world.network().host("one", "192.0.2.1");
            IceSession session = world.session(one, world.network().host("two", "192.0.2.2"));
            session.negotiate(SIGNALLING);
            session.awaitConnected(SOON);
            one.blackout(Duration.ofMinutes(2));
            simulation.time().runFor(Duration.ofMinutes(2));
            assertThat(session.offerer().state()).isEqualTo(IceState.FAILED);
            assertThat(session.answerer().state()).isEqualTo(IceState.FAILED);
            session.offerer().loop().run(() -> session.offerer().agent().restart());
            session.answerer().loop().run(() -> session.answerer().agent().restart());
            assertThat(session.offerer().state()).isEqualTo(IceState.CHECKING);
            session.exchange(SIGNALLING);
            session.awaitConnected(SOON);
            session.exchangeData("x", SOON);
            world.end(session);
        });
    }

    @Test
    void aRestartOffersTheSameFoundationsUnderNewCredentials() {
        Simulation.run(1, simulation -> {
            IceWorld world = new IceWorld(simulation);
            IceSession session = connected(world);
            IcePeer offerer = session.offerer();
            IceParameters after = offerer.loop().call(() -> offerer.agent().restart());
            offerer.gather();
            assertThat(offerer.candidates()).hasSize(2);
            assertThat(offerer.candidates().get(1).ufrag()).isEqualTo(after.ufrag());
            assertThat(offerer.candidates().get(1).foundation())
                    .isEqualTo(offerer.candidates().get(0).foundation());
            assertThat(offerer.candidates().get(1).port())
                    .isEqualTo(offerer.candidates().get(0).port());
            assertThat(world.openPorts()).isEqualTo(2);
            world.end(session);
        });
    }

    @Test
    void aFullAgentConnectsToALiteOne() {
        Simulation.run(1, simulation -> lite(simulation, false));
    }

    @Test
    void aLiteOffererConnectsToAFullAgent() {
        Simulation.run(1, simulation -> lite(simulation, true));
    }

    private static void lite(Simulation simulation, boolean offererIsLite) {
        IceWorld world = new IceWorld(simulation);
        VirtualHost publicHost = world.network().host("lite", "192.0.2.1");
        VirtualHost inside = world.hostBehind(NatBehaviour.SYMMETRIC, 2);
        IceAgentOptions liteOptions = IceWorld.lite("lite");
        IceSession session = offererIsLite
                ? new IceSession(
                        simulation.time(),
                        world.agents(publicHost),
                        liteOptions,
                        world.agents(inside),
                        IceWorld.plain("full"))
                : new IceSession(
                        simulation.time(),
                        world.agents(inside),
                        IceWorld.plain("full"),
                        world.agents(publicHost),
                        liteOptions);
        session.negotiate(SIGNALLING);
        session.awaitConnected(SOON);
        IcePeer lite = offererIsLite ? session.offerer() : session.answerer();
        IcePeer full = offererIsLite ? session.answerer() : session.offerer();
        assertThat(lite.loop().call(lite.agent()::role)).isEqualTo(IceRole.CONTROLLED);
        assertThat(full.loop().call(full.agent()::role)).isEqualTo(IceRole.CONTROLLING);
        session.exchangeData("x", SOON);
        simulation.time().runFor(Duration.ofMinutes(10));
        assertThat(lite.isConnected()).isTrue();
        assertThat(lite.loop().call(lite.agent()::stats).pairs())
                .allSatisfy(pair -> assertThat(pair.requestsSent()).isZero());
        full.close();
        simulation.time().runUntil(() -> lite.state() == IceState.FAILED, Duration.ofSeconds(31));
        assertThat(lite.states()).contains(IceState.DISCONNECTED);
        world.end(session);
    }

    @Test
    void aStrangerWhoKnowsTheUfragChangesNothing() {
        Simulation.run(1, simulation -> {
            IceWorld world = new IceWorld(simulation);
            VirtualHost one = world.network().host("one", "192.0.2.1");
            IceSession session = world.session(one, world.network().host("two", "192.0.2.2"));
            session.negotiate(SIGNALLING);
            session.awaitConnected(SOON);
            simulation.time().runFor(SOON);
            IcePeer offerer = session.offerer();
            String ufrag = offerer.loop().call(offerer.agent()::localParameters).ufrag();
            IceStats before = offerer.loop().call(offerer.agent()::stats);
            VirtualHost mallory = world.network().host("mallory", "203.0.113.66");
            VirtualSocket socket = mallory.bind(0, simulation.newLoop("mallory"), (from, packet, now) -> {
                throw new AssertionError("the stranger was answered");
            });
            InetSocketAddress target = new InetSocketAddress(
                    one.addresses().get(0), offerer.candidates().get(0).port());
            for (int i = 0; i < 500; i++) {
                socket.send(target, forged(ufrag, i));
                socket.send(target, ByteBuffer.wrap(new byte[] {22, 1, 2, 3}));
            }
            simulation.time().runFor(Duration.ofSeconds(10));
            IceStats after = offerer.loop().call(offerer.agent()::stats);
            assertThat(after.pairs()).hasSameSizeAs(before.pairs());
            assertThat(after.remoteCandidates()).isEqualTo(before.remoteCandidates());
            assertThat(after.packetsReceived()).isEqualTo(before.packetsReceived());
            assertThat(after.drops()).containsEntry("stun-wrong-integrity", 500L);
            assertThat(after.drops()).containsEntry("data-unverified", 500L);
            assertThat(offerer.selections()).hasSize(1);
            assertThat(offerer.received()).isEmpty();
            session.exchangeData("x", SOON);
            socket.close();
            world.end(session);
        });
    }

    private static ByteBuffer forged(String ufrag, int id) {
        return new StunWriter()
                .begin(Stun.BINDING_REQUEST, id, id)
                .username((ufrag + ":evil").getBytes(UTF_8))
                .role(true, -1)
                .priority((1L << 31) - 1)
                .useCandidate()
                .integrity(StunKey.shortTerm("a guess"))
                .fingerprint()
                .finish();
    }

    @Test
    void aStunServerThatDoesNotAnswerIsReportedAndGatheringEnds() {
        Simulation.run(1, simulation -> {
            IceWorld world = new IceWorld(simulation);
            VirtualHost one = world.network().host("one", "192.0.2.1");
            IcePeer peer = new IcePeer(
                    simulation.time(), "one", world.agents(one), IceWorld.withServers("one", "stun:198.51.100.77"));
            peer.gather();
            simulation.time().runFor(Duration.ofSeconds(5));
            assertThat(peer.gatheringStates()).containsExactly(IceGatheringState.GATHERING);
            simulation.time().runFor(Duration.ofSeconds(1));
            assertThat(peer.gatheringStates()).endsWith(IceGatheringState.COMPLETE);
            assertThat(peer.errors()).singleElement().satisfies(error -> {
                assertThat(error.errorCode()).isEqualTo(701);
                assertThat(error.url()).isEqualTo("stun:198.51.100.77");
                assertThat(error.address()).isEqualTo("192.0.2.1");
            });
            peer.close();
            simulation.time().runUntilIdle(SOON);
        });
    }

    @Test
    void namesOfStunServersAreResolvedAndUnknownOnesReported() {
        Simulation.run(1, simulation -> {
            IceWorld world = new IceWorld(simulation);
            world.name("stun.example.org", "2001:db8:100::1", "198.51.100.1");
            VirtualHost one =
                    world.network().nat("203.0.113.1", NatBehaviour.SYMMETRIC).host("one", "10.0.0.2");
            IcePeer peer = new IcePeer(
                    simulation.time(),
                    "one",
                    world.agents(one),
                    IceWorld.withServers(
                            "one",
                            "stun:stun.example.org",
                            "stun:unknown.example.org",
                            "stuns:stun.example.org",
                            "turn:stun.example.org",
                            "turns:stun.example.org",
                            "nonsense"));
            peer.gather();
            // The server does not answer what is no Binding, which takes a while to notice.
            simulation.time().runFor(Duration.ofSeconds(15));
            assertThat(peer.gatheringStates()).endsWith(IceGatheringState.COMPLETE);
            assertThat(peer.candidates())
                    .extracting(candidate -> candidate.type())
                    .containsExactly(IceCandidateType.HOST, IceCandidateType.SERVER_REFLEXIVE);
            assertThat(peer.errors()).hasSize(5).allSatisfy(error -> assertThat(error.errorCode())
                    .isEqualTo(701));
            assertThat(peer.errors())
                    .extracting(error -> error.errorText())
                    .doesNotContain("")
                    .hasSize(5);
            peer.close();
            simulation.time().runUntilIdle(SOON);
        });
    }

    @Test
    void withThePolicyRelayNoPortIsOpenedAndNothingLeaves() {
        Simulation.run(1, simulation -> {
            IceWorld world = new IceWorld(simulation);
            VirtualHost one = world.network().host("one", "192.0.2.1");
            IcePeer peer = new IcePeer(simulation.time(), "one", world.agents(one), IceWorld.withStun("one"));
            peer.loop().run(() -> peer.agent().gather(GatherPolicy.RELAY));
            simulation.time().runFor(SOON);
            assertThat(peer.gatheringStates()).containsExactly(IceGatheringState.GATHERING, IceGatheringState.COMPLETE);
            assertThat(peer.candidates()).isEmpty();
            assertThat(world.openPorts()).isZero();
            assertThat(world.network().arrived()).isZero();
            peer.close();
        });
    }

    @Test
    void aLostStunRequestIsRepeated() {
        Simulation.run(1, simulation -> {
            IceWorld world = new IceWorld(simulation);
            Nat nat = world.network().nat("203.0.113.1", NatBehaviour.FULL_CONE);
            VirtualHost one = nat.host("one", "10.0.0.2");
            IcePeer peer = new IcePeer(simulation.time(), "one", world.agents(one), IceWorld.withStun("one"));
            one.blackout(Duration.ofSeconds(2));
            peer.gather();
            simulation.time().runFor(Duration.ofSeconds(4));
            assertThat(peer.candidates()).hasSize(2);
            assertThat(peer.errors()).isEmpty();
            peer.close();
            simulation.time().runUntilIdle(SOON);
        });
    }

    @Test
    void aProcessThatWasSuspendedForHoursFailsAndDoesNotHang() {
        Simulation.run(1, simulation -> {
            IceWorld world = new IceWorld(simulation);
            IceSession session = connected(world);
            simulation.time().leap(Duration.ofHours(5));
            simulation.time().runFor(SOON);
            for (IcePeer peer : List.of(session.offerer(), session.answerer())) {
                assertThat(peer.state()).isEqualTo(IceState.FAILED);
            }
            world.end(session);
        });
    }

    @Test
    void closingAtAnyMomentLeavesNothing() {
        for (int millis = 0; millis < 200; millis += 3) {
            Duration moment = Duration.ofMillis(millis);
            Simulation.run(1, simulation -> {
                IceWorld world = new IceWorld(simulation);
                IceSession session = world.sessionWithStun(
                        world.hostBehind(NatBehaviour.PORT_RESTRICTED, 1),
                        world.network().host("two", "192.0.2.2"));
                session.negotiate(SIGNALLING);
                simulation.time().runFor(moment);
                world.end(session);
            });
        }
    }
}
