package org.webrtc4j.ice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.webrtc4j.ice.IceAgentFactory;
import org.webrtc4j.ice.IceAgentOptions;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.IceGatheringState;
import org.webrtc4j.ice.IceParameters;
import org.webrtc4j.ice.IceRole;
import org.webrtc4j.ice.IceServer;
import org.webrtc4j.ice.IceState;
import org.webrtc4j.ice.IceStats;
import org.webrtc4j.ice.simulation.IcePeer;
import org.webrtc4j.ice.simulation.IceSession;
import org.webrtc4j.testkit.Simulation;

/**
 * What every agent does, whatever carries its packets. Runs in virtual time, or, for agents that bring their own threads,
 * in a virtual time that waits for the real one, see {@link RealLoopAgents}.
 */
public abstract class IceTransportContract extends OptionalIceMembers {

    @Test
    void anAgentBeginsNewAndOpensNothing() {
        Simulation.run(1, simulation -> {
            IcePeer peer = session(simulation).offerer();
            assertThat(peer.state()).isEqualTo(IceState.NEW);
            assertThat(peer.loop().call(peer.agent()::gatheringState)).isEqualTo(IceGatheringState.NEW);
            assertThat(peer.loop().call(peer.agent()::role)).isEqualTo(IceRole.UNKNOWN);
            assertThat(peer.selectedPair()).isEmpty();
            assertThat(peer.candidates()).isEmpty();
            assertThat(peer.loop().call(peer.agent()::isWritable)).isFalse();
        });
    }

    @Test
    void credentialsAreLongEnoughAndDifferBetweenAgents() {
        Simulation.run(1, simulation -> {
            IceSession session = session(simulation);
            IceParameters one = session.offerer().loop().call(session.offerer().agent()::localParameters);
            IceParameters two =
                    session.answerer().loop().call(session.answerer().agent()::localParameters);
            assertThat(one.ufrag()).hasSizeBetween(4, 256).isNotEqualTo(two.ufrag());
            assertThat(one.pwd()).hasSizeBetween(22, 256).isNotEqualTo(two.pwd());
        });
    }

    @Test
    void credentialsMayBeGiven() {
        Simulation.run(1, simulation -> {
            IceParameters given = new IceParameters("givenUfrag", "given+password+of+enough+bits", false, true, true);
            IceAgentOptions options = new IceAgentOptions("given", List.of(), false, true, false, Optional.of(given));
            IcePeer peer = new IcePeer(simulation.time(), "given", newFactory(simulation, "one"), options);
            IceParameters local = peer.loop().call(peer.agent()::localParameters);
            assertThat(local.ufrag()).isEqualTo(given.ufrag());
            assertThat(local.pwd()).isEqualTo(given.pwd());
        });
    }

    @Test
    void withRelaysOnlyNoOtherCandidateIsTold() {
        Simulation.run(1, simulation -> {
            IcePeer peer = session(simulation).offerer();
            peer.relayOnly();
            peer.gather();
            simulation.time().runUntil(() -> peer.gatheringStates().contains(IceGatheringState.COMPLETE), SOON);
            assertThat(peer.candidates()).isEmpty();
        });
    }

    @Test
    void bothSidesConnectAndDataFlowsBothWays() {
        Simulation.run(1, simulation -> {
            IceSession session = connected(simulation);
            session.exchangeData("1", SOON);
            assertThat(session.offerer().writabilities()).containsExactly(true);
            assertThat(session.offerer().states()).startsWith(IceState.CHECKING, IceState.CONNECTED);
            assertThat(session.answerer().states()).contains(IceState.CONNECTED);
            simulation.time().runUntil(() -> session.offerer().batchEnds() > 0, SOON);
        });
    }

