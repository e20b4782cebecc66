package org.webrtc4j.simulation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.webrtc4j.RTCRtpTransceiverDirection.INACTIVE;
import static org.webrtc4j.RTCRtpTransceiverDirection.RECVONLY;
import static org.webrtc4j.RTCRtpTransceiverDirection.SENDONLY;
import static org.webrtc4j.RTCRtpTransceiverDirection.SENDRECV;
import static org.webrtc4j.RTCRtpTransceiverDirection.STOPPED;
import static org.webrtc4j.simulation.MediaPair.directions;
import static org.webrtc4j.simulation.MediaPair.init;
import static org.webrtc4j.simulation.MediaPair.section;
import static org.webrtc4j.simulation.MediaPair.simulate;
import static org.webrtc4j.simulation.MediaPair.track;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.webrtc4j.DOMException;
import org.webrtc4j.MediaStream;
import org.webrtc4j.MediaStreamTrack;
import org.webrtc4j.MediaStreamTrackState;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.RTCPeerConnectionState;
import org.webrtc4j.RTCRtpCodec;
import org.webrtc4j.RTCRtpReceiver;
import org.webrtc4j.RTCRtpSender;
import org.webrtc4j.RTCRtpTransceiver;
import org.webrtc4j.sdp.Direction;
import org.webrtc4j.sdp.MediaDescription;

/** Offers and answers with media between two connections (RFC 9429, webrtc-pc section 4.4.1.5 and 5). */
class MediaNegotiationTest {

    private static List<RTCRtpCodec> codecs(String... names) {
        List<RTCRtpCodec> all =
                requireNonNull(RTCRtpReceiver.getCapabilities("video")).codecs();
        List<RTCRtpCodec> chosen = new ArrayList<>();
        for (String name : names) {
            all.stream()
                    .filter(each -> each.mimeType().equals("video/" + name))
                    .findFirst()
                    .ifPresent(chosen::add);
        }
        return chosen;
    }

    private static List<String> encodings(MediaDescription section) {
        return section.rtpFormats().stream()
                .map(each -> each.rtpmap().encoding())
                .toList();
    }

    @Test
    void tracksOfBothSidesMeetInOneSectionEachAndTheTransportConnects() {
        simulate(pair -> {
            MediaStream stream = new MediaStream(track("audio"), track("video"));
            stream.getTracks().forEach(each -> pair.a.addTrack(each, stream));
            List<String> told = new ArrayList<>();
            pair.b.onTrack(event -> {
                told.add(event.track().kind() + " in " + event.streams().get(0).id());
                assertThat(event.transceiver().receiver()).isSameAs(event.receiver());
                pair.b.addTrack(track(event.track().kind()));
            });

            pair.negotiate();

            assertThat(told).containsExactly("audio in " + stream.id(), "video in " + stream.id());
            assertThat(directions(pair.a)).containsExactly(SENDRECV, SENDRECV);
            assertThat(directions(pair.b)).containsExactly(SENDRECV, SENDRECV);
            assertThat(pair.a.getTransceivers())
                    .extracting(RTCRtpTransceiver::mid)
                    .containsExactly("0", "1");
            pair.peers
                    .simulation
                    .time()
                    .runUntil(
                            () -> pair.b.connectionState() == RTCPeerConnectionState.CONNECTED, Duration.ofSeconds(5));
            assertThat(pair.a.getSenders().get(0).transport())
                    .isSameAs(pair.a.getReceivers().get(1).transport())
                    .isNotNull();
            assertThat(pair.a.sctp()).isNull();
        });
    }

