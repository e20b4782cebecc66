package org.webrtc4j.benchmarks.soak;

import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.webrtc4j.RTCConfiguration;
import org.webrtc4j.RTCDataChannel;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.WebRtcRuntime;

/** Two connections over sockets of loopback, on a loop each, and one channel between them. */
final class SoakPair implements AutoCloseable {

    private static final int WAIT_SECONDS = 30;

    private final WebRtcRuntime runtime;
    private final ExecutorService senders = Executors.newFixedThreadPool(2);
    private final Flow there;
    private final Flow back;

    private SoakPair(WebRtcRuntime runtime) throws Exception {
        this.runtime = runtime;
        RTCPeerConnection offerer = runtime.createPeerConnection(RTCConfiguration.defaults(), "offerer");
        RTCPeerConnection answerer = runtime.createPeerConnection(RTCConfiguration.defaults(), "answerer");
        RTCDataChannel near = offerer.createDataChannel("load");
        CompletableFuture<Boolean> open = new CompletableFuture<>();
        CompletableFuture<RTCDataChannel> accepted = new CompletableFuture<>();
        near.onOpen(event -> open.complete(true));
        answerer.onDataChannel(event -> accepted.complete(event.channel()));
        offerer.setLocalDescription()
                .thenCompose(done -> offerer.gatheringComplete())
                .thenCompose(answerer::setRemoteDescription)
                .thenCompose(done -> answerer.setLocalDescription())
                .thenCompose(done -> answerer.gatheringComplete())
                .thenCompose(offerer::setRemoteDescription)
                .get(WAIT_SECONDS, TimeUnit.SECONDS);
        open.get(WAIT_SECONDS, TimeUnit.SECONDS);
        RTCDataChannel far = accepted.get(WAIT_SECONDS, TimeUnit.SECONDS);
        there = new Flow(near, far);
        back = new Flow(far, near);
    }

    /** Connects. */
    static SoakPair connect() throws Exception {
        WebRtcRuntime runtime = WebRtcRuntime.builder()
                .loops(2)
                .bind(InetAddress.getLoopbackAddress())
                .build();
        try {
            return new SoakPair(runtime);
        } catch (Exception e) {
            runtime.close();
            throw e;
        }
    }

    /** Fills both directions for a while. At the end nothing is under way; returns the megabytes a second of both. */
    double fill(Duration length) throws Exception {
        long begin = System.nanoTime();
        long end = begin + length.toNanos();
        Future<Long> one = senders.submit(() -> there.fill(end));
        Future<Long> other = senders.submit(() -> back.fill(end));
        long bytes = one.get() + other.get();
        return bytes * 1e3 / (System.nanoTime() - begin);
    }

    @Override
    public void close() {
        senders.shutdownNow();
        runtime.close();
    }
}