    @Test
    void gatheringTellsItsStatesAndCandidatesInOrder() {
        Simulation.run(1, simulation -> {
            IcePeer peer = session(simulation).offerer();
            peer.gather();
            peer.gather();
            simulation.time().runFor(settling());
            assertThat(peer.gatheringStates()).containsExactly(IceGatheringState.GATHERING, IceGatheringState.COMPLETE);
            assertThat(peer.candidates()).isNotEmpty();
            String ufrag = peer.loop().call(peer.agent()::localParameters).ufrag();
            for (IceCandidate candidate : peer.candidates()) {
                assertThat(candidate.ufrag()).isEqualTo(ufrag);
                assertThat(candidate.priority()).isBetween(1L, (1L << 31) - 1);
                assertThat(candidate.foundation()).hasSizeBetween(1, 32);
            }
        });
    }

    @Test
    void bothSidesEndCompletedWhenAllIsTold() {
        Simulation.run(1, simulation -> {
            IceSession session = connected(simulation);
            simulation
                    .time()
                    .runUntil(
                            () -> session.offerer().state() == IceState.COMPLETED
                                    && session.answerer().state() == IceState.COMPLETED,
                            SOON);
        });
    }

    @Test
    void theSelectedPairsOfBothSidesMirrorEachOther() {
        Simulation.run(1, simulation -> {
            IceSession session = connected(simulation);
            simulation.time().runFor(settling());
            IceCandidate local = session.offerer().selectedPair().orElseThrow().local();
            IceCandidate remote =
                    session.answerer().selectedPair().orElseThrow().remote();
            assertThat(remote.address()).isEqualTo(local.address());
            assertThat(session.offerer().selections()).isNotEmpty();
        });
    }

    @Test
    void nothingConnectsBeforeBothHaveStarted() {
        Simulation.run(1, simulation -> {
            IceSession session = session(simulation);
            IcePeer offerer = session.offerer();
            IcePeer answerer = session.answerer();
            offerer.trickleTo(answerer, SIGNALLING);
            answerer.trickleTo(offerer, SIGNALLING);
            offerer.setRole(IceRole.CONTROLLING);
            answerer.setRole(IceRole.CONTROLLED);
            offerer.gather();
            answerer.gather();
            offerer.describeTo(answerer);
            answerer.describeTo(offerer);
            offerer.start();
            simulation.time().runFor(settling());
            assertThat(answerer.isConnected()).isFalse();
            answerer.start();
            session.awaitConnected(SOON);
        });
    }

    @Test
    void aCheckThatComesBeforeTheRemoteParametersIsNotLost() {
        Simulation.run(1, simulation -> {
            IceSession session = session(simulation);
            IcePeer offerer = session.offerer();
            IcePeer answerer = session.answerer();
            offerer.setRole(IceRole.CONTROLLING);
            answerer.setRole(IceRole.CONTROLLED);
            gather(simulation, session);
            offerer.describeTo(answerer);
            offerer.tellCandidatesTo(answerer, true);
            answerer.start();
            offerer.start();
            simulation.time().runFor(Duration.ofMillis(300));
            assertThat(offerer.isConnected()).isFalse();
            // No candidate of the answerer is ever told: its early check is all the offerer has.
            answerer.describeTo(offerer);
            session.awaitConnected(promptly());
            session.exchangeData("early", SOON);
        });
    }

    @Test
    void candidatesMayComeBeforeTheParameters() {
        Simulation.run(1, simulation -> {
            IceSession session = session(simulation);
            session.offerer().setRole(IceRole.CONTROLLING);
            session.answerer().setRole(IceRole.CONTROLLED);
            gather(simulation, session);
            session.offerer().tellCandidatesTo(session.answerer(), true);
            session.answerer().tellCandidatesTo(session.offerer(), true);
            session.offerer().start();
            session.answerer().start();
            simulation.time().runFor(SIGNALLING);
            session.offerer().describeTo(session.answerer());
            session.answerer().describeTo(session.offerer());
            session.awaitConnected(SOON);
        });
    }