    @Test
    void setRemoteDescriptionTellsSignalingstatechangeMuteRemovetrackAddtrackAndTrackInThisOrder() {
        simulate(pair -> {
            MediaStream first = new MediaStream();
            MediaStream second = new MediaStream();
            RTCRtpSender leaving = pair.a.addTrack(track("audio"), first);
            RTCRtpSender moving = pair.a.addTrack(track("video"), first);
            List<String> events = new ArrayList<>();
            List<MediaStream> remote = new ArrayList<>();
            pair.b.onTrack(event -> remote.addAll(event.streams()));
            pair.negotiate();
            MediaStream known = remote.get(0);
            assertThat(remote).allMatch(each -> each == known);
            known.onAddTrack(event -> events.add("addtrack"))
                    .onRemoveTrack(
                            event -> events.add("removetrack " + event.track().kind()));
            // Nothing has come yet: a track that is muted does not become so again.
            assertThat(known.getTracks()).allMatch(MediaStreamTrack::muted);
            pair.b.onSignalingStateChange(
                    event -> events.add(pair.b.signalingState().wireName()));
            pair.b.onTrack(event -> events.add("track " + event.streams().get(0).id()));

            pair.a.removeTrack(leaving);
            moving.setStreams(second);
            pair.await(pair.a.setLocalDescription());
            pair.deliver(pair.a, pair.b);

            assertThat(events)
                    .containsExactly(
                            "have-remote-offer", "removetrack audio", "removetrack video", "track " + second.id());
            assertThat(known.getTracks()).isEmpty();
        });
    }

    @Test
    void addTrackTakesTheTransceiverOfARemoteOfferAndTheAnswerSends() {
        simulate(pair -> {
            pair.a.addTransceiver("audio");
            pair.await(pair.a.setLocalDescription());
            pair.deliver(pair.a, pair.b);
            assertThat(pair.b.getTransceivers().get(0).direction()).isEqualTo(RECVONLY);

            RTCRtpSender sender = pair.b.addTrack(track("audio"));

            assertThat(pair.b.getTransceivers()).hasSize(1);
            assertThat(pair.b.getTransceivers().get(0).sender()).isSameAs(sender);
            assertThat(pair.b.getTransceivers().get(0).direction()).isEqualTo(SENDRECV);
            pair.await(pair.b.setLocalDescription());
            pair.deliver(pair.b, pair.a);
            assertThat(directions(pair.a)).containsExactly(SENDRECV);
        });
    }

    @Test
    void aRemoteOfferTakesWhatAddTrackMadeButNotWhatAddTransceiverMade() {
        simulate(pair -> {
            pair.b.addTransceiver("video");
            RTCRtpSender byTrack = pair.b.addTrack(track("audio"));
            pair.a.addTransceiver("video");
            pair.a.addTransceiver("audio");

            pair.negotiate();

            List<RTCRtpTransceiver> ours = pair.b.getTransceivers();
            assertThat(ours).hasSize(3);
            assertThat(ours.get(0).mid()).isNull();
            assertThat(ours.get(1).sender()).isSameAs(byTrack);
            assertThat(ours.get(1).mid()).isEqualTo("1");
            assertThat(ours.get(2).mid()).isEqualTo("0");
            assertThat(directions(pair.b)).containsExactly(null, SENDRECV, RECVONLY);
        });
    }

    @Test
    void theAnswersDirectionIsTheIntersectionOfBothWishes() {
        simulate(pair -> {
            RTCRtpTransceiver sends = pair.a.addTransceiver("audio", init(SENDONLY));
            RTCRtpTransceiver receives = pair.a.addTransceiver("video", init(RECVONLY));
            pair.negotiate();

            assertThat(sends.currentDirection()).isEqualTo(SENDONLY);
            assertThat(receives.currentDirection()).isEqualTo(INACTIVE);
            assertThat(directions(pair.b)).containsExactly(RECVONLY, INACTIVE);

            pair.b.getTransceivers().get(1).direction(SENDONLY);
            pair.negotiate(pair.b, pair.a);

            assertThat(receives.currentDirection()).isEqualTo(RECVONLY);
            assertThat(directions(pair.b)).containsExactly(RECVONLY, SENDONLY);
        });
    }

