package org.webrtc4j;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.webrtc4j.certificate.CertificateAlgorithm;
import org.webrtc4j.certificate.Certificates;
import org.webrtc4j.ice.memory.InMemoryIceAgents;
import org.webrtc4j.testkit.VirtualLoop;
import org.webrtc4j.testkit.VirtualTime;

/** Any text as a description and any order of calls: every future completes, and fails with a DOM error only. */
class PeerConnectionFuzzTest {

    private static final int MAX_CALLS = 64;

    private static final RTCConfiguration CONFIGURATION = RTCConfiguration.builder()
            .certificates(RTCCertificate.of(Certificates.generate(
                    CertificateAlgorithm.ECDSA_P256, new SecureRandom(), System.currentTimeMillis())))
            .build();

    /** Two connections in virtual time whose agents meet in memory. */
    private static final class Pair {
        final VirtualTime time = new VirtualTime();
        final VirtualLoop loop = time.newLoop("both");
        final List<CompletableFuture<?>> futures = new ArrayList<>();
        final RTCPeerConnection a;
        final RTCPeerConnection b;

        Pair() {
            SplittableRandom random = new SplittableRandom(1);
            WebRtcRuntime runtime = WebRtcRuntime.builder()
                    .eventLoops(List.of(loop))
                    .iceAgents(new InMemoryIceAgents(random))
                    .dtls(new SilentDtls())
                    .random(random)
                    .build();
            a = runtime.createPeerConnection(CONFIGURATION, "a");
            b = runtime.createPeerConnection(CONFIGURATION, "b");
        }

        void assertOnlyDomErrors() {
            time.runFor(Duration.ofSeconds(1));
            for (CompletableFuture<?> each : futures) {
                assertThat(each).isDone();
                try {
                    each.join();
                } catch (CompletionException failed) {
                    assertThat(failed).hasCauseInstanceOf(DOMException.class);
                } catch (DOMException expected) {
                    assertThat(expected.name()).isNotEmpty();
                }
            }
            for (RTCPeerConnection each : List.of(a, b)) {
                if (each.whenClosed().isDone()) {
                    assertThat(each.whenClosed().join().kind()).isEqualTo(CloseCause.Kind.CLOSED);
                }
            }
            assertThat(time.takeFailures()).isEmpty();
        }
    }

    @FuzzTest
    void remoteDescription(byte[] bytes) {
        Pair pair = new Pair();
        String text = new String(bytes, StandardCharsets.UTF_8);

        pair.futures.add(pair.a.setRemoteDescription(RTCSessionDescriptionInit.offer(text)));
        pair.futures.add(pair.a.setLocalDescription());
        pair.b.addTransceiver("audio");
        pair.b.addTrack(track("video"));
        pair.b.createDataChannel("one");
        pair.futures.add(pair.b.setLocalDescription());
        pair.futures.add(pair.b.setRemoteDescription(RTCSessionDescriptionInit.answer(text)));
        pair.futures.add(pair.b.setLocalDescription());
        pair.futures.add(pair.b.addIceCandidate(
                RTCIceCandidateInit.builder().candidate(text).sdpMid("0").build()));

        pair.assertOnlyDomErrors();
    }

    @FuzzTest
    void orderOfCalls(byte[] calls) {
        Pair pair = new Pair();
        for (int i = 0; i < Math.min(calls.length, MAX_CALLS); i++) {
            RTCPeerConnection self = (calls[i] & 1) == 0 ? pair.a : pair.b;
            RTCPeerConnection other = (calls[i] & 1) == 0 ? pair.b : pair.a;
            try {
                call((calls[i] >> 1) & 31, self, other, pair);
            } catch (DOMException refused) {
                assertThat(refused.name()).isNotEmpty();
            }
            if ((calls[i] & 0x80) == 0) {
                pair.time.runFor(Duration.ofMillis(1));
            }
        }
        pair.assertOnlyDomErrors();
    }

    private static MediaStreamTrack track(String kind) {
        return new MediaStreamTrack(new MediaTrackSource() {
            @Override
            public String kind() {
                return kind;
            }
        });
    }

    private static void call(int which, RTCPeerConnection self, RTCPeerConnection other, Pair pair) {
        RTCSessionDescription theirs = other.localDescription();
        switch (which) {
            case 0 -> self.createDataChannel("channel");
            case 1 -> pair.futures.add(self.createOffer());
            case 2 -> pair.futures.add(self.createAnswer());
            case 3 -> pair.futures.add(self.setLocalDescription());
            case 4 -> pair.futures.add(self.setLocalDescription(RTCSessionDescriptionInit.rollback()));
            case 5 -> pair.futures.add(self.setRemoteDescription(RTCSessionDescriptionInit.rollback()));
            case 6, 7 -> {
                if (theirs != null) {
                    pair.futures.add(self.setRemoteDescription(theirs));
                }
            }
            case 8 -> {
                if (theirs != null) {
                    pair.futures.add(self.setRemoteDescription(
                            new RTCSessionDescriptionInit(RTCSdpType.PRANSWER, theirs.sdp())));
                }
            }
            case 9 -> pair.futures.add(self.addIceCandidate());
            case 10 -> self.restartIce();
            case 11 -> pair.futures.add(self.getStats());
            case 12 ->
                self.createDataChannel(
                        "negotiated",
                        RTCDataChannelInit.builder().negotiated(true).id(5).build());
            case 13 ->
                pair.futures.add(self.setLocalDescription(new RTCLocalSessionDescriptionInit(RTCSdpType.PRANSWER, "")));
            case 14 ->
                self.setConfiguration(RTCConfiguration.builder()
                        .iceServer(RTCIceServer.of("stun:host"))
                        .build());
            case 16, 17 -> self.addTransceiver((pair.futures.size() & 1) == 0 ? "audio" : "video");
            case 18 -> self.addTrack(track("audio"), new MediaStream());
            case 19 -> self.addTrack(track("video"));
            case 20 -> self.getSenders().forEach(self::removeTrack);
            case 21 -> self.getTransceivers().stream().findFirst().ifPresent(RTCRtpTransceiver::stop);
            case 22, 23, 24, 25 ->
                self.getTransceivers().forEach(each -> each.direction(RTCRtpTransceiverDirection.values()[which - 22]));
            case 26 -> self.getSenders().forEach(each -> pair.futures.add(each.setParameters(each.getParameters())));
            case 27 -> self.getSenders().forEach(each -> pair.futures.add(each.replaceTrack(track("video"))));
            case 28 -> self.getSenders().forEach(each -> each.setStreams(new MediaStream()));
            case 29 ->
                self.getTransceivers()
                        .forEach(each ->
                                each.setCodecPreferences(List.of(new RTCRtpCodec("video/VP8", 90_000, null, null))));
            default -> {
                if (pair.futures.size() > MAX_CALLS / 2) {
                    self.close();
                }
            }
        }
    }
}
