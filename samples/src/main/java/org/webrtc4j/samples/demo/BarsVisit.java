package org.webrtc4j.samples.demo;

import java.util.concurrent.CompletableFuture;
import org.webrtc4j.MediaDevices;
import org.webrtc4j.MediaStream;
import org.webrtc4j.MediaStreamConstraints;
import org.webrtc4j.MediaStreamTrack;
import org.webrtc4j.MediaTrackConstraints;
import org.webrtc4j.RTCPeerConnection;

/** Sends what the server's synthetic devices give: colour bars that show their number, and a tone. */
final class BarsVisit implements Visit {

    private static final MediaStreamConstraints WANTED = new MediaStreamConstraints(
            MediaTrackConstraints.any(),
            MediaTrackConstraints.builder().width(640).height(360).build());

    private final MediaDevices devices;

    BarsVisit(MediaDevices devices) {
        this.devices = devices;
    }

    @Override
    public void begin(RTCPeerConnection pc) {
        // The page sends nothing.
    }

    @Override
    public CompletableFuture<?> answer(RTCPeerConnection pc) {
        return devices.getUserMedia(WANTED).thenAccept(stream -> send(pc, stream));
    }

    private static void send(RTCPeerConnection pc, MediaStream stream) {
        for (MediaStreamTrack track : stream.getTracks()) {
            pc.addTrack(track, stream);
            pc.whenClosed().thenRun(track::stop).exceptionally(never -> null);
        }
    }
}
