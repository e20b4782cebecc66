package org.webrtc4j.ice4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.webrtc4j.ice.IceAgentFactory;
import org.webrtc4j.ice.IceRole;
import org.webrtc4j.ice.IceState;
import org.webrtc4j.ice.contract.RealLoopAgents;
import org.webrtc4j.ice.port.NettyEventLoops;
import org.webrtc4j.ice.port.NettyPorts;
import org.webrtc4j.ice.port.PortIceAgents;
import org.webrtc4j.ice.port.Transport;
import org.webrtc4j.ice.simulation.IceSession;
import org.webrtc4j.testkit.Simulation;

/** The default agent and ice4j's, over loopback: each as offerer and as answerer, controlling and controlled. */
class OwnAgentAgainstIce4jTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final Duration SIGNALLING = Duration.ofMillis(5);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final NettyEventLoops loops = NettyEventLoops.create(2, Transport.NIO);

    @AfterEach
    void endTheLoops() {
        loops.close();
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

    private static void negotiate(IceSession session, IceRole ofOfferer) {
        IceRole ofAnswerer = ofOfferer == IceRole.CONTROLLING ? IceRole.CONTROLLED : IceRole.CONTROLLING;
        session.offerer().trickleTo(session.answerer(), SIGNALLING);
        session.answerer().trickleTo(session.offerer(), SIGNALLING);
        session.offerer().setRole(ofOfferer);
        session.answerer().setRole(ofAnswerer);
        session.exchange(SIGNALLING);
        session.awaitConnected(LIMIT);
    }

    @ParameterizedTest(name = "we offer: {0}, the offerer is {1}")
    @CsvSource({"true, CONTROLLING", "true, CONTROLLED", "false, CONTROLLING", "false, CONTROLLED"})
    void theyConnectCarryDataAndRestart(boolean weOffer, IceRole ofOfferer) {
        Simulation.run(1, simulation -> {
            IceSession session =
                    new IceSession(simulation.time(), agents(simulation, weOffer), agents(simulation, !weOffer));
            negotiate(session, ofOfferer);
            session.exchangeData("first", LIMIT);
            assertThat(session.offerer().loop().call(session.offerer().agent()::role))
                    .isEqualTo(ofOfferer);

            session.offerer().loop().run(session.offerer().agent()::restart);
            session.answerer().loop().run(session.answerer().agent()::restart);
            session.exchangeData("meanwhile", LIMIT);
            String ufrag = session.offerer()
                    .loop()
                    .call(session.offerer().agent()::localParameters)
                    .ufrag();
            session.exchange(SIGNALLING);
            simulation
                    .time()
                    .runUntil(
                            () -> session.offerer()
                                    .selectedPair()
                                    .map(pair -> ufrag.equals(pair.local().ufrag()))
                                    .orElse(false),
                            LIMIT);
            session.exchangeData("second", LIMIT);
            for (List<IceState> states :
                    List.of(session.offerer().states(), session.answerer().states())) {
                assertThat(states).contains(IceState.CONNECTED).doesNotContain(IceState.DISCONNECTED, IceState.FAILED);
            }
            session.close();
        });
    }

    @ParameterizedTest(name = "both are {1}, we offer: {0}")
    @CsvSource({"true, CONTROLLING", "true, CONTROLLED", "false, CONTROLLING", "false, CONTROLLED"})
    void aRoleConflictIsRepaired(boolean weOffer, IceRole both) {
        Simulation.run(1, simulation -> {
            IceSession session =
                    new IceSession(simulation.time(), agents(simulation, weOffer), agents(simulation, !weOffer));
            session.offerer().trickleTo(session.answerer(), SIGNALLING);
            session.answerer().trickleTo(session.offerer(), SIGNALLING);
            session.offerer().setRole(both);
            session.answerer().setRole(both);
            session.exchange(SIGNALLING);
            session.awaitConnected(LIMIT);
            session.exchangeData("repaired", LIMIT);
            assertThat(List.of(
                            session.offerer().loop().call(session.offerer().agent()::role),
                            session.answerer().loop().call(session.answerer().agent()::role)))
                    .containsExactlyInAnyOrder(IceRole.CONTROLLING, IceRole.CONTROLLED);
            session.close();
        });
    }
}
