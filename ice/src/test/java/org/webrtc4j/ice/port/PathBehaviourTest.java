package org.webrtc4j.ice.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.webrtc4j.ice.port.IceWorld.SIGNALLING;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.IceCandidateType;
import org.webrtc4j.ice.IceRole;
import org.webrtc4j.ice.IceState;
import org.webrtc4j.ice.SelectedPair;
import org.webrtc4j.ice.simulation.IcePeer;
import org.webrtc4j.ice.simulation.IceSession;
import org.webrtc4j.testkit.Nat;
import org.webrtc4j.testkit.NatBehaviour;
import org.webrtc4j.testkit.Simulation;
import org.webrtc4j.testkit.VirtualHost;

/** Paths that come and go or lead back, and candidates that are told again or in part. */
class PathBehaviourTest {

    private static final Duration SOON = Duration.ofSeconds(8);

    @Test
    void aPathThatComesAndGoesRecoversEachTime() {
        Simulation.run(1, simulation -> {
            IceWorld world = new IceWorld(simulation);
            VirtualHost one = world.network().host("one", "192.0.2.1");
            IceSession session = world.session(one, world.network().host("two", "192.0.2.2"));
            session.negotiate(SIGNALLING);
            session.awaitConnected(SOON);
            for (int i = 0; i < 20; i++) {
                one.blackout(Duration.ofSeconds(11));
                simulation.time().runFor(Duration.ofSeconds(18));
                assertThat(session.offerer().isConnected()).isTrue();
                assertThat(session.answerer().isConnected()).isTrue();
                session.exchangeData("time " + i, SOON);
            }
            assertThat(session.offerer().states())
                    .contains(IceState.DISCONNECTED)
                    .doesNotContain(IceState.FAILED);
            assertThat(session.answerer().states()).doesNotContain(IceState.FAILED);
            assertThat(session.offerer().selections()).hasSize(1);
            world.end(session);
        });
    }

    @Test
    void aCandidateToldAgainMakesNoOtherPair() {
        Simulation.run(1, simulation -> {
            IceWorld world = new IceWorld(simulation);
            IceSession session = world.session(
                    world.network().host("one", "192.0.2.1"), world.network().host("two", "192.0.2.2"));
            session.negotiate(SIGNALLING);
            for (int i = 0; i < 5; i++) {
                simulation.time().runFor(Duration.ofMillis(15));
                session.offerer().tellCandidatesTo(session.answerer(), false);
                session.answerer().tellCandidatesTo(session.offerer(), false);
            }
            session.awaitConnected(SOON);
            session.offerer().tellCandidatesTo(session.answerer(), true);
            simulation.time().runFor(SOON);
            assertThat(pairs(session.offerer())).isEqualTo(1);
            assertThat(pairs(session.answerer())).isEqualTo(1);
            session.exchangeData("x", SOON);
            world.end(session);
        });
    }

    @Test
    void reflexiveCandidatesAloneAreEnough() {
        Simulation.run(1, simulation -> {
            IceWorld world = new IceWorld(simulation);
            IceSession session = world.sessionWithStun(
                    world.hostBehind(NatBehaviour.PORT_RESTRICTED, 1), world.hostBehind(NatBehaviour.FULL_CONE, 2));
            negotiateReflexiveOnly(simulation, session);
            session.awaitConnected(SOON);
            simulation.time().runFor(SOON);
            assertThat(session.offerer().selectedTypes()).containsOnly(IceCandidateType.SERVER_REFLEXIVE);
            session.exchangeData("x", SOON);
            world.end(session);
        });
    }

    @Test
    void hostsBehindOneNatThatHairpinsMeetAtItsOuterAddresses() {
        Simulation.run(1, simulation -> {
            IceWorld world = new IceWorld(simulation);
            IceSession session = behindOne(world, NatBehaviour.PORT_RESTRICTED.withHairpin());
            negotiateReflexiveOnly(simulation, session);
            session.awaitConnected(SOON);
            session.exchangeData("x", SOON);
            assertThat(session.offerer().selectedPair().orElseThrow().remote().address())
                    .isEqualTo("203.0.113.1");
            world.end(session);
        });
    }

    @Test
    void hostsBehindOneNatThatDoesNotHairpinDoNotMeetThere() {
        Simulation.run(1, simulation -> {
            IceWorld world = new IceWorld(simulation);
            IceSession session = behindOne(world, NatBehaviour.PORT_RESTRICTED);
            negotiateReflexiveOnly(simulation, session);
            simulation.time().runUntil(() -> session.offerer().state() == IceState.FAILED, Duration.ofSeconds(60));
            assertThat(session.offerer().selections()).isEmpty();
            world.end(session);
        });
    }

    @Test
    void aNatThatKeepsThePortShowsItOutside() {
        Simulation.run(1, simulation -> {
            IceWorld world = new IceWorld(simulation);
            NatBehaviour keeping = NatBehaviour.PORT_RESTRICTED.withPortPreservation();
            IceSession session = world.sessionWithStun(world.hostBehind(keeping, 1), world.hostBehind(keeping, 2));
            session.negotiate(SIGNALLING);
            session.awaitConnected(SOON);
            simulation.time().runFor(SOON);
            SelectedPair pair = session.offerer().selectedPair().orElseThrow();
            assertThat(pair.local().type()).isEqualTo(IceCandidateType.SERVER_REFLEXIVE);
            assertThat(pair.local().port()).isEqualTo(pair.local().relatedPort());
            world.end(session);
        });
    }

    private static int pairs(IcePeer peer) {
        return peer.loop().call(() -> peer.agent().stats().pairs().size());
    }

    private static IceSession behindOne(IceWorld world, NatBehaviour behaviour) {
        Nat nat = world.network().nat("203.0.113.1", behaviour);
        return world.sessionWithStun(nat.host("one", "10.0.0.2"), nat.host("two", "10.0.0.3"));
    }

    /** Nobody is told of addresses inside. */
    private static void negotiateReflexiveOnly(Simulation simulation, IceSession session) {
        session.offerer().setRole(IceRole.CONTROLLING);
        session.answerer().setRole(IceRole.CONTROLLED);
        session.exchange(SIGNALLING);
        simulation.time().runFor(Duration.ofSeconds(1));
        tellReflexive(session.offerer(), session.answerer());
        tellReflexive(session.answerer(), session.offerer());
    }

    private static void tellReflexive(IcePeer from, IcePeer to) {
        for (IceCandidate candidate : from.candidates()) {
            if (candidate.type() == IceCandidateType.SERVER_REFLEXIVE) {
                to.loop().run(() -> to.agent().addRemoteCandidate(candidate));
            }
        }
        to.loop().run(() -> to.agent().endOfRemoteCandidates(""));
    }
}
