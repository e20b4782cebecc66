package org.webrtc4j;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.driver.ConfinedFuture;

/**
 * What a transform does with frames, and asks of encoders: of this side by {@link #generateKeyFrame}, of the other by
 * {@link #sendKeyFrameRequest}.
 *
 * <p>Every method may be called from any thread.
 *
 * @see <a href="https://www.w3.org/TR/webrtc-encoded-transform/#rtcrtpscripttransformer">the specification</a>
 */
public final class RTCRtpScriptTransformer {

    /** Key frames that may be waited for at once; a further request is an OperationError. */
    static final int MAX_WAITING = 64;

    private final Connection connection;
    private final boolean sends;
    private final Consumer<@Nullable String> keyFrames;
    private final RTCRtpTransform transform;

    // On the loop.
    private final Map<String, List<CompletableFuture<Long>>> waiting = new HashMap<>();
    private int waitingCount;
    private @Nullable Consumer<String> onKeyFrameRequest;

    /** Asks for key frames of one stream of a simulcast, or of all for null. */
    RTCRtpScriptTransformer(
            Connection connection, boolean sends, Consumer<@Nullable String> keyFrames, RTCRtpTransform transform) {
        this.connection = connection;
        this.sends = sends;
        this.keyFrames = keyFrames;
        this.transform = transform;
    }

    /**
     * Lets a frame go on. Frames go on in the order of the calls; one that came from another transformer is left out.
     *
     * @param frame that the transform was given
     */
    public void write(RTCEncodedFrame frame) {
        FrameWay way = frame instanceof RTCEncodedVideoFrame video
                ? video.way(this)
                : ((RTCEncodedAudioFrame) frame).way(this);
        if (way != null) {
            connection.driver().execute(() -> way.goOn(frame.frame()));
        }
    }

    /**
     * Asks the encoder of the sender for a key frame.
     *
     * @param rid of which stream of a simulcast; null for all
     * @return completes with the timestamp of the key frame when it comes to the transform; fails with InvalidStateError at a
     *     receiver or without pictures, with OperationError when too many are waited for
     */
    public CompletableFuture<Long> generateKeyFrame(@Nullable String rid) {
        ConfinedFuture<Long> done = new ConfinedFuture<>(connection.driver()::isInTurn);
        if (!sends) {
            done.completeExceptionally(DOMException.invalidState("A receiver does not encode"));
            return done;
        }
        connection.driver().execute(() -> {
            if (waitingCount == MAX_WAITING) {
                done.completeExceptionally(DOMException.operation("So many key frames are waited for already"));
                return;
            }
            waitingCount++;
            waiting.computeIfAbsent(Objects.requireNonNullElse(rid, ""), name -> new ArrayList<>())
                    .add(done);
            keyFrames.accept(rid);
        });
        return done;
    }

    /**
     * Asks the other side for a key frame.
     *
     * @return completes when it is asked for, which is at most every 200 ms; fails with InvalidStateError at a sender
     */
    public CompletableFuture<@Nullable Void> sendKeyFrameRequest() {
        ConfinedFuture<@Nullable Void> done = new ConfinedFuture<>(connection.driver()::isInTurn);
        if (sends) {
            done.completeExceptionally(DOMException.invalidState("A sender asks its own encoder"));
            return done;
        }
        connection.driver().execute(() -> {
            keyFrames.accept(null);
            done.complete(null);
        });
        return done;
    }

    /**
     * Sets who hears that the other side needs a key frame of what is sent; the encoder is told by itself.
     *
     * @param handler gets the rid of the stream, empty without simulcast, on the connection's loop; null removes it
     * @return this
     */
    public RTCRtpScriptTransformer onKeyFrameRequest(@Nullable Consumer<String> handler) {
        connection.driver().execute(() -> onKeyFrameRequest = handler);
        return this;
    }

    // --- on the loop

    void keyFrameRequested(String rid) {
        Consumer<String> handler = onKeyFrameRequest;
        if (handler != null) {
            guarded(() -> handler.accept(rid));
        }
    }

    void frame(RTCEncodedFrame frame, String rid) {
        if (sends && frame instanceof RTCEncodedVideoFrame video && video.type() == RTCEncodedVideoFrameType.KEY) {
            generated(rid, video);
            if (!rid.isEmpty()) {
                generated("", video);
            }
        }
        guarded(() -> transform.onFrame(frame, this));
    }

    private void generated(String rid, RTCEncodedVideoFrame key) {
        List<CompletableFuture<Long>> told = waiting.remove(rid);
        if (told != null) {
            waitingCount -= told.size();
            told.forEach(each -> each.complete(key.getMetadata().rtpTimestamp()));
        }
    }

    private void guarded(Runnable foreign) {
        try {
            foreign.run();
        } catch (RuntimeException thrown) {
            ConnectionLog.handlerThrew(connection.name(), thrown);
        }
    }
}
