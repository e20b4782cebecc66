package org.webrtc4j.simulation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.webrtc4j.DOMException;
import org.webrtc4j.RTCDataChannel;
import org.webrtc4j.RTCDataChannelState;
import org.webrtc4j.RTCError;
import org.webrtc4j.RTCIceCandidateInit;
import org.webrtc4j.RTCIceGatheringState;
import org.webrtc4j.RTCLocalSessionDescriptionInit;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.RTCPeerConnectionState;
import org.webrtc4j.RTCSessionDescription;
import org.webrtc4j.RTCSessionDescriptionInit;
import org.webrtc4j.RTCSignalingState;
import org.webrtc4j.testkit.Impairments;
import org.webrtc4j.testkit.Simulation;

/** Offer and answer over two real stacks: order of events, rollback, renegotiation, restarts. */
class NegotiationTest {

    private static final Impairments QUICK = Impairments.NONE.withDelay(Duration.ofMillis(5));
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private interface Body {
        void run(SimulatedPeers peers) throws Exception;
    }

    private static void simulate(Body body) {
        Simulation.run(7, simulation -> {
            SimulatedPeers peers = new SimulatedPeers(simulation, QUICK);
            body.run(peers);
            assertThat(simulation.time().takeFailures()).isEmpty();
        });
    }

    private static void connect(SimulatedPeers peers, RTCDataChannel channel) {
        peers.negotiate();
        peers.simulation.time().runUntil(() -> channel.readyState() == RTCDataChannelState.OPEN, LIMIT);
        assertThat(peers.failures).isEmpty();
    }

    private static <T> T await(SimulatedPeers peers, CompletableFuture<T> future) {
        peers.simulation.time().runUntil(future::isDone, LIMIT);
        return future.join();
    }

    private static Throwable failureOf(SimulatedPeers peers, CompletableFuture<?> future) {
        peers.simulation.time().runUntil(future::isDone, LIMIT);
        try {
            future.join();
        } catch (CompletionException failed) {
            return requireNonNull(failed.getCause());
        }
        throw new AssertionError("did not fail");
    }

    private static String nameOf(Throwable failure) {
        return ((DOMException) failure).name();
    }

    @Test
    void negotiationneededFiresOnceForTheFirstChannelAndNotForTheSecond() {
        simulate(peers -> {
            List<String> events = new ArrayList<>();
            peers.offerer.onNegotiationNeeded(event -> events.add(event.type()));
            RTCDataChannel channel = peers.offerer.createDataChannel("first");
            peers.simulation.time().runFor(Duration.ofMillis(1));
            assertThat(events).containsExactly("negotiationneeded");

            connect(peers, channel);
            peers.offerer.createDataChannel("second");
            peers.simulation.time().runFor(Duration.ofSeconds(1));

            assertThat(events).containsExactly("negotiationneeded");
        });
    }

    @Test
    void negotiationneededWaitsWhileTheChainIsBusyAndFiresWhenStableAgain() {
        simulate(peers -> {
            List<RTCSignalingState> states = new ArrayList<>();
            peers.offerer.onNegotiationNeeded(event -> states.add(peers.offerer.signalingState()));
            RTCDataChannel channel = peers.offerer.createDataChannel("first");
            connect(peers, channel);
            states.clear();

            peers.offerer.restartIce();
            peers.negotiate();
            peers.simulation.time().runFor(Duration.ofSeconds(2));

            // The offer under way restarted ICE already: nothing is left to negotiate.
            assertThat(states).isEmpty();
            assertThat(peers.failures).isEmpty();
        });
    }

    @Test
    void aGlareIsSettledByTheRollbackOfThePolitePeerAndBothConnect() {
        simulate(peers -> {
            RTCDataChannel ofPolite = peers.answerer.createDataChannel("polite");
            RTCDataChannel ofImpolite = peers.offerer.createDataChannel("impolite");
            List<String> events = new ArrayList<>();
            peers.answerer.onSignalingStateChange(
                    event -> events.add(peers.answerer.signalingState().wireName()));
            peers.note(peers.answerer.setLocalDescription());
            await(peers, peers.offerer.setLocalDescription());
            assertThat(peers.answerer.signalingState()).isEqualTo(RTCSignalingState.HAVE_LOCAL_OFFER);

            peers.note(peers.answerer.setRemoteDescription(requireNonNull(peers.offerer.localDescription())));
            await(peers, peers.answerer.setLocalDescription());
            await(peers, peers.offerer.setRemoteDescription(requireNonNull(peers.answerer.localDescription())));
            peers.simulation
                    .time()
                    .runUntil(
                            () -> ofPolite.readyState() == RTCDataChannelState.OPEN
                                    && ofImpolite.readyState() == RTCDataChannelState.OPEN,
                            LIMIT);

            assertThat(events).startsWith("have-local-offer", "stable", "have-remote-offer", "stable");
        });
    }

