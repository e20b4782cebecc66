package org.webrtc4j.ice.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.webrtc4j.ice.port.IceWorld.SIGNALLING;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.webrtc4j.ice.IceCandidateType;
import org.webrtc4j.ice.IceState;
import org.webrtc4j.ice.simulation.HolePunching;
import org.webrtc4j.ice.simulation.IceSession;
import org.webrtc4j.testkit.Nat;
import org.webrtc4j.testkit.NatBehaviour;
import org.webrtc4j.testkit.NatBehaviour.Dependence;
import org.webrtc4j.testkit.Simulation;

/** Every NAT before every other, with a STUN server and without a relay. */
class NatMatrixTest {

    private static final Duration SOON = Duration.ofSeconds(8);

    static Stream<Arguments> pairs() {
        List<NatBehaviour> all = new ArrayList<>();
        for (Dependence mapping : Dependence.values()) {
            for (Dependence filtering : Dependence.values()) {
                all.add(NatBehaviour.of(mapping, filtering));
            }
        }
        return all.stream().flatMap(one -> all.stream().map(two -> Arguments.of(one, two)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void whatCanConnectWithoutARelayDoes(NatBehaviour one, NatBehaviour two) {
        Simulation.run(1, simulation -> {
            IceWorld world = new IceWorld(simulation);
            IceSession session = world.sessionWithStun(world.hostBehind(one, 1), world.hostBehind(two, 2));
            session.negotiate(SIGNALLING);
            boolean connected = simulation
                    .time()
                    .reaches(
                            () -> session.offerer().isConnected()
                                    && session.answerer().isConnected(),
                            SOON);
            HolePunching expected = new HolePunching(one, two);
            assertThat(connected).isEqualTo(expected.succeeds());
            if (connected) {
                session.exchangeData("x", SOON);
                simulation.time().runFor(SOON);
                assertThat(session.offerer().selectedTypes()).isEqualTo(expected.types());
                assertThat(session.answerer().selectedTypes())
                        .containsExactly(
                                expected.types().get(1), expected.types().get(0));
                assertThat(session.offerer().states()).doesNotContain(IceState.DISCONNECTED);
                assertThat(session.answerer().states()).doesNotContain(IceState.DISCONNECTED);
            } else {
                simulation.time().runUntil(() -> session.offerer().state() == IceState.FAILED, Duration.ofSeconds(60));
            }
            world.end(session);
        });
    }

    @Test
    void thePublicAddressIsTheOneBehindEveryKindOfMapping() {
        for (Dependence mapping : Dependence.values()) {
            Simulation.run(1, simulation -> {
                IceWorld world = new IceWorld(simulation);
                IceSession session = world.sessionWithStun(
                        world.hostBehind(NatBehaviour.of(mapping, Dependence.ADDRESS), 1),
                        world.network().host("two", "192.0.2.2"));
                session.negotiate(SIGNALLING);
                session.awaitConnected(SOON);
                assertThat(session.offerer().candidates()).anySatisfy(candidate -> {
                    assertThat(candidate.type()).isEqualTo(IceCandidateType.SERVER_REFLEXIVE);
                    assertThat(candidate.address()).isEqualTo("203.0.113.1");
                    assertThat(candidate.relatedAddress()).isEqualTo("10.0.1.2");
                    assertThat(candidate.url()).startsWith("stun:");
                });
                IceCandidateType expected = mapping == Dependence.ENDPOINT_INDEPENDENT
                        ? IceCandidateType.SERVER_REFLEXIVE
                        : IceCandidateType.PEER_REFLEXIVE;
                assertThat(session.offerer().selectedTypes()).first().isEqualTo(expected);
                // Nothing new is seen from a public host: its mapped address is its own.
                assertThat(session.answerer().candidates()).hasSize(1);
                world.end(session);
            });
        }
    }

    @Test
    void twoHostsBehindOneNatMeetInside() {
        Simulation.run(1, simulation -> {
            IceWorld world = new IceWorld(simulation);
            Nat nat = world.network().nat("203.0.113.1", NatBehaviour.PORT_RESTRICTED);
            IceSession session = world.sessionWithStun(nat.host("one", "10.0.0.2"), nat.host("two", "10.0.0.3"));
            session.negotiate(SIGNALLING);
            session.awaitConnected(SOON);
            simulation.time().runFor(SOON);
            assertThat(session.offerer().selectedTypes()).containsOnly(IceCandidateType.HOST);
            world.end(session);
        });
    }

    @Test
    void aMappingThatLivesShortIsKeptWhileTheAnswerIsAwaited() {
        Simulation.run(1, simulation -> {
            IceWorld world = new IceWorld(simulation);
            NatBehaviour brief = NatBehaviour.FULL_CONE.withLifetime(Duration.ofSeconds(30));
            IceSession session =
                    world.sessionWithStun(world.hostBehind(brief, 1), world.hostBehind(NatBehaviour.SYMMETRIC, 2));
            session.negotiate(Duration.ofMinutes(2));
            session.awaitConnected(Duration.ofMinutes(7));
            assertThat(world.stun().indications()).isPositive();
            simulation.time().runFor(SOON);
            int indications = world.stun().indications();
            simulation.time().runFor(Duration.ofMinutes(10));
            assertThat(world.stun().indications()).isEqualTo(indications);
            session.exchangeData("x", SOON);
            world.end(session);
        });
    }

    @Test
    void aNatThatForgetsItsMappingsIsSurvivedByConsent() {
        Simulation.run(1, simulation -> {
            IceWorld world = new IceWorld(simulation);
            Nat nat = world.network().nat("203.0.113.1", NatBehaviour.PORT_RESTRICTED);
            IceSession session = world.sessionWithStun(
                    nat.host("one", "10.0.0.2"), world.network().host("two", "192.0.2.2"));
            session.negotiate(SIGNALLING);
            session.awaitConnected(SOON);
            simulation.time().runFor(SOON);
            nat.forgetMappings();
            simulation.time().runFor(Duration.ofSeconds(40));
            assertThat(session.offerer().isConnected()).isTrue();
            session.exchangeData("x", SOON);
            assertThat(session.answerer().isConnected()).isTrue();
            world.end(session);
        });
    }
}
