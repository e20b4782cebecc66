package org.webrtc4j.simulation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.webrtc4j.RTCIceCandidatePair;
import org.webrtc4j.RTCIceTransport;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.RTCPeerConnectionState;
import org.webrtc4j.testkit.Impairments;
import org.webrtc4j.testkit.Seeds;
import org.webrtc4j.testkit.Simulation;

/** ICE restarts while data flows both ways: the pair before carries it until the new generation has selected one. */
class RestartUnderDataTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int RESTARTS = 5;

    static LongStream seeds() {
        return Seeds.upTo(20);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noMessageIsLostDoubledOrOutOfOrderWhileEitherSideRestarts(long seed) {
        Simulation.run(seed, simulation -> {
            double loss = seed % 4 * 0.03;
            SimulatedPeers peers = new SimulatedPeers(
                    simulation,
                    Impairments.NONE.withDelay(Duration.ofMillis(5 + seed % 30)).withLoss(loss));
            NumberedTraffic traffic = new NumberedTraffic(peers);
            traffic.begin(LIMIT);
            Set<RTCPeerConnectionState> states = EnumSet.noneOf(RTCPeerConnectionState.class);
            peers.offerer.onConnectionStateChange(event -> states.add(peers.offerer.connectionState()));
            peers.answerer.onConnectionStateChange(event -> states.add(peers.answerer.connectionState()));
            long worst = 0;
            for (int restart = 0; restart < RESTARTS; restart++) {
                boolean offererRestarts = (restart + seed) % 2 == 0;
                RTCPeerConnection restarting = offererRestarts ? peers.offerer : peers.answerer;
                RTCPeerConnection joining = offererRestarts ? peers.answerer : peers.offerer;
                simulation.time().runFor(Duration.ofSeconds(2));
                traffic.forgetGaps();
                String before = ufrag(restarting);

                restarting.restartIce();
                peers.negotiate(restarting, joining);

                simulation.time().runUntil(() -> isOnNewPair(restarting, before), LIMIT);
                simulation.time().runUntil(() -> isOnNewPair(joining, before), LIMIT);
                simulation.time().runFor(Duration.ofSeconds(5));
                worst = Math.max(worst, traffic.gapMillis());
            }
            traffic.end(LIMIT);
            System.out.printf(
                    "seed %d, loss %.0f %%: %d messages over %d restarts, longest gap %d ms%n",
                    seed, loss * 100, traffic.received(), RESTARTS, worst);
            assertThat(peers.failures).isEmpty();
            assertThat(states).doesNotContain(RTCPeerConnectionState.FAILED);
            if (loss == 0) {
                // Nothing was missing on the way: nobody may have seen a break.
                assertThat(states).doesNotContain(RTCPeerConnectionState.DISCONNECTED);
            }
            assertThat(simulation.time().takeFailures()).isEmpty();
        });
    }

    private static RTCIceTransport ice(RTCPeerConnection connection) {
        return requireNonNull(connection.sctp()).transport().iceTransport();
    }

    private static String ufrag(RTCPeerConnection connection) {
        RTCIceCandidatePair pair = requireNonNull(ice(connection).getSelectedCandidatePair());
        return requireNonNull(pair.local().usernameFragment());
    }

    /** The selected pair belongs to the credentials that are current, and these are others than before. */
    private static boolean isOnNewPair(RTCPeerConnection connection, String before) {
        String current = requireNonNull(ice(connection).getLocalParameters()).usernameFragment();
        return ufrag(connection).equals(current) && !current.equals(before);
    }
}
