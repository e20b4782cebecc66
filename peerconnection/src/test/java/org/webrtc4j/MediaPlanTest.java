package org.webrtc4j;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.webrtc4j.certificate.CertificateAlgorithm;
import org.webrtc4j.certificate.Certificates;
import org.webrtc4j.ice.memory.InMemoryIceAgents;
import org.webrtc4j.jsep.MediaPlan;
import org.webrtc4j.testkit.VirtualTime;

/** What negotiation tells the driver of media on both sides, and what senders may change without it. */
class MediaPlanTest {

    private static final RTCConfiguration CONFIGURATION = RTCConfiguration.builder()
            .certificates(RTCCertificate.of(Certificates.generate(
                    CertificateAlgorithm.ECDSA_P256, new SecureRandom(), System.currentTimeMillis())))
            .build();

    private final VirtualTime time = new VirtualTime();
    private final SplittableRandom random = new SplittableRandom(3);
    private final WebRtcRuntime runtime = WebRtcRuntime.builder()
            .eventLoops(List.of(time.newLoop("both")))
            .iceAgents(new InMemoryIceAgents(random))
            .dtls(new SilentDtls())
            .random(random)
            .build();
    private final RTCPeerConnection a = runtime.createPeerConnection(CONFIGURATION, "a");
    private final RTCPeerConnection b = runtime.createPeerConnection(CONFIGURATION, "b");

    @AfterEach
    void noTaskThrew() {
        assertThat(time.takeFailures()).isEmpty();
    }

    private <T> T await(CompletableFuture<T> future) {
        time.runUntil(future::isDone, Duration.ofSeconds(1));
        return future.join();
    }

    private void deliver(RTCPeerConnection from, RTCPeerConnection to) {
        await(to.setRemoteDescription(requireNonNull(from.localDescription())));
    }

    private void negotiate() {
        await(a.setLocalDescription());
        deliver(a, b);
        await(b.setLocalDescription());
        deliver(b, a);
    }

    private static MediaStreamTrack track(String kind) {
        return new MediaStreamTrack(new MediaTrackSource() {
            @Override
            public String kind() {
                return kind;
            }
        });
    }

    private MediaPlan plan(RTCPeerConnection connection) {
        time.runFor(Duration.ofMillis(1));
        MediaPlan plan = connection.connection().driver().plan();
        assertThat(plan).isEqualTo(connection.connection().negotiation().plan());
        return plan;
    }

    private String failureOf(CompletableFuture<?> future) {
        time.runUntil(future::isDone, Duration.ofSeconds(1));
        try {
            future.join();
        } catch (CompletionException failed) {
            return ((DOMException) requireNonNull(failed.getCause())).name();
        } catch (DOMException failed) {
            return failed.name();
        }
        throw new AssertionError("did not fail");
    }

    @Test
    void bothPlansAreEachOthersMirror() {
        a.addTrack(track("audio"));
        a.addTransceiver(track("video"));
        b.onTrack(event -> b.addTrack(track(event.track().kind())));
        negotiate();

        MediaPlan ours = plan(a);
        MediaPlan theirs = plan(b);
        assertThat(ours.sections()).hasSize(2);
        for (int i = 0; i < 2; i++) {
            MediaPlan.Section here = ours.sections().get(i);
            MediaPlan.Section there = theirs.sections().get(i);
            assertThat(here.index()).isEqualTo(i);
            assertThat(here.mid()).isEqualTo(there.mid());
            assertThat(here.sends() && here.receives() && there.sends() && there.receives())
                    .isTrue();
            assertThat(here.sendCodecs()).isEqualTo(there.receiveCodecs());
            assertThat(here.receiveCodecs()).isEqualTo(there.sendCodecs());
            assertThat(here.extensions()).isEqualTo(there.extensions());
            assertThat(here.sources().get(0).ssrc())
                    .isEqualTo(there.encodings().get(0).ssrc());
            assertThat(there.sources().get(0).ssrc())
                    .isEqualTo(here.encodings().get(0).ssrc());
            assertThat(here.remoteCname()).isEqualTo(theirs.cname());
            assertThat(here.reducedSizeRtcp()).isTrue();
        }
        assertThat(ours.sections().get(1).sources().get(0).rtxSsrc())
                .isEqualTo(theirs.sections().get(1).encodings().get(0).rtxSsrc());
    }