    private static void gather(Simulation simulation, IceSession session) {
        session.offerer().gather();
        session.answerer().gather();
        simulation
                .time()
                .runUntil(
                        () -> session.offerer().gatheringStates().contains(IceGatheringState.COMPLETE)
                                && session.answerer().gatheringStates().contains(IceGatheringState.COMPLETE),
                        SOON);
    }

    @Test
    void twoControllingSidesEndWithOneControlledSide() {
        Simulation.run(1, simulation -> conflict(simulation, IceRole.CONTROLLING));
    }

    @Test
    void twoControlledSidesEndWithOneControllingSide() {
        Simulation.run(1, simulation -> conflict(simulation, IceRole.CONTROLLED));
    }

    private void conflict(Simulation simulation, IceRole both) {
        IceSession session = session(simulation);
        session.offerer().trickleTo(session.answerer(), SIGNALLING);
        session.answerer().trickleTo(session.offerer(), SIGNALLING);
        session.offerer().setRole(both);
        session.answerer().setRole(both);
        session.exchange(SIGNALLING);
        session.awaitConnected(SOON);
        simulation.time().runFor(settling());
        IceRole one = session.offerer().loop().call(session.offerer().agent()::role);
        IceRole two = session.answerer().loop().call(session.answerer().agent()::role);
        assertThat(List.of(one, two)).containsExactlyInAnyOrder(IceRole.CONTROLLING, IceRole.CONTROLLED);
        session.exchangeData("repaired", SOON);
    }

    @Test
    void aWrongPasswordNeverConnects() {
        Simulation.run(1, simulation -> {
            IceSession session = session(simulation);
            IcePeer offerer = session.offerer();
            IcePeer answerer = session.answerer();
            offerer.trickleTo(answerer, SIGNALLING);
            answerer.trickleTo(offerer, SIGNALLING);
            offerer.setRole(IceRole.CONTROLLING);
            answerer.setRole(IceRole.CONTROLLED);
            for (IcePeer peer : List.of(offerer, answerer)) {
                IcePeer from = peer == offerer ? answerer : offerer;
                IceParameters right = from.loop().call(from.agent()::localParameters);
                peer.loop().run(() -> peer.agent()
                        .setRemoteParameters(
                                new IceParameters(right.ufrag(), "wrong+password+of+enough+bits", false, true, true)));
                peer.gather();
                peer.start();
            }
            simulation.time().runFor(patience());
            assertThat(offerer.states()).doesNotContain(IceState.CONNECTED);
            assertThat(answerer.states()).doesNotContain(IceState.CONNECTED);
            assertThat(offerer.send("x")).isFalse();
            assertThat(offerer.loop().call(offerer.agent()::explain)).endsWith(".");
        });
    }

    @Test
    void packetsBeforeTheReceiverAreKeptInOrder() {
        Simulation.run(1, simulation -> {
            IceSession session = session(simulation);
            session.answerer().withholdReceiver();
            session.negotiate(SIGNALLING).awaitConnected(SOON);
            List.of("a", "b", "c").forEach(session.offerer()::send);
            simulation.time().runFor(settling());
            assertThat(session.answerer().received()).isEmpty();
            session.answerer().takeReceiver();
            assertThat(session.answerer().received()).containsExactly("a", "b", "c");
        });
    }

    @Test
    void aPacketLargerThanThePathIsDroppedAndCounted() {
        Simulation.run(1, simulation -> {
            IcePeer offerer = connected(simulation).offerer();
            int most = offerer.loop().call(offerer.agent()::maxPayload);
            assertThat(most).isBetween(1_000, 65_507);
            boolean sent = offerer.loop().call(() -> offerer.agent().send(ByteBuffer.allocate(most + 1)));
            assertThat(sent).isFalse();
            assertThat(offerer.loop()
                            .call(() -> offerer.agent().stats().drops())
                            .values())
                    .isNotEmpty();
            assertThat(offerer.loop().call(() -> offerer.agent().send(full(most))))
                    .isTrue();
        });
    }

