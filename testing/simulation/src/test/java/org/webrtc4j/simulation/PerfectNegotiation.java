package org.webrtc4j.simulation;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.RTCSdpType;
import org.webrtc4j.RTCSessionDescription;
import org.webrtc4j.RTCSignalingState;

/** One side of the pattern of webrtc-pc section 10.7, with signalling that takes its time. */
final class PerfectNegotiation {

    private static final Duration DELAY = Duration.ofMillis(10);

    private final MediaPair pair;
    private final RTCPeerConnection self;
    private final boolean polite;
    private boolean makingOffer;
    private boolean settingAnswer;
    private PerfectNegotiation other = this;

    PerfectNegotiation(MediaPair pair, RTCPeerConnection self, boolean polite) {
        this.pair = pair;
        this.self = self;
        this.polite = polite;
        self.onNegotiationNeeded(event -> {
            makingOffer = true;
            pair.peers.note(self.setLocalDescription().thenRun(() -> {
                makingOffer = false;
                send();
            }));
        });
    }

    static void between(MediaPair pair) {
        PerfectNegotiation impolite = new PerfectNegotiation(pair, pair.a, false);
        PerfectNegotiation polite = new PerfectNegotiation(pair, pair.b, true);
        impolite.other = polite;
        polite.other = impolite;
    }

    private void send() {
        RTCSessionDescription description = requireNonNull(self.localDescription());
        pair.peers.simulation.time().after(DELAY, () -> other.receive(description));
    }

    private void receive(RTCSessionDescription description) {
        boolean offer = description.type() == RTCSdpType.OFFER;
        boolean ready = !makingOffer && (self.signalingState() == RTCSignalingState.STABLE || settingAnswer);
        if (offer && !ready && !polite) {
            return;
        }
        settingAnswer = !offer;
        pair.peers.note(self.setRemoteDescription(description).thenRun(() -> {
            settingAnswer = false;
            if (offer) {
                pair.peers.note(self.setLocalDescription().thenRun(this::send));
            }
        }));
    }
}