    @Test
    void holdMutesTheOtherSideAndResumeTellsTheTrackAgain() {
        simulate(pair -> {
            RTCRtpTransceiver ours = pair.a.addTransceiver(track("audio"));
            List<String> events = new ArrayList<>();
            pair.b.onTrack(event -> events.add("track"));
            pair.negotiate();

            ours.direction(INACTIVE);
            pair.negotiate();
            assertThat(directions(pair.b)).containsExactly(INACTIVE);
            assertThat(section(pair.b, 0).direction()).hasValue(Direction.INACTIVE);

            ours.direction(SENDRECV);
            pair.negotiate();
            assertThat(directions(pair.b)).containsExactly(RECVONLY);
            assertThat(events).containsExactly("track", "track");
        });
    }

    @Test
    void tracksAreAddedAndRemovedFiftyTimesInOneSection() {
        simulate(pair -> {
            List<String> told = new ArrayList<>();
            pair.b.onTrack(event -> told.add(event.streams().get(0).id()));
            List<String> streams = new ArrayList<>();
            RTCRtpTransceiver transceiver = pair.a.addTransceiver("video", init(INACTIVE));
            for (int i = 0; i < 50; i++) {
                MediaStream stream = new MediaStream();
                streams.add(stream.id());
                pair.await(transceiver.sender().replaceTrack(track("video")));
                transceiver.sender().setStreams(stream);
                transceiver.direction(SENDONLY);
                pair.negotiate();
                pair.a.removeTrack(transceiver.sender());
                pair.negotiate(i % 2 == 0 ? pair.a : pair.b, i % 2 == 0 ? pair.b : pair.a);
            }
            assertThat(told).isEqualTo(streams);
            assertThat(pair.a.getTransceivers()).hasSize(1);
            assertThat(pair.b.getTransceivers()).hasSize(1);
            assertThat(directions(pair.a)).containsExactly(INACTIVE);
            assertThat(MediaPair.local(pair.a).media()).hasSize(1);
            pair.run(Duration.ofSeconds(1));
            assertThat(pair.a.connectionState()).isEqualTo(RTCPeerConnectionState.CONNECTED);
        });
    }

    @Test
    void addTrackAfterRemoveTrackMakesANewTransceiverBecauseTheOldOneHasSent() {
        simulate(pair -> {
            RTCRtpSender first = pair.a.addTrack(track("audio"));
            pair.negotiate();
            pair.a.removeTrack(first);
            RTCRtpSender second = pair.a.addTrack(track("audio"));

            assertThat(second).isNotSameAs(first);
            assertThat(pair.a.getSenders()).containsExactly(first, second);
        });
    }

    @Test
    void withoutACodecInCommonTheSectionIsRejectedAndTheRestGoesOn() {
        simulate(pair -> {
            pair.a.addTransceiver("audio");
            RTCRtpTransceiver rejected = pair.a.addTransceiver("video");
            rejected.setCodecPreferences(codecs("VP8"));
            pair.await(pair.a.setLocalDescription());
            pair.deliver(pair.a, pair.b);
            pair.b.getTransceivers().get(1).setCodecPreferences(codecs("AV1"));
            pair.await(pair.b.setLocalDescription());
            pair.deliver(pair.b, pair.a);

            assertThat(section(pair.b, 0).isRejected()).isFalse();
            assertThat(section(pair.b, 1).isRejected()).isTrue();
            assertThat(section(pair.b, 1).port()).isZero();
            assertThat(rejected.currentDirection()).isEqualTo(STOPPED);
            assertThat(pair.a.getTransceivers()).hasSize(1);
            assertThat(pair.b.getTransceivers()).hasSize(1);
            pair.run(Duration.ofSeconds(1));
            assertThat(pair.a.connectionState()).isEqualTo(RTCPeerConnectionState.CONNECTED);
        });
    }

