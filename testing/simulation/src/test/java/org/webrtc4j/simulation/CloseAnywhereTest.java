package org.webrtc4j.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.webrtc4j.RTCDataChannel;
import org.webrtc4j.RTCDataChannelState;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.RTCPeerConnectionState;
import org.webrtc4j.testkit.Impairments;
import org.webrtc4j.testkit.Simulation;

/** A connection may be closed at any point of its set-up: it releases everything, and nothing of it fires any more. */
class CloseAnywhereTest {

    static Stream<Duration> moments() {
        return IntStream.rangeClosed(0, 60).mapToObj(i -> Duration.ofMillis(3L * i));
    }

    @ParameterizedTest
    @MethodSource("moments")
    void closingReleasesEverythingAndTheOtherSideLivesOn(Duration moment) {
        Simulation.run(3, simulation -> {
            SimulatedPeers peers = new SimulatedPeers(simulation, Impairments.NONE.withDelay(Duration.ofMillis(15)));
            int[] events = new int[1];
            RTCDataChannel channel = peers.offerer.createDataChannel("one");
            count(peers.offerer, channel, events);
            channel.onOpen(event -> channel.send("hello"));
            peers.negotiate();
            simulation.time().runFor(moment);

            peers.offerer.close();
            int before = events[0];
            simulation.time().runFor(Duration.ofSeconds(1));

            assertThat(events[0]).isEqualTo(before);
            assertThat(peers.offererLoop.armedTimers()).isZero();
            assertThat(peers.offerer.whenClosed()).isCompleted();
            assertThat(channel.readyState()).isEqualTo(RTCDataChannelState.CLOSED);
            assertThat(channel.bufferedAmount()).isZero();
            assertThat(peers.answerer.connectionState()).isNotEqualTo(RTCPeerConnectionState.CLOSED);
            peers.answerer.close();
            simulation.time().runFor(Duration.ofSeconds(1));
            assertThat(peers.answererLoop.armedTimers()).isZero();
            assertThat(simulation.time().takeFailures()).isEmpty();
        });
    }

    private static void count(RTCPeerConnection connection, RTCDataChannel channel, int[] events) {
        connection
                .onConnectionStateChange(event -> events[0]++)
                .onSignalingStateChange(event -> events[0]++)
                .onIceConnectionStateChange(event -> events[0]++)
                .onIceGatheringStateChange(event -> events[0]++)
                .onIceCandidate(event -> events[0]++);
        channel.onClose(event -> events[0]++).onClosing(event -> events[0]++).onError(event -> events[0]++);
    }
}
