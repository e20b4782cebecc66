package org.webrtc4j.ice.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.webrtc4j.ice.IceAgentFactory;
import org.webrtc4j.ice.IceAgentOptions;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.IceCandidateType;
import org.webrtc4j.ice.IceProtocol;
import org.webrtc4j.ice.IceRole;
import org.webrtc4j.ice.IceState;
import org.webrtc4j.ice.simulation.IcePeer;
import org.webrtc4j.ice.simulation.IceSession;
import org.webrtc4j.testkit.Simulation;

/** How the agents of the contract are made, and the members of it that an implementation may lack for a reason. */
public abstract class OptionalIceMembers {

    static final Duration SIGNALLING = Duration.ofMillis(5);
    static final Duration SOON = Duration.ofSeconds(3);

    /** Makes a factory; two of one simulation reach each other. */
    protected abstract IceAgentFactory newFactory(Simulation simulation, String name);

    /** What this implementation cannot have, and why; what needs it is skipped for this reason. */
    protected Map<IceCapability, String> missing() {
        return Map.of();
    }

    /** How long a connection takes that has all it needs. */
    protected Duration promptly() {
        return Duration.ofMillis(300);
    }

    /** How long it takes until nothing more happens of what has begun. */
    protected Duration settling() {
        return SOON;
    }

    /** How long nothing happens where nothing may happen. */
    protected Duration patience() {
        return Duration.ofSeconds(60);
    }

    final void needs(IceCapability capability) {
        String reason = missing().get(capability);
        assumeTrue(reason == null, () -> capability + " is missing: " + reason);
    }

    /** Makes a session whose sides reach each other. */
    final IceSession session(Simulation simulation) {
        return new IceSession(simulation.time(), newFactory(simulation, "one"), newFactory(simulation, "two"));
    }

    final IceSession connected(Simulation simulation) {
        IceSession session = session(simulation).negotiate(SIGNALLING);
        session.awaitConnected(SOON);
        return session;
    }

    @Test
    void renominationIsOffered() {
        needs(IceCapability.RENOMINATION);
        Simulation.run(1, simulation -> {
            IcePeer peer = session(simulation).offerer();
            assertThat(peer.loop().call(peer.agent()::localParameters).renomination())
                    .isTrue();
        });
    }

    @Test
    void aLiteAgentConnectsToAFullOne() {
        needs(IceCapability.LITE);
        Simulation.run(1, simulation -> {
            IceAgentOptions lite = new IceAgentOptions("lite", List.of(), true, false, false, Optional.empty());
            IceSession session = new IceSession(
                    simulation.time(),
                    newFactory(simulation, "one"),
                    IceAgentOptions.named("full"),
                    newFactory(simulation, "two"),
                    lite);
            assertThat(session.answerer()
                            .loop()
                            .call(session.answerer().agent()::localParameters)
                            .lite())
                    .isTrue();
            session.negotiate(SIGNALLING).awaitConnected(SOON);
            session.exchangeData("lite", SOON);
        });
    }

    @Test
    void roundTripTimesAreMeasured() {
        needs(IceCapability.ROUND_TRIP_TIMES);
        Simulation.run(1, simulation -> {
            IcePeer offerer = connected(simulation).offerer();
            assertThat(offerer.loop().call(offerer.agent()::stats).pairs())
                    .anySatisfy(pair -> assertThat(pair.totalRoundTripNanos()).isPositive());
        });
    }

    @Test
    void aCandidateMayComeLongAfterAllOthersHaveFailed() {
        needs(IceCapability.LATE_CANDIDATES);
        Simulation.run(1, simulation -> {
            IceSession session = session(simulation);
            IcePeer offerer = session.offerer();
            IcePeer answerer = session.answerer();
            offerer.setRole(IceRole.CONTROLLING);
            answerer.setRole(IceRole.CONTROLLED);
            offerer.gather();
            answerer.describeTo(offerer);
            offerer.loop().run(() -> offerer.agent().addRemoteCandidate(nobody()));
            offerer.start();
            simulation.time().runFor(Duration.ofSeconds(12));
            assertThat(offerer.state()).isEqualTo(IceState.CHECKING);
            offerer.trickleTo(answerer, SIGNALLING);
            answerer.trickleTo(offerer, SIGNALLING);
            answerer.gather();
            offerer.describeTo(answerer);
            answerer.start();
            session.awaitConnected(SOON);
        });
    }

    private static IceCandidate nobody() {
        return new IceCandidate(
                "1",
                IceProtocol.UDP,
                2_130_706_431L,
                "192.0.2.199",
                9,
                IceCandidateType.HOST,
                null,
                null,
                -1,
                null,
                null,
                null);
    }
}
