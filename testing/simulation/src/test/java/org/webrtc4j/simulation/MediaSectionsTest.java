package org.webrtc4j.simulation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.webrtc4j.RTCRtpTransceiverDirection.RECVONLY;
import static org.webrtc4j.RTCRtpTransceiverDirection.SENDONLY;
import static org.webrtc4j.RTCRtpTransceiverDirection.SENDRECV;
import static org.webrtc4j.RTCRtpTransceiverDirection.STOPPED;
import static org.webrtc4j.simulation.MediaPair.directions;
import static org.webrtc4j.simulation.MediaPair.section;
import static org.webrtc4j.simulation.MediaPair.simulate;
import static org.webrtc4j.simulation.MediaPair.track;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.webrtc4j.MediaStream;
import org.webrtc4j.MediaStreamTrack;
import org.webrtc4j.MediaStreamTrackState;
import org.webrtc4j.RTCDataChannel;
import org.webrtc4j.RTCDataChannelState;
import org.webrtc4j.RTCPeerConnectionState;
import org.webrtc4j.RTCRtpSender;
import org.webrtc4j.RTCRtpTransceiver;
import org.webrtc4j.RTCSessionDescriptionInit;
import org.webrtc4j.RTCSignalingState;

/** Sections that are given up and taken again, taken back, offered by both at once, and shared with data. */
class MediaSectionsTest {

    @Test
    void aStoppedTransceiverGivesUpItsSectionAndANewOneTakesItWithANewMid() {
        simulate(pair -> {
            RTCRtpTransceiver stopped = pair.a.addTransceiver(track("video"));
            pair.a.addTransceiver(track("audio"));
            List<MediaStreamTrack> received = new ArrayList<>();
            List<String> events = new ArrayList<>();
            pair.b.onTrack(event -> {
                received.add(event.track());
                event.track()
                        .onEnded(ended -> events.add("ended " + event.track().kind()));
            });
            pair.negotiate();

            stopped.stop();
            assertThat(stopped.direction()).isEqualTo(STOPPED);
            assertThat(stopped.currentDirection()).isEqualTo(SENDONLY);
            assertThat(stopped.receiver().track().readyState()).isEqualTo(MediaStreamTrackState.ENDED);
            pair.negotiate();

            assertThat(stopped.currentDirection()).isEqualTo(STOPPED);
            assertThat(stopped.mid()).isNull();
            assertThat(pair.a.getTransceivers()).hasSize(1);
            assertThat(pair.b.getTransceivers()).hasSize(1);
            assertThat(events).containsExactly("ended video");
            assertThat(received.get(0).readyState()).isEqualTo(MediaStreamTrackState.ENDED);
            assertThat(section(pair.b, 0).isRejected()).isTrue();

            RTCRtpTransceiver recycled = pair.a.addTransceiver("audio");
            pair.negotiate();
            assertThat(recycled.mid()).isEqualTo("2");
            assertThat(MediaPair.local(pair.a).media()).hasSize(2);
            assertThat(section(pair.a, 0).mid()).hasValue("2");
            assertThat(section(pair.a, 0).media()).isEqualTo("audio");
            pair.run(Duration.ofSeconds(1));
            assertThat(pair.a.connectionState()).isEqualTo(RTCPeerConnectionState.CONNECTED);
        });
    }

    @Test
    void aTransceiverThatIsStoppedBeforeItHadASectionIsNeverOffered() {
        simulate(pair -> {
            pair.a.addTransceiver("audio");
            RTCRtpTransceiver unused = pair.a.addTransceiver("video");
            unused.stop();
            pair.negotiate();

            assertThat(MediaPair.local(pair.a).media()).hasSize(1);
            assertThat(pair.a.getTransceivers()).hasSize(1);
            assertThat(unused.currentDirection()).isEqualTo(STOPPED);
        });
    }

