package org.webrtc4j.benchmarks.forward;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.webrtc4j.MediaStreamTrack;
import org.webrtc4j.RTCConfiguration;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.RTCSdpType;
import org.webrtc4j.RTCSessionDescription;
import org.webrtc4j.RTCSessionDescriptionInit;
import org.webrtc4j.WebRtcRuntime;

/** A forwarding server as an application writes it: what senders publish is added to the connection of each receiver. */
final class ForwardServer {

    private final WebRtcRuntime runtime;
    private final List<MediaStreamTrack> published = new CopyOnWriteArrayList<>();

    ForwardServer(WebRtcRuntime runtime) {
        this.runtime = runtime;
    }

    /** Answers a sender, with all candidates inside. */
    CompletableFuture<String> publish(String offer) {
        RTCPeerConnection pc = runtime.createPeerConnection(RTCConfiguration.defaults(), "sender");
        pc.onTrack(event -> published.add(event.track()));
        return answer(pc, offer);
    }

    /** Answers a receiver of everything published so far, with all candidates inside. */
    CompletableFuture<String> show(String offer) {
        RTCPeerConnection pc = runtime.createPeerConnection(RTCConfiguration.defaults(), "receiver");
        published.forEach(pc::addTrack);
        return answer(pc, offer);
    }

    private static CompletableFuture<String> answer(RTCPeerConnection pc, String offer) {
        return pc.setRemoteDescription(new RTCSessionDescriptionInit(RTCSdpType.OFFER, offer))
                .thenCompose(done -> pc.setLocalDescription())
                .thenCompose(done -> pc.gatheringComplete())
                .thenApply(RTCSessionDescription::sdp);
    }
}
