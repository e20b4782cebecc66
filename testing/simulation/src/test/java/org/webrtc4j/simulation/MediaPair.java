package org.webrtc4j.simulation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.webrtc4j.DOMException;
import org.webrtc4j.MediaStreamTrack;
import org.webrtc4j.MediaTrackSource;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.RTCPeerConnectionState;
import org.webrtc4j.RTCRtpTransceiver;
import org.webrtc4j.RTCRtpTransceiverDirection;
import org.webrtc4j.RTCRtpTransceiverInit;
import org.webrtc4j.sdp.MediaDescription;
import org.webrtc4j.sdp.SessionDescription;
import org.webrtc4j.testkit.Impairments;
import org.webrtc4j.testkit.Simulation;

/** Two connections in virtual time that negotiate media, one step after the other. */
final class MediaPair {

    private static final Impairments QUICK = Impairments.NONE.withDelay(Duration.ofMillis(5));
    private static final Duration LIMIT = Duration.ofSeconds(20);

    interface Body {
        void run(MediaPair pair) throws Exception;
    }

    final SimulatedPeers peers;
    final RTCPeerConnection a;
    final RTCPeerConnection b;

    private MediaPair(SimulatedPeers peers) {
        this.peers = peers;
        this.a = peers.offerer;
        this.b = peers.answerer;
    }

    static void simulate(Body body) {
        simulate(QUICK, body);
    }

    static void simulate(Impairments impairments, Body body) {
        simulate(impairments, Side.ORDINARY, Side.ORDINARY, body);
    }

    static void simulate(Impairments impairments, Side offerer, Side answerer, Body body) {
        Simulation.run(11, simulation -> {
            MediaPair pair = new MediaPair(new SimulatedPeers(simulation, impairments, offerer, answerer));
            body.run(pair);
            assertThat(simulation.time().takeFailures()).isEmpty();
        });
    }

    static MediaStreamTrack track(String kind) {
        return new MediaStreamTrack(new MediaTrackSource() {
            @Override
            public String kind() {
                return kind;
            }
        });
    }

    static RTCRtpTransceiverInit init(RTCRtpTransceiverDirection direction) {
        return RTCRtpTransceiverInit.builder().direction(direction).build();
    }

    <T> T await(CompletableFuture<T> future) {
        peers.simulation.time().runUntil(future::isDone, LIMIT);
        return future.join();
    }

    String failureOf(CompletableFuture<?> future) {
        peers.simulation.time().runUntil(future::isDone, LIMIT);
        try {
            future.join();
        } catch (CompletionException failed) {
            return ((DOMException) requireNonNull(failed.getCause())).name();
        }
        throw new AssertionError("did not fail");
    }

    void run(Duration duration) {
        peers.simulation.time().runFor(duration);
    }

    void negotiate() {
        negotiate(a, b);
    }

    void negotiate(RTCPeerConnection offerer, RTCPeerConnection answerer) {
        await(offerer.setLocalDescription());
        deliver(offerer, answerer);
        await(answerer.setLocalDescription());
        deliver(answerer, offerer);
    }

    /** Negotiates, and waits until media can flow both ways. */
    void connect() {
        negotiate();
        peers.simulation
                .time()
                .runUntil(
                        () -> a.connectionState() == RTCPeerConnectionState.CONNECTED
                                && b.connectionState() == RTCPeerConnectionState.CONNECTED,
                        LIMIT);
    }

    /** Gives the local description of one to the other. */
    void deliver(RTCPeerConnection from, RTCPeerConnection to) {
        await(to.setRemoteDescription(requireNonNull(from.localDescription())));
    }

    static SessionDescription local(RTCPeerConnection connection) {
        return SessionDescription.parse(
                requireNonNull(connection.localDescription()).sdp());
    }

    static MediaDescription section(RTCPeerConnection connection, int index) {
        return local(connection).media().get(index);
    }

    static List<RTCRtpTransceiverDirection> directions(RTCPeerConnection connection) {
        return connection.getTransceivers().stream()
                .map(RTCRtpTransceiver::currentDirection)
                .toList();
    }
}