    @Test
    void aRolledBackOfferLeavesNoTraceAndTheNextOneIsLikeTheFirst() {
        simulate(peers -> {
            peers.offerer.createDataChannel("one");
            await(peers, peers.offerer.setLocalDescription());

            await(peers, peers.offerer.setLocalDescription(RTCSessionDescriptionInit.rollback()));

            assertThat(peers.offerer.signalingState()).isEqualTo(RTCSignalingState.STABLE);
            assertThat(peers.offerer.localDescription()).isNull();
            assertThat(nameOf(
                            failureOf(peers, peers.offerer.setLocalDescription(RTCSessionDescriptionInit.rollback()))))
                    .isEqualTo("InvalidStateError");
            RTCSessionDescriptionInit offer = await(peers, peers.offerer.createOffer());
            assertThat(offer.sdp()).contains("m=application", "a=setup:actpass");
        });
    }

    @Test
    void aRemoteOfferCanBeTakenBackAndAnotherAnswered() {
        simulate(peers -> {
            RTCDataChannel channel = peers.offerer.createDataChannel("one");
            await(peers, peers.offerer.setLocalDescription());
            await(peers, peers.answerer.setRemoteDescription(requireNonNull(peers.offerer.localDescription())));

            await(peers, peers.answerer.setRemoteDescription(RTCSessionDescriptionInit.rollback()));
            assertThat(peers.answerer.signalingState()).isEqualTo(RTCSignalingState.STABLE);
            assertThat(peers.answerer.remoteDescription()).isNull();
            // Candidates of the offer that was taken back come too late and are refused; the next offer names them.
            peers.simulation.time().runFor(Duration.ofMillis(50));
            assertThat(peers.failures).allMatch(failure -> nameOf(failure).equals("InvalidStateError"));
            peers.failures.clear();

            connect(peers, channel);
        });
    }

    @Test
    void aProvisionalAnswerConnectsAndTheFinalOneFollows() {
        simulate(peers -> {
            RTCDataChannel channel = peers.offerer.createDataChannel("early");
            await(peers, peers.offerer.setLocalDescription());
            await(peers, peers.answerer.setRemoteDescription(requireNonNull(peers.offerer.localDescription())));
            RTCSessionDescriptionInit answer = await(peers, peers.answerer.createAnswer());
            await(peers, peers.answerer.setLocalDescription(RTCSessionDescriptionInit.pranswer(answer.sdp())));
            assertThat(peers.answerer.signalingState()).isEqualTo(RTCSignalingState.HAVE_LOCAL_PRANSWER);

            await(peers, peers.offerer.setRemoteDescription(RTCSessionDescriptionInit.pranswer(answer.sdp())));
            assertThat(peers.offerer.signalingState()).isEqualTo(RTCSignalingState.HAVE_REMOTE_PRANSWER);
            peers.simulation.time().runUntil(() -> channel.readyState() == RTCDataChannelState.OPEN, LIMIT);

            await(peers, peers.answerer.setLocalDescription());
            await(peers, peers.offerer.setRemoteDescription(requireNonNull(peers.answerer.localDescription())));
            assertThat(peers.offerer.signalingState()).isEqualTo(RTCSignalingState.STABLE);
            assertThat(channel.readyState()).isEqualTo(RTCDataChannelState.OPEN);
        });
    }

    @Test
    void renegotiationKeepsTheAssociationAndItsChannelsWhoeverOffers() {
        simulate(peers -> {
            RTCDataChannel channel = peers.offerer.createDataChannel("kept");
            List<String> received = new ArrayList<>();
            peers.answerer.onDataChannel(event -> event.channel().onMessage(message -> received.add(message.text())));
            connect(peers, channel);

            await(peers, peers.answerer.setLocalDescription());
            await(peers, peers.offerer.setRemoteDescription(requireNonNull(peers.answerer.localDescription())));
            await(peers, peers.offerer.setLocalDescription());
            await(peers, peers.answerer.setRemoteDescription(requireNonNull(peers.offerer.localDescription())));
            channel.send("still there");
            peers.simulation.time().runUntil(() -> !received.isEmpty(), LIMIT);

            assertThat(received).containsExactly("still there");
            assertThat(peers.offerer.connectionState()).isEqualTo(RTCPeerConnectionState.CONNECTED);
            String answer = requireNonNull(peers.offerer.localDescription()).sdp();
            assertThat(answer).contains("a=setup:passive");
        });
    }

