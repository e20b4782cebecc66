package org.webrtc4j.benchmarks.forward;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.CompletableFuture;
import org.webrtc4j.EventType;
import org.webrtc4j.RTCConfiguration;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.RTCPeerConnectionState;
import org.webrtc4j.RTCRtpCodecParameters;
import org.webrtc4j.RTCRtpHeaderExtensionParameters;
import org.webrtc4j.RTCRtpSendParameters;
import org.webrtc4j.RTCRtpTransceiver;
import org.webrtc4j.RTCRtpTransceiverDirection;
import org.webrtc4j.RTCRtpTransceiverInit;
import org.webrtc4j.RTCSdpType;
import org.webrtc4j.RTCSessionDescription;
import org.webrtc4j.RTCSessionDescriptionInit;
import org.webrtc4j.RtpPacketTap;
import org.webrtc4j.WebRtcRuntime;
import org.webrtc4j.rtp.extension.HeaderExtensionType;

/** One end of the generator: a connection that makes the offer and sends one stream, or receives all of them. */
final class ForwardClient {

    private final RTCPeerConnection pc;
    private final CompletableFuture<RTCPeerConnection> connected = new CompletableFuture<>();

    private ForwardClient(RTCPeerConnection pc) {
        this.pc = pc;
        pc.addEventListener(EventType.CONNECTIONSTATECHANGE, event -> {
            if (pc.connectionState() == RTCPeerConnectionState.CONNECTED) {
                connected.complete(pc);
            } else if (pc.connectionState() == RTCPeerConnectionState.FAILED) {
                connected.completeExceptionally(new IllegalStateException(pc + " could not be connected"));
            }
        });
    }

    /** Makes a sender of one track. */
    static ForwardClient sender(WebRtcRuntime runtime, String kind) {
        ForwardClient client =
                new ForwardClient(runtime.createPeerConnection(RTCConfiguration.defaults(), "generator"));
        client.pc.addTransceiver(kind, init(RTCRtpTransceiverDirection.SENDONLY));
        return client;
    }

    /** Makes a receiver of so many tracks. */
    static ForwardClient receiver(WebRtcRuntime runtime, String kind, int tracks, RtpPacketTap tap) {
        ForwardClient client = new ForwardClient(runtime.createPeerConnection(RTCConfiguration.defaults(), "counter"));
        for (int i = 0; i < tracks; i++) {
            RTCRtpTransceiver transceiver = client.pc.addTransceiver(kind, init(RTCRtpTransceiverDirection.RECVONLY));
            transceiver.receiver().packets(tap);
        }
        return client;
    }

    private static RTCRtpTransceiverInit init(RTCRtpTransceiverDirection direction) {
        return RTCRtpTransceiverInit.builder().direction(direction).build();
    }

    /** The offer, with all candidates inside. */
    CompletableFuture<String> offer() {
        return pc.setLocalDescription()
                .thenCompose(done -> pc.gatheringComplete())
                .thenApply(RTCSessionDescription::sdp);
    }

    /** Takes the answer; completes when media can flow. */
    CompletableFuture<RTCPeerConnection> answered(String answer) {
        return pc.setRemoteDescription(new RTCSessionDescriptionInit(RTCSdpType.ANSWER, answer))
                .thenCompose(done -> connected);
    }

    /** What the packets of the sender have to say, as negotiated. */
    ProtectedStream.Numbers numbers(String mimeType) {
        RTCRtpTransceiver transceiver = pc.getTransceivers().get(0);
        RTCRtpSendParameters agreed = transceiver.sender().getParameters();
        int payloadType = agreed.codecs().stream()
                .filter(each -> each.mimeType().equalsIgnoreCase(mimeType))
                .mapToInt(RTCRtpCodecParameters::payloadType)
                .findFirst()
                .orElseThrow();
        return new ProtectedStream.Numbers(
                payloadType,
                requireNonNull(transceiver.mid()),
                id(agreed, HeaderExtensionType.MID),
                id(agreed, HeaderExtensionType.TRANSPORT_SEQUENCE_NUMBER));
    }

    private static int id(RTCRtpSendParameters agreed, HeaderExtensionType type) {
        return agreed.headerExtensions().stream()
                .filter(each -> each.uri().equals(type.uri()))
                .mapToInt(RTCRtpHeaderExtensionParameters::id)
                .findFirst()
                .orElseThrow();
    }
}
