package org.webrtc4j;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.TimeSource;
import org.webrtc4j.ice.memory.InMemoryIceAgents;
import org.webrtc4j.ice.port.NettyEventLoops;
import org.webrtc4j.srtp.SrtpProfile;
import org.webrtc4j.srtp.SrtpTransforms;

/**
 * Connects pairs of peers with the real crypto, and sends a message through: once in memory, which works everywhere, then
 * again and again over sockets on the loopback address, until the compilers have seen enough. Beside that, on a thread that
 * is no loop's, SRTP protects packets of its own.
 */
final class WarmUp {

    /** How long pairs over loopback follow each other by default; the first one loads classes and takes what it takes. */
    static final Duration DEFAULT_BUDGET = Duration.ofSeconds(1);

    private static final long LIMIT_SECONDS = 30;

    /** On loopback nothing is lost; one that takes longer is blocked, and the warm-up over. */
    private static final long LOOPBACK_LIMIT_SECONDS = 2;

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

    private final WebRtcRuntime warmed;
    private final RTCConfiguration configuration;
    private final TimeSource clock;
    private final Duration budget;
    private long secondPairNanos;

    private WarmUp(WebRtcRuntime warmed, Duration budget) {
        this.warmed = warmed;
        this.budget = budget;
        this.clock = warmed.parts().loops().get(0).clock();
        this.configuration = RTCConfiguration.builder()
                .certificates(warmed.certificate(RTCConfiguration.defaults()))
                .build();
    }

    static CompletableFuture<@Nullable Void> run(WebRtcRuntime runtime, Duration budget) {
        WarmUp warmUp = new WarmUp(runtime, budget);
        RuntimeParts parts = runtime.parts();
        WebRtcRuntime memory = warmUp.builder()
                .eventLoops(parts.loops())
                .iceAgents(new InMemoryIceAgents(parts.random()))
                .build();
        CompletableFuture<@Nullable Void> codecs = runtime.codecs().warmUp();
        CompletableFuture<@Nullable Void> srtp = CompletableFuture.runAsync(() ->
                SrtpTransforms.warmUp(parts.srtp(), SrtpProfile.PREFERENCE.get(0), SrtpTransforms.WARM_UP_PACKETS));
        CompletableFuture<@Nullable Void> once = warmUp.pair(memory).orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS);
        NettyEventLoops sockets = parts.nettyLoops();
        return (sockets == null ? once : once.thenCompose(done -> warmUp.overLoopback(sockets)))
                .thenCompose(done -> srtp)
                .thenCompose(done -> codecs);
    }

    private RuntimeBuilder builder() {
        RuntimeParts parts = warmed.parts();
        return WebRtcRuntime.builder().dtls(parts.dtls()).random(parts.random()).warmUp();
    }

    private CompletableFuture<@Nullable Void> overLoopback(NettyEventLoops loops) {
        WebRtcRuntime loopback = builder()
                .server()
                .includeLoopback(true)
                .eventLoops(loops)
                .bind(InetAddress.getLoopbackAddress())
                .build();
        return next(loopback, 0).exceptionally(noLoopback -> null).thenCompose(done -> loopback.shutdown(CLOSE_LIMIT));
    }

    private CompletableFuture<@Nullable Void> next(WebRtcRuntime loopback, int pairs) {
        long now = clock.nanoTime();
        if (pairs == 1) {
            secondPairNanos = now;
        }
        if (pairs > 0 && now - secondPairNanos >= budget.toNanos()) {
            return CompletableFuture.completedFuture(null);
        }
        return pair(loopback)
                .orTimeout(LOOPBACK_LIMIT_SECONDS, TimeUnit.SECONDS)
                .thenCompose(done -> next(loopback, pairs + 1));
    }

    private CompletableFuture<@Nullable Void> pair(WebRtcRuntime runtime) {
        RTCPeerConnection offerer = runtime.createPeerConnection(configuration, "warm-up offerer");
        RTCPeerConnection answerer = runtime.createPeerConnection(configuration, "warm-up answerer");
        CompletableFuture<@Nullable Void> echoed = new CompletableFuture<>();
        answerer.onDataChannel(
                event -> event.channel().onMessage(message -> event.channel().send(message.data())));
        RTCDataChannel channel = offerer.createDataChannel("warm-up");
        channel.onOpen(event -> channel.send("warm")).onMessage(message -> echoed.complete(null));
        offerer.setLocalDescription()
                .thenCompose(set -> offerer.gatheringComplete())
                .thenCompose(answerer::setRemoteDescription)
                .thenCompose(set -> answerer.setLocalDescription())
                .thenCompose(set -> answerer.gatheringComplete())
                .thenCompose(offerer::setRemoteDescription)
                .exceptionally(failure -> {
                    echoed.completeExceptionally(failure);
                    return null;
                });
        return echoed.whenComplete((done, failure) -> {
            for (RTCPeerConnection each : List.of(offerer, answerer)) {
                each.close();
            }
        });
    }
}
