package org.webrtc4j.samples.demo;

import java.util.concurrent.CompletableFuture;
import org.webrtc4j.RTCPeerConnection;

/** What one page does with its connection, at the server. */
interface Visit {

    /** Sets handlers, before anything is negotiated. */
    void begin(RTCPeerConnection pc);

    /** The page's offer was applied: adds what the answer shall say beyond the handlers' work. */
    default CompletableFuture<?> answer(RTCPeerConnection pc) {
        return CompletableFuture.completedFuture("nothing to add");
    }

    /** The page asked the server to offer: opens what the offer shall say. */
    default CompletableFuture<?> invite(RTCPeerConnection pc) {
        return CompletableFuture.failedFuture(new IllegalStateException("this page makes the offer"));
    }
}