    @Test
    void receivingIsLiveFromTheLocalOfferOnAndSendingFromTheAnswerOn() {
        a.addTransceiver(track("video"));
        await(a.setLocalDescription());

        MediaPlan.Section offered = plan(a).sections().get(0);
        assertThat(offered.receives()).isTrue();
        assertThat(offered.sends()).isFalse();
        assertThat(offered.receiveCodecs()).isNotEmpty();
        assertThat(offered.sendCodecs()).isEmpty();

        deliver(a, b);
        assertThat(plan(b).sections()).allMatch(each -> !each.receives() && !each.sends());
        await(b.setLocalDescription());
        assertThat(plan(b).sections().get(0).receives()).isTrue();
        deliver(b, a);
        assertThat(plan(a).sections().get(0).sends()).isTrue();
        assertThat(plan(a).sections().get(0).receives()).isFalse();
    }

    @Test
    void stopTakesTheSectionOutOfBothPlansAndBeforeThatOutOfUse() {
        RTCRtpTransceiver transceiver = a.addTransceiver(track("audio"));
        negotiate();
        transceiver.stop();
        assertThat(plan(a).sections()).allMatch(each -> !each.sends() && !each.receives());
        negotiate();

        assertThat(plan(a).sections()).isEmpty();
        assertThat(plan(b).sections()).isEmpty();
    }

    @Test
    void aRollbackReturnsToThePlanOfBefore() {
        a.addTransceiver(track("audio"));
        negotiate();
        MediaPlan ofA = plan(a);
        MediaPlan ofB = plan(b);
        a.addTransceiver(track("video"));
        await(a.setLocalDescription());
        deliver(a, b);
        assertThat(plan(a)).isNotEqualTo(ofA);

        await(a.setLocalDescription(RTCSessionDescriptionInit.rollback()));
        await(b.setRemoteDescription(RTCSessionDescriptionInit.rollback()));

        assertThat(plan(a)).isEqualTo(ofA);
        assertThat(plan(b)).isEqualTo(ofB);
    }

    @Test
    void simulcastIsOfferedWithRidsAndFallsBackToOneStreamWhereItIsNotTaken() {
        RTCRtpTransceiverInit init = RTCRtpTransceiverInit.builder()
                .direction(RTCRtpTransceiverDirection.SENDONLY)
                .sendEncodings(List.of(
                        RTCRtpEncodingParameters.builder().rid("lo").build(),
                        RTCRtpEncodingParameters.builder().rid("hi").build()))
                .build();
        RTCRtpTransceiver transceiver = a.addTransceiver(track("video"), init);
        assertThat(transceiver.sender().getParameters().encodings())
                .extracting(RTCRtpEncodingParameters::scaleResolutionDownBy)
                .containsExactly(2.0, 1.0);
        negotiate();

        assertThat(plan(a).sections().get(0).encodings())
                .extracting(each -> each.rid())
                .containsExactly("lo", "hi");
        assertThat(plan(b).sections().get(0).receiveRids()).containsExactly("lo", "hi");
    }

    @Test
    void setParametersTakesNewValuesAndNothingElse() {
        RTCRtpSender sender = a.addTransceiver(track("video")).sender();
        RTCRtpSendParameters parameters = sender.getParameters();
        assertThat(sender.getParameters()).isSameAs(parameters);
        RTCRtpEncodingParameters encoding = parameters.encodings().get(0);

        await(sender.setParameters(parameters.toBuilder()
                .encodings(List.of(
                        encoding.toBuilder().active(false).maxBitrate(100_000L).build()))
                .build()));
        assertThat(failureOf(sender.setParameters(parameters))).isEqualTo("InvalidStateError");

        RTCRtpSendParameters changed = sender.getParameters();
        assertThat(changed.encodings().get(0).maxBitrate()).isEqualTo(100_000L);
        assertThat(failureOf(sender.setParameters(
                        changed.toBuilder().transactionId("other").build())))
                .isEqualTo("InvalidModificationError");
        assertThat(failureOf(sender.setParameters(changed.toBuilder()
                        .encodings(List.of(encoding, encoding))
                        .build())))
                .isEqualTo("InvalidModificationError");
        assertThat(failureOf(sender.setParameters(changed.toBuilder()
                        .encodings(List.of(
                                encoding.toBuilder().scaleResolutionDownBy(0.5).build()))
                        .build())))
                .isEqualTo("RangeError");
        negotiate();
        assertThat(plan(a).sections().get(0).encodings()).noneMatch(each -> each.active());
        assertThat(failureOf(sender.setParameters(changed))).isEqualTo("InvalidStateError");
    }

