package org.webrtc4j.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.webrtc4j.testkit.Impairments;
import org.webrtc4j.testkit.Seeds;
import org.webrtc4j.testkit.Simulation;

/** On a path that loses nothing a set-up costs round trips, and never the wait of a timer. */
class TimeToConnectTest {

    private static final Duration DELAY = Duration.ofMillis(1);
    private static final Duration JITTER = Duration.ofMillis(1);

    /** Offer, answer and candidates, each as late as {@link SimulatedPeers} makes it. */
    private static final Duration SIGNALLING = Duration.ofMillis(21);

    /** A check and its nomination, DTLS in two, SCTP in two, the channel's acknowledgement; one more for what crosses. */
    private static final int ROUND_TRIPS = 8;

    static LongStream seeds() {
        return Seeds.upTo(300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aChannelOpensWithinEightRoundTripsOfTheSignallingInWhateverOrderPacketsCome(long seed) {
        Simulation.run(seed, simulation -> {
            SimulatedPeers peers = new SimulatedPeers(
                    simulation, Impairments.NONE.withDelay(DELAY).withReordering(JITTER));
            AtomicBoolean open = new AtomicBoolean();
            peers.offerer.createDataChannel("channel").onOpen(event -> open.set(true));
            peers.negotiate();

            Duration limit = SIGNALLING.plus(DELAY.plus(JITTER).multipliedBy(2L * ROUND_TRIPS));
            boolean inTime = simulation.time().reaches(open::get, limit);

            assertThat(inTime).as(() -> peers.describe()).isTrue();
        });
    }
}