    @Test
    void anIceRestartOffersNewCredentialsAndTheConnectionLivesOn() {
        simulate(peers -> {
            RTCDataChannel channel = peers.offerer.createDataChannel("kept");
            List<String> received = new ArrayList<>();
            peers.answerer.onDataChannel(event -> event.channel().onMessage(message -> received.add(message.text())));
            connect(peers, channel);
            String before = ufrag(peers.offerer);
            String remoteBefore = ufrag(peers.answerer);

            peers.offerer.restartIce();
            peers.negotiate();
            peers.simulation.time().runFor(Duration.ofSeconds(3));
            channel.send("after the restart");
            peers.simulation.time().runUntil(() -> !received.isEmpty(), LIMIT);

            assertThat(peers.failures).isEmpty();
            assertThat(ufrag(peers.offerer)).isNotEqualTo(before);
            assertThat(ufrag(peers.answerer)).isNotEqualTo(remoteBefore);
            assertThat(peers.offerer.connectionState()).isEqualTo(RTCPeerConnectionState.CONNECTED);
        });
    }

    @Test
    void aRestartThatIsRolledBackReturnsToTheOldCredentialsAndSurvivesInTheNextOffer() {
        simulate(peers -> {
            RTCDataChannel channel = peers.offerer.createDataChannel("kept");
            connect(peers, channel);
            String before = ufrag(peers.offerer);
            peers.offerer.restartIce();
            await(peers, peers.offerer.setLocalDescription());
            assertThat(ufrag(peers.offerer)).isNotEqualTo(before);

            await(peers, peers.offerer.setLocalDescription(RTCSessionDescriptionInit.rollback()));
            assertThat(ufrag(peers.offerer)).isEqualTo(before);
            peers.simulation.time().runFor(Duration.ofSeconds(40));
            assertThat(peers.offerer.connectionState()).isEqualTo(RTCPeerConnectionState.CONNECTED);

            RTCSessionDescriptionInit next = await(peers, peers.offerer.createOffer());
            assertThat(next.sdp()).doesNotContain("a=ice-ufrag:" + before);
        });
    }

    @Test
    void setLocalDescriptionTakesOnlyWhatWasMadeLast() {
        simulate(peers -> {
            peers.offerer.createDataChannel("one");
            RTCSessionDescriptionInit offer = await(peers, peers.offerer.createOffer());

            Throwable munged = failureOf(
                    peers,
                    peers.offerer.setLocalDescription(
                            RTCSessionDescriptionInit.offer(offer.sdp().replace("actpass", "active"))));
            assertThat(nameOf(munged)).isEqualTo("InvalidModificationError");

            await(peers, peers.offerer.setLocalDescription(offer));
            assertThat(peers.offerer.signalingState()).isEqualTo(RTCSignalingState.HAVE_LOCAL_OFFER);
        });
    }

    @Test
    void theTextAndTheKindMayBothBeLeftOut() {
        simulate(peers -> {
            peers.offerer.createDataChannel("one");
            await(peers, peers.offerer.setLocalDescription(new RTCLocalSessionDescriptionInit(null, "")));
            assertThat(requireNonNull(peers.offerer.pendingLocalDescription())
                            .type()
                            .wireName())
                    .isEqualTo("offer");
        });
    }

    @Test
    void aDescriptionThatCannotBeReadSaysWhereAndChangesNothing() {
        simulate(peers -> {
            Throwable failure = failureOf(
                    peers,
                    peers.offerer.setRemoteDescription(
                            RTCSessionDescriptionInit.offer("v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\nnonsense\r\n")));

            assertThat(failure).isInstanceOf(RTCError.class);
            assertThat(((RTCError) failure).sdpLineNumber()).hasValue(3);
            assertThat(peers.offerer.signalingState()).isEqualTo(RTCSignalingState.STABLE);
            assertThat(peers.offerer.remoteDescription()).isNull();
        });
    }

    @Test
    void descriptionsThatLackCredentialsOrAFingerprintOrChangeRolesAreRefusedAsAWhole() {
        simulate(peers -> {
            RTCDataChannel channel = peers.offerer.createDataChannel("one");
            RTCSessionDescriptionInit offer = await(peers, peers.offerer.createOffer());
            for (String line : List.of("a=ice-ufrag:", "a=ice-pwd:", "a=fingerprint:")) {
                Throwable failure = failureOf(
                        peers,
                        peers.answerer.setRemoteDescription(
                                RTCSessionDescriptionInit.offer(without(offer.sdp(), line))));
                assertThat(nameOf(failure)).as(line).isEqualTo("InvalidAccessError");
                assertThat(peers.answerer.signalingState()).isEqualTo(RTCSignalingState.STABLE);
            }
            connect(peers, channel);
            RTCSessionDescriptionInit again = await(peers, peers.offerer.createOffer());
            Throwable failure = failureOf(
                    peers,
                    peers.answerer.setRemoteDescription(
                            RTCSessionDescriptionInit.offer(again.sdp().replace("setup:actpass", "setup:active"))));
            assertThat(nameOf(failure)).isEqualTo("InvalidAccessError");
        });
    }