    private static ByteBuffer full(int bytes) {
        ByteBuffer packet = ByteBuffer.allocate(bytes);
        packet.put(0, (byte) 22);
        return packet;
    }

    @Test
    void sendLeavesTheBufferAsItWas() {
        Simulation.run(1, simulation -> {
            IcePeer offerer = connected(simulation).offerer();
            ByteBuffer packet = full(100);
            packet.position(0).limit(60);
            offerer.loop().run(() -> {
                offerer.agent().send(packet);
                offerer.agent().flush();
            });
            assertThat(packet.position()).isZero();
            assertThat(packet.limit()).isEqualTo(60);
        });
    }

    @Test
    void statisticsCountWhatWasSentAndReceived() {
        Simulation.run(1, simulation -> {
            IceSession session = connected(simulation);
            session.exchangeData("1", SOON);
            session.exchangeData("2", SOON);
            IceStats sent = session.offerer().loop().call(session.offerer().agent()::stats);
            IceStats received =
                    session.answerer().loop().call(session.answerer().agent()::stats);
            assertThat(sent.packetsSent()).isEqualTo(2).isEqualTo(received.packetsReceived());
            assertThat(sent.bytesSent()).isPositive().isEqualTo(received.bytesReceived());
            assertThat(sent.localCandidates()).isNotEmpty();
            assertThat(sent.remoteCandidates()).isNotEmpty();
            assertThat(sent.pairs()).anySatisfy(pair -> {
                assertThat(pair.state()).isEqualTo(IceStats.PairState.SUCCEEDED);
                assertThat(pair.packetsSent()).isEqualTo(2);
            });
        });
    }

    @Test
    void aRestartKeepsThePathUntilTheNewGenerationHasOne() {
        Simulation.run(1, simulation -> {
            IceSession session = connected(simulation);
            simulation.time().runFor(settling());
            IcePeer offerer = session.offerer();
            IcePeer answerer = session.answerer();
            IceParameters before = offerer.loop().call(offerer.agent()::localParameters);
            IceParameters after = offerer.loop().call(() -> offerer.agent().restart());
            assertThat(after.ufrag()).isNotEqualTo(before.ufrag());
            assertThat(after.pwd()).isNotEqualTo(before.pwd());
            session.exchangeData("during", SOON);
            answerer.loop().run(() -> answerer.agent().restart());
            session.exchangeData("still", SOON);
            session.exchange(SIGNALLING);
            simulation.time().runFor(settling());
            session.exchangeData("after", SOON);
            assertThat(offerer.isConnected()).isTrue();
            assertThat(offerer.states()).doesNotContain(IceState.DISCONNECTED, IceState.FAILED);
            IceCandidate selected = offerer.selectedPair().orElseThrow().local();
            assertThat(selected.ufrag()).isEqualTo(after.ufrag());
        });
    }

    @Test
    void aRestartThatThePeerHasNotJoinedIsTakenBack() {
        Simulation.run(1, simulation -> {
            IceSession session = connected(simulation);
            IcePeer offerer = session.offerer();
            IceParameters before = offerer.loop().call(offerer.agent()::localParameters);
            IceParameters given = new IceParameters("restarted", "password+of+the+restart+24", false, true, true);
            offerer.loop().run(() -> offerer.agent().restart(given));
            assertThat(offerer.loop().call(offerer.agent()::localParameters).ufrag())
                    .isEqualTo(given.ufrag());
            offerer.loop().run(offerer.agent()::cancelRestart);
            assertThat(offerer.loop().call(offerer.agent()::localParameters)).isEqualTo(before);
            simulation.time().runFor(settling());
            session.exchangeData("as before", SOON);
        });
    }