    @Test
    void theRollbackOfALocalOfferTakesMidsBackAndTheNextOfferGivesThemAgain() {
        simulate(pair -> {
            RTCRtpTransceiver transceiver = pair.a.addTransceiver("audio");
            pair.await(pair.a.setLocalDescription());
            assertThat(transceiver.mid()).isEqualTo("0");

            pair.await(pair.a.setLocalDescription(RTCSessionDescriptionInit.rollback()));

            assertThat(transceiver.mid()).isNull();
            assertThat(pair.a.getTransceivers()).containsExactly(transceiver);
            pair.negotiate();
            assertThat(transceiver.mid()).isNotNull();
            assertThat(transceiver.currentDirection()).isEqualTo(SENDONLY);
        });
    }

    @Test
    void theRollbackOfARemoteOfferRemovesTheTransceiversItMadeUnlessAddTrackTookThem() {
        simulate(pair -> {
            MediaStream stream = new MediaStream();
            pair.a.addTrack(track("audio"), stream);
            pair.a.addTrack(track("video"), stream);
            List<String> events = new ArrayList<>();
            List<MediaStreamTrack> tracks = new ArrayList<>();
            pair.b.onTrack(event -> {
                tracks.add(event.track());
                event.streams()
                        .get(0)
                        .onRemoveTrack(removed ->
                                events.add("removetrack " + removed.track().kind()));
            });
            pair.await(pair.a.setLocalDescription());
            pair.deliver(pair.a, pair.b);
            RTCRtpSender kept = pair.b.addTrack(track("video"));

            pair.await(pair.b.setRemoteDescription(RTCSessionDescriptionInit.rollback()));

            assertThat(pair.b.getTransceivers()).hasSize(1);
            assertThat(pair.b.getTransceivers().get(0).sender()).isSameAs(kept);
            assertThat(pair.b.getTransceivers().get(0).mid()).isNull();
            assertThat(events).containsExactly("removetrack audio", "removetrack video");
            assertThat(tracks.get(0).readyState()).isEqualTo(MediaStreamTrackState.ENDED);
            assertThat(tracks.get(1).readyState()).isEqualTo(MediaStreamTrackState.LIVE);
            pair.deliver(pair.a, pair.b);
            pair.await(pair.b.setLocalDescription());
            pair.deliver(pair.b, pair.a);
            assertThat(directions(pair.a)).containsExactlyInAnyOrder(SENDONLY, SENDRECV);
        });
    }

    @Test
    void theRollbackOfARenegotiationReturnsToWhatWasReceivedBefore() {
        simulate(pair -> {
            MediaStream stream = new MediaStream();
            RTCRtpSender sender = pair.a.addTrack(track("audio"), stream);
            pair.negotiate();
            MediaStreamTrack received = pair.b.getReceivers().get(0).track();
            List<String> events = new ArrayList<>();
            pair.b.onTrack(event -> events.add("track"));
            pair.a.removeTrack(sender);
            pair.await(pair.a.setLocalDescription());
            pair.deliver(pair.a, pair.b);

            pair.await(pair.b.setRemoteDescription(RTCSessionDescriptionInit.rollback()));

            assertThat(pair.b.getTransceivers()).hasSize(1);
            assertThat(pair.b.getReceivers().get(0).track()).isSameAs(received);
            assertThat(directions(pair.b)).containsExactly(RECVONLY);
            assertThat(pair.b.getTransceivers().get(0).mid()).isEqualTo("0");
            assertThat(events).isEmpty();
        });
    }

