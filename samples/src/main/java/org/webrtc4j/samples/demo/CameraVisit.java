package org.webrtc4j.samples.demo;

import org.webrtc4j.MediaStream;
import org.webrtc4j.RTCPeerConnection;

/** Sends each track back: a received track that is added is forwarded packet by packet, whatever its codec. */
final class CameraVisit implements Visit {

    @Override
    public void begin(RTCPeerConnection pc) {
        pc.onTrack(event -> pc.addTrack(event.track(), event.streams().toArray(new MediaStream[0])));
    }
}
