package org.webrtc4j;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Joins two connections of one process, trickling both ways. */
final class Pairing {

    final RTCPeerConnection offerer;
    final RTCPeerConnection answerer;
    final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final CompletableFuture<@Nullable Void> answererKnowsOfferer = new CompletableFuture<>();
    private final CompletableFuture<@Nullable Void> offererKnowsAnswerer = new CompletableFuture<>();

    private Pairing(RTCPeerConnection offerer, RTCPeerConnection answerer) {
        this.offerer = offerer;
        this.answerer = answerer;
    }

    /** Begins to connect; what goes wrong is in {@link #failures}. */
    static Pairing connect(RTCPeerConnection offerer, RTCPeerConnection answerer) {
        Pairing pairing = trickling(offerer, answerer);
        // In the event place, so that a continuation is attached before the candidates that follow it.
        offerer.connection().place().execute(() -> pairing.note(pairing.negotiate()));
        return pairing;
    }

    static Pairing trickling(RTCPeerConnection offerer, RTCPeerConnection answerer) {
        Pairing pairing = new Pairing(offerer, answerer);
        pairing.trickle(offerer, answerer, pairing.answererKnowsOfferer);
        pairing.trickle(answerer, offerer, pairing.offererKnowsAnswerer);
        return pairing;
    }

    CompletableFuture<@Nullable Void> negotiate() {
        return offerer.setLocalDescription()
                .thenCompose(done -> answerer.setRemoteDescription(requireNonNull(offerer.localDescription())))
                .thenRun(() -> answererKnowsOfferer.complete(null))
                .thenCompose(done -> answerer.setLocalDescription())
                .thenCompose(done -> offerer.setRemoteDescription(requireNonNull(answerer.localDescription())))
                .thenRun(() -> offererKnowsAnswerer.complete(null));
    }

    void note(CompletableFuture<?> future) {
        CompletableFuture<?> noted = future.whenComplete((done, failure) -> {
            if (failure != null) {
                failures.add(failure);
            }
        });
        if (noted.isCompletedExceptionally()) {
            throw new AssertionError("failed at once: " + failures);
        }
    }

    /** Candidates wait for the first description: the two sides live on loops of their own, where they could overtake it. */
    private void trickle(RTCPeerConnection from, RTCPeerConnection to, CompletableFuture<@Nullable Void> described) {
        from.addEventListener(EventType.ICECANDIDATE, event -> {
            RTCIceCandidate candidate = event.candidate();
            if (candidate != null) {
                note(described.thenCompose(done -> to.addIceCandidate(candidate)));
            }
        });
    }
}