    @Test
    void whenBothSidesOfferAtOnceThePoliteOneYieldsAndBothTracksAreNegotiated() {
        simulate(pair -> {
            PerfectNegotiation.between(pair);
            for (int i = 0; i < 5; i++) {
                pair.a.addTrack(track("audio"));
                pair.b.addTrack(track("audio"));
                pair.b.addTransceiver(track("video"));
                pair.run(Duration.ofSeconds(2));
                assertThat(pair.a.signalingState()).isEqualTo(RTCSignalingState.STABLE);
                assertThat(pair.b.signalingState()).isEqualTo(RTCSignalingState.STABLE);
            }
            assertThat(pair.a.getTransceivers()).hasSameSizeAs(pair.b.getTransceivers());
            assertThat(pair.a.getSenders().stream().filter(each -> each.track() != null))
                    .hasSize(5);
            assertThat(pair.b.getSenders().stream().filter(each -> each.track() != null))
                    .hasSize(10);
            for (RTCRtpTransceiver each : pair.a.getTransceivers()) {
                RTCRtpTransceiver other = pair.b.getTransceivers().stream()
                        .filter(candidate -> requireNonNull(each.mid()).equals(candidate.mid()))
                        .findFirst()
                        .orElseThrow();
                assertThat(requireNonNull(each.currentDirection()).wireName())
                        .isEqualTo(opposite(
                                requireNonNull(other.currentDirection()).wireName()));
                if (each.sender().track() != null) {
                    assertThat(each.currentDirection()).isIn(SENDRECV, SENDONLY);
                }
                if (other.sender().track() != null) {
                    assertThat(each.currentDirection()).isIn(SENDRECV, RECVONLY);
                }
            }
        });
    }

    private static String opposite(String direction) {
        return switch (direction) {
            case "sendonly" -> "recvonly";
            case "recvonly" -> "sendonly";
            default -> direction;
        };
    }

    @Test
    void aChannelJoinsAConnectionThatBeganWithMediaAndTheReverse() {
        simulate(pair -> {
            pair.a.addTransceiver("audio");
            pair.negotiate();
            RTCDataChannel channel = pair.a.createDataChannel("later");
            pair.negotiate();
            pair.peers
                    .simulation
                    .time()
                    .runUntil(() -> channel.readyState() == RTCDataChannelState.OPEN, Duration.ofSeconds(5));
            assertThat(section(pair.a, 1).isDataChannel()).isTrue();

            pair.b.addTrack(track("video"));
            pair.negotiate(pair.b, pair.a);
            assertThat(channel.readyState()).isEqualTo(RTCDataChannelState.OPEN);
            assertThat(MediaPair.local(pair.b).media()).hasSize(3);
            assertThat(MediaPair.local(pair.b).bundles().get(0).mids()).containsExactly("0", "1", "2");
        });
    }

    @Test
    void aChannelThatIsMadeWhileAnExchangeWithoutDataIsUnderWayStaysForTheNext() {
        simulate(pair -> {
            List<String> needed = new ArrayList<>();
            pair.a.onNegotiationNeeded(event -> needed.add("needed"));
            pair.a.addTransceiver("audio");
            pair.await(pair.a.setLocalDescription());
            RTCDataChannel channel = pair.a.createDataChannel("later");
            pair.deliver(pair.a, pair.b);
            pair.await(pair.b.setLocalDescription());
            pair.deliver(pair.b, pair.a);
            pair.run(Duration.ofMillis(1));

            assertThat(channel.readyState()).isEqualTo(RTCDataChannelState.CONNECTING);
            assertThat(needed).hasSize(1);
        });
    }

    @Test
    void theTransportMovesToTheNextSectionWhenTheFirstIsStopped() {
        simulate(pair -> {
            RTCRtpTransceiver first = pair.a.addTransceiver("audio");
            RTCDataChannel channel = pair.a.createDataChannel("lives on");
            pair.negotiate();
            pair.peers
                    .simulation
                    .time()
                    .runUntil(() -> channel.readyState() == RTCDataChannelState.OPEN, Duration.ofSeconds(5));
            first.stop();
            pair.negotiate();

            assertThat(MediaPair.local(pair.a).bundles().get(0).mids()).containsExactly("1");
            assertThat(MediaPair.local(pair.a).iceUfrag(section(pair.a, 1))).isPresent();
            pair.a.restartIce();
            pair.negotiate();
            pair.run(Duration.ofSeconds(5));
            assertThat(pair.a.connectionState()).isEqualTo(RTCPeerConnectionState.CONNECTED);
            assertThat(channel.readyState()).isEqualTo(RTCDataChannelState.OPEN);
            assertThat(pair.peers.failures).isEmpty();
        });
    }
}