    @Test
    void candidatesAreCheckedAgainstTheRemoteDescription() {
        simulate(peers -> {
            RTCIceCandidateInit candidate = RTCIceCandidateInit.builder()
                    .candidate("candidate:1 1 udp 2122260223 192.0.2.9 5000 typ host")
                    .sdpMid("0")
                    .build();
            assertThat(nameOf(failureOf(peers, peers.offerer.addIceCandidate(candidate))))
                    .isEqualTo("InvalidStateError");
            assertThat(nameOf(failureOf(
                            peers,
                            peers.offerer.addIceCandidate(RTCIceCandidateInit.builder()
                                    .candidate("candidate:x")
                                    .build()))))
                    .isEqualTo("TypeError");
            RTCDataChannel channel = peers.offerer.createDataChannel("one");
            connect(peers, channel);
            RTCIceCandidateInit.Builder builder = RTCIceCandidateInit.builder().candidate(candidate.candidate());
            assertThat(nameOf(failureOf(
                            peers,
                            peers.offerer.addIceCandidate(
                                    builder.sdpMid("nobody").build()))))
                    .isEqualTo("OperationError");
            assertThat(nameOf(failureOf(
                            peers,
                            peers.offerer.addIceCandidate(
                                    builder.sdpMid(null).sdpMLineIndex(3).build()))))
                    .isEqualTo("OperationError");
            assertThat(nameOf(failureOf(
                            peers,
                            peers.offerer.addIceCandidate(builder.sdpMid("0")
                                    .usernameFragment("other")
                                    .build()))))
                    .isEqualTo("OperationError");
            assertThat(nameOf(failureOf(
                            peers,
                            peers.offerer.addIceCandidate(RTCIceCandidateInit.builder()
                                    .sdpMid("0")
                                    .candidate("candidate:nonsense")
                                    .build()))))
                    .isEqualTo("OperationError");
            await(peers, peers.offerer.addIceCandidate(candidate));
            assertThat(requireNonNull(peers.offerer.remoteDescription()).sdp()).contains("192.0.2.9");
        });
    }

    @Test
    void theWholeDescriptionIsThereWhenGatheringIsComplete() {
        simulate(peers -> {
            peers.offerer.createDataChannel("one");
            peers.note(peers.offerer.setLocalDescription());

            RTCSessionDescription whole = await(peers, peers.offerer.gatheringComplete());

            assertThat(whole.sdp()).contains("a=candidate:", "192.0.2.1", "a=end-of-candidates");
            assertThat(peers.offerer.iceGatheringState()).isEqualTo(RTCIceGatheringState.COMPLETE);
            assertThat(await(peers, peers.offerer.gatheringComplete()).sdp()).isEqualTo(whole.sdp());
        });
    }

    @Test
    void aWrongFingerprintEndsInFailedWithNoDataDelivered() {
        simulate(peers -> {
            RTCDataChannel channel = peers.offerer.createDataChannel("one");
            List<String> errors = new ArrayList<>();
            channel.onError(event -> errors.add(event.error().errorDetail().wireName()))
                    .onClose(event -> errors.add("close"));
            List<String> announced = new ArrayList<>();
            peers.answerer.onDataChannel(event -> announced.add(event.channel().label()));
            await(peers, peers.offerer.setLocalDescription());
            await(peers, peers.answerer.setRemoteDescription(requireNonNull(peers.offerer.localDescription())));
            await(peers, peers.answerer.setLocalDescription());
            String forged = requireNonNull(peers.answerer.localDescription())
                    .sdp()
                    .replaceAll("sha-256 ..:..:..", "sha-256 00:00:00");
            await(peers, peers.offerer.setRemoteDescription(RTCSessionDescriptionInit.answer(forged)));

            peers.simulation
                    .time()
                    .runUntil(() -> peers.offerer.connectionState() == RTCPeerConnectionState.FAILED, LIMIT);

            assertThat(channel.readyState()).isEqualTo(RTCDataChannelState.CLOSED);
            assertThat(errors).containsExactly("fingerprint-failure", "close");
            assertThat(announced).isEmpty();
        });
    }

    private static String ufrag(RTCPeerConnection connection) {
        String sdp = requireNonNull(connection.localDescription()).sdp();
        int begin = sdp.indexOf("a=ice-ufrag:") + 12;
        return sdp.substring(begin, sdp.indexOf('\r', begin));
    }

    private static String without(String sdp, String line) {
        StringBuilder kept = new StringBuilder();
        sdp.lines().filter(each -> !each.startsWith(line)).forEach(each -> kept.append(each)
                .append("\r\n"));
        return kept.toString();
    }
}