    @Test
    void setCodecPreferencesOrdersTheOfferAndTheAnswerOfTheSideThatChose() {
        simulate(pair -> {
            RTCRtpTransceiver offered = pair.a.addTransceiver("video");
            offered.setCodecPreferences(codecs("VP9", "VP8", "rtx"));
            pair.await(pair.a.setLocalDescription());
            assertThat(encodings(section(pair.a, 0))).containsExactly("VP9", "rtx", "VP8", "rtx");
            pair.deliver(pair.a, pair.b);
            pair.b.getTransceivers().get(0).setCodecPreferences(codecs("VP8", "VP9"));
            pair.await(pair.b.setLocalDescription());

            assertThat(encodings(section(pair.b, 0))).containsExactly("VP8", "VP9");
            assertThat(section(pair.a, 0).payloadTypes())
                    .containsAll(section(pair.b, 0).payloadTypes());
            pair.deliver(pair.b, pair.a);
            assertThat(offered.receiver().getParameters().codecs())
                    .extracting(each -> each.mimeType())
                    .containsExactly("video/VP9", "video/VP8");
            assertThat(offered.sender().getParameters().codecs())
                    .extracting(each -> each.mimeType())
                    .containsExactly("video/VP8", "video/VP9");
        });
    }

    @Test
    void setCodecPreferencesRefusesWhatIsUnknownAndWhatCarriesNoMedia() {
        simulate(pair -> {
            RTCRtpTransceiver transceiver = pair.a.addTransceiver("video");
            RTCRtpCodec unknown = new RTCRtpCodec("video/VP7", 90_000, null, null);
            assertThatThrownBy(() -> transceiver.setCodecPreferences(List.of(unknown)))
                    .isInstanceOfSatisfying(DOMException.class, thrown -> assertThat(thrown.name())
                            .isEqualTo("InvalidModificationError"));
            assertThatThrownBy(() -> transceiver.setCodecPreferences(codecs("rtx")))
                    .isInstanceOfSatisfying(DOMException.class, thrown -> assertThat(thrown.name())
                            .isEqualTo("InvalidModificationError"));
        });
    }

    @Test
    void negotiationneededFollowsEachWishOnceAndNotWhatNeedsNoNegotiation() {
        simulate(pair -> {
            List<String> needed = new ArrayList<>();
            pair.a.onNegotiationNeeded(event -> needed.add("needed"));
            RTCRtpSender sender = pair.a.addTrack(track("audio"), new MediaStream());
            pair.a.addTransceiver("video");
            pair.run(Duration.ofMillis(1));
            assertThat(needed).hasSize(1);
            pair.negotiate();
            pair.run(Duration.ofMillis(1));
            assertThat(needed).hasSize(1);

            pair.await(sender.replaceTrack(track("audio")));
            pair.await(sender.setParameters(sender.getParameters()));
            RTCRtpTransceiver video = pair.a.getTransceivers().get(1);
            video.direction(SENDRECV);
            pair.run(Duration.ofMillis(1));
            assertThat(needed).hasSize(1);

            video.direction(RECVONLY);
            pair.run(Duration.ofMillis(1));
            assertThat(needed).hasSize(2);
            pair.negotiate();
            sender.setStreams();
            pair.run(Duration.ofMillis(1));
            assertThat(needed).hasSize(3);
            pair.negotiate();
            video.stop();
            pair.run(Duration.ofMillis(1));
            assertThat(needed).hasSize(4);
            pair.negotiate();
            pair.run(Duration.ofMillis(1));
            assertThat(needed).hasSize(4);
        });
    }

    @Test
    void closeEndsTracksOfTheOtherSideAndRefusesChanges() {
        simulate(pair -> {
            RTCRtpTransceiver transceiver = pair.a.addTransceiver(track("audio"));
            pair.negotiate();
            RTCPeerConnection closed = pair.a;
            closed.close();

            assertThat(transceiver.currentDirection()).isEqualTo(STOPPED);
            assertThat(transceiver.receiver().track().readyState()).isEqualTo(MediaStreamTrackState.ENDED);
            for (Runnable change : List.<Runnable>of(
                    () -> closed.addTrack(track("audio")),
                    () -> closed.removeTrack(transceiver.sender()),
                    () -> closed.addTransceiver("audio"),
                    () -> transceiver.direction(INACTIVE),
                    () -> transceiver.sender().setStreams(),
                    transceiver::stop)) {
                assertThatThrownBy(change::run)
                        .isInstanceOfSatisfying(DOMException.class, thrown -> assertThat(thrown.name())
                                .isEqualTo("InvalidStateError"));
            }
        });
    }
}