    @Test
    void addTransceiverChecksItsEncodings() {
        for (List<RTCRtpEncodingParameters> wrong : List.of(
                List.of(encoding("a"), encoding("a")),
                List.of(encoding("a"), RTCRtpEncodingParameters.builder().build()),
                List.of(encoding("not allowed"), encoding("b")))) {
            RTCRtpTransceiverInit init =
                    RTCRtpTransceiverInit.builder().sendEncodings(wrong).build();
            assertThatThrownBy(() -> a.addTransceiver("video", init))
                    .isInstanceOfSatisfying(DOMException.class, thrown -> assertThat(thrown.name())
                            .isEqualTo("TypeError"));
        }
        assertThatThrownBy(() -> a.addTransceiver("text"))
                .isInstanceOfSatisfying(
                        DOMException.class, thrown -> assertThat(thrown.name()).isEqualTo("TypeError"));
        assertThat(a.getTransceivers()).isEmpty();
    }

    private static RTCRtpEncodingParameters encoding(String rid) {
        return RTCRtpEncodingParameters.builder().rid(rid).build();
    }

    @Test
    void aTrackIsSentOnceAndReplacedByItsKindOnly() {
        MediaStreamTrack audio = track("audio");
        RTCRtpSender sender = a.addTrack(audio);
        assertThatThrownBy(() -> a.addTrack(audio))
                .isInstanceOfSatisfying(
                        DOMException.class, thrown -> assertThat(thrown.name()).isEqualTo("InvalidAccessError"));
        assertThatThrownBy(() -> b.removeTrack(sender))
                .isInstanceOfSatisfying(
                        DOMException.class, thrown -> assertThat(thrown.name()).isEqualTo("InvalidAccessError"));
        assertThat(failureOf(sender.replaceTrack(track("video")))).isEqualTo("TypeError");
        await(sender.replaceTrack(null));
        assertThat(sender.track()).isNull();
    }

    @Test
    void headerExtensionsAreSwitchedOffButNotTheMid() {
        RTCRtpTransceiver transceiver = a.addTransceiver("video");
        List<RTCRtpHeaderExtensionCapability> known = transceiver.getHeaderExtensionsToNegotiate();
        String delay = "http://www.webrtc.org/experiments/rtp-hdrext/playout-delay";
        transceiver.setHeaderExtensionsToNegotiate(known.stream()
                .map(each -> each.uri().equals(delay)
                        ? new RTCRtpHeaderExtensionCapability(delay, RTCRtpTransceiverDirection.STOPPED)
                        : each)
                .toList());
        negotiate();

        assertThat(requireNonNull(a.localDescription()).sdp()).doesNotContain(delay);
        assertThat(transceiver.getNegotiatedHeaderExtensions())
                .contains(new RTCRtpHeaderExtensionCapability(delay, RTCRtpTransceiverDirection.STOPPED));
        List<RTCRtpHeaderExtensionCapability> off = known.stream()
                .map(each -> new RTCRtpHeaderExtensionCapability(each.uri(), RTCRtpTransceiverDirection.STOPPED))
                .toList();
        assertThatThrownBy(() -> transceiver.setHeaderExtensionsToNegotiate(off))
                .isInstanceOfSatisfying(
                        DOMException.class, thrown -> assertThat(thrown.name()).isEqualTo("InvalidModificationError"));
    }

    @Test
    void aSourceHearsWhenTheLastOfItsTracksHasEnded() {
        int[] unused = new int[1];
        MediaStreamTrack track = new MediaStreamTrack(new MediaTrackSource() {
            @Override
            public String kind() {
                return "audio";
            }

            @Override
            public void onUnused() {
                unused[0]++;
            }
        });
        MediaStreamTrack copy = track.clone();
        track.stop();
        track.stop();
        assertThat(unused[0]).isZero();
        copy.stop();
        assertThat(unused[0]).isEqualTo(1);
        assertThat(copy.id()).isNotEqualTo(track.id());
    }
}
