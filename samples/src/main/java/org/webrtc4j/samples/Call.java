package org.webrtc4j.samples;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.MediaDevices;
import org.webrtc4j.MediaStreamConstraints;
import org.webrtc4j.RTCIceCandidateInit;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.RTCPeerConnectionState;
import org.webrtc4j.RTCSdpType;
import org.webrtc4j.RTCSessionDescriptionInit;
import org.webrtc4j.RTCTrackEvent;

/** The README's call: one side of it, the caller's or the callee's, in the steps in which a page takes them. */
public final class Call implements AutoCloseable {

    private final RTCPeerConnection pc;
    private final MediaDevices devices;
    private final TrickleOut signaling;
    private final CompletableFuture<RTCPeerConnection> connected = new CompletableFuture<>();

    /**
     * Listens to a new connection.
     *
     * @param pc the connection
     * @param devices its camera and microphone
     * @param signaling carries descriptions and candidates to the other side, which gives them to {@code take}
     * @param screen told of each track of the other side
     */
    public Call(
            RTCPeerConnection pc, MediaDevices devices, TrickleOut signaling, Consumer<? super RTCTrackEvent> screen) {
        this.pc = pc;
        this.devices = devices;
        this.signaling = signaling;
        pc.onTrack(screen) // 1: a connection, and who listens to it
                .onIceCandidate(event -> signaling.candidate(event.candidate()))
                .onConnectionStateChange(event -> {
                    if (pc.connectionState() == RTCPeerConnectionState.CONNECTED) {
                        connected.complete(pc); // 11: ICE, DTLS and SRTP are there
                    }
                });
    }

    private CompletableFuture<@Nullable Void> addMedia() {
        return devices.getUserMedia(MediaStreamConstraints.of(true, true)) // 2: a microphone and a camera
                .thenAccept(stream -> stream.getTracks().forEach(track -> pc.addTrack(track, stream))); // 3
    }

    /**
     * Calls the other side.
     *
     * @return completes when the offer is on its way
     */
    public CompletableFuture<@Nullable Void> call() {
        return addMedia()
                .thenCompose(done -> pc.createOffer()) // 4
                .thenCompose(offer -> pc.setLocalDescription(offer)) // 5: candidates are gathered from now on
                .thenRun(() -> signaling.describe(pc)); // 6: the offer travels
    }

    /**
     * Takes the description that the other side signalled.
     *
     * @param description its offer or answer
     * @return completes when it was taken, and an offer's answer is on its way
     */
    public CompletableFuture<@Nullable Void> take(RTCSessionDescriptionInit description) {
        if (description.type() == RTCSdpType.ANSWER) {
            return pc.setRemoteDescription(description); // 9: the caller hears of the tracks, too
        }
        return pc.setRemoteDescription(description) // 7: the screen hears of the tracks
                .thenCompose(done -> addMedia()) // 8: media of this side, and the answer
                .thenCompose(done -> pc.createAnswer())
                .thenCompose(answer -> pc.setLocalDescription(answer))
                .thenRun(() -> signaling.describe(pc));
    }

    /**
     * Takes a candidate that the other side signalled.
     *
     * @param candidate a candidate, or the end of them
     * @return completes when it was taken
     */
    public CompletableFuture<@Nullable Void> take(RTCIceCandidateInit candidate) {
        return pc.addIceCandidate(candidate); // 10: candidates travel both ways as they are found
    }

    /**
     * Tells when the two sides are connected.
     *
     * @return completes with the connection
     */
    public CompletableFuture<RTCPeerConnection> connected() {
        return connected.copy(); // 12: statistics, further tracks, other directions
    }

    /** Ends the call. */
    @Override
    public void close() {
        pc.close(); // 13
    }
}
