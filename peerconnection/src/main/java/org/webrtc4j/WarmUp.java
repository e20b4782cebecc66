package org.webrtc4j;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.ice.memory.InMemoryIceAgents;

/** Connects two peers in memory with the real crypto, sends a message through, and closes them. */
final class WarmUp {

    private static final long LIMIT_SECONDS = 30;

    private WarmUp() {}

    static CompletableFuture<@Nullable Void> run(WebRtcRuntime runtime) {
        RuntimeParts parts = runtime.parts();
        WebRtcRuntime memory = WebRtcRuntime.builder()
                .eventLoops(parts.loops())
                .iceAgents(new InMemoryIceAgents(parts.random()))
                .dtls(new BorrowedDtls(parts.dtls()))
                .random(parts.random())
                .build();
        RTCConfiguration configuration = RTCConfiguration.builder()
                .certificates(runtime.certificate(RTCConfiguration.defaults()))
                .build();
        RTCPeerConnection offerer = memory.createPeerConnection(configuration, "warm-up offerer");
        RTCPeerConnection answerer = memory.createPeerConnection(configuration, "warm-up answerer");
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
        return echoed.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).whenComplete((done, failure) -> {
            for (RTCPeerConnection each : List.of(offerer, answerer)) {
                each.close();
            }
        });
    }
}
