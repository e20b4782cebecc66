package org.webrtc4j.samples.recipes;

import java.util.concurrent.TimeUnit;
import org.webrtc4j.RTCPeerConnection;

/** Calls within this process. */
final class Calls {

    private static final int SECONDS = 30;

    private Calls() {}

    /** Joins two connections by whole descriptions. */
    static void connect(RTCPeerConnection offerer, RTCPeerConnection answerer) throws Exception {
        offerer.setLocalDescription()
                .thenCompose(done -> offerer.gatheringComplete())
                .thenCompose(answerer::setRemoteDescription)
                .thenCompose(done -> answerer.setLocalDescription())
                .thenCompose(done -> answerer.gatheringComplete())
                .thenCompose(offerer::setRemoteDescription)
                .get(SECONDS, TimeUnit.SECONDS);
    }
}