    @Test
    void whenThePeerIsGoneTheStateIsDisconnectedThenFailed() {
        Simulation.run(1, simulation -> {
            IceSession session = connected(simulation);
            simulation.time().runFor(settling());
            session.answerer().close();
            IcePeer offerer = session.offerer();
            simulation.time().runUntil(() -> offerer.state() == IceState.FAILED, Duration.ofSeconds(60));
            assertThat(offerer.states()).containsSubsequence(IceState.DISCONNECTED, IceState.FAILED);
            assertThat(offerer.send("x")).isFalse();
            assertThat(offerer.loop().call(offerer.agent()::isWritable)).isFalse();
        });
    }

    @Test
    void aClosedAgentSendsAndReceivesNothingAndLeavesNoTimer() {
        Simulation.run(1, simulation -> {
            IceSession session = connected(simulation);
            IcePeer answerer = session.answerer();
            answerer.close();
            answerer.close();
            assertThat(answerer.state()).isEqualTo(IceState.CLOSED);
            assertThat(answerer.states()).endsWith(IceState.CLOSED);
            session.offerer().send("too late");
            simulation.time().runFor(Duration.ofMillis(100));
            assertThat(answerer.received()).isEmpty();
            assertThat(answerer.send("x")).isFalse();
            assertThat(answerer.selectedPair()).isEmpty();
            assertThat(answerer.loop().armedTimers()).isZero();
            assertThat(answerer.loop().call(answerer.agent()::stats)).isNotNull();
            session.offerer().close();
            simulation.time().runUntilIdle(SOON);
        });
    }

    @Test
    void callsAfterCloseDoNothing() {
        Simulation.run(1, simulation -> {
            IceSession session = session(simulation);
            session.answerer().close();
            IcePeer peer = session.offerer();
            peer.close();
            IceParameters parameters = peer.loop().call(peer.agent()::localParameters);
            peer.loop().run(() -> {
                peer.agent().setRemoteParameters(parameters);
                peer.agent().setRole(IceRole.CONTROLLED);
                peer.agent().start();
                peer.agent().restart();
                peer.agent().cancelRestart();
                peer.agent().endOfRemoteCandidates("");
                peer.agent().flush();
            });
            peer.gather();
            simulation.time().runUntilIdle(SOON);
            assertThat(peer.state()).isEqualTo(IceState.CLOSED);
            assertThat(peer.candidates()).isEmpty();
        });
    }

    @Test
    void serversThatCannotBeUsedAreReportedWith701() {
        Simulation.run(1, simulation -> {
            IceServer turn = new IceServer(List.of("turn:192.0.2.99:3478?transport=udp"), "user", "secret");
            IceAgentOptions options =
                    new IceAgentOptions("servers", List.of(turn), false, true, false, Optional.empty());
            IcePeer peer = new IcePeer(simulation.time(), "servers", newFactory(simulation, "one"), options);
            peer.gather();
            // A server that is silent is asked for a while.
            simulation
                    .time()
                    .runUntil(
                            () -> peer.gatheringStates().contains(IceGatheringState.COMPLETE), Duration.ofSeconds(15));
            assertThat(peer.errors()).singleElement().satisfies(error -> {
                assertThat(error.errorCode()).isEqualTo(701);
                assertThat(error.url()).startsWith("turn:192.0.2.99");
                assertThat(error.errorText()).isNotBlank();
            });
            assertThat(peer.gatheringStates()).endsWith(IceGatheringState.COMPLETE);
        });
    }

    @Test
    void closingTheFactoryClosesItsAgents() {
        Simulation.run(1, simulation -> {
            IceAgentFactory factory = newFactory(simulation, "one");
            IcePeer peer = new IcePeer(simulation.time(), "closed", factory, IceAgentOptions.named("closed"));
            peer.gather();
            factory.close();
            simulation.time().runUntilIdle(SOON);
            assertThat(peer.state()).isEqualTo(IceState.CLOSED);
        });
    }
}
