package org.webrtc4j;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.common.LoopTimer;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.MediaKind;
import org.webrtc4j.media.audio.SilentFrames;
import org.webrtc4j.media.codec.CodecFactory;
import org.webrtc4j.pipeline.FrameTap;
import org.webrtc4j.pipeline.OutboundMedia;
import org.webrtc4j.pipeline.OutboundTones;
import org.webrtc4j.rtp.ReceiveStream;

/** The media of one sender: opens its track's source while the sender may send, and sends what it gives. */
final class SenderMedia implements OutboundMedia.Listener {

    private final Connection connection;
    private final OutboundMedia outbound;
    private final OutboundTones tones;

    // On the loop.
    private @Nullable LoopTimer toneTimer;
    private @Nullable MediaStreamTrack track;
    private @Nullable Feeding feeding;
    private @Nullable Runnable onKeyFrameRequest;
    private @Nullable LongConsumer onTargetBitrate;
    private @Nullable RTCRtpScriptTransformer transformer;
    private final Map<String, Runnable> onLayerKeyFrameRequest = new HashMap<>();
    private List<CodecDescription> codecs = List.of();
    private boolean sending;

    /** In bits per second; 0 while nothing is estimated. */
    private volatile long targetBitrate;

    /** Read by encoders. */
    private volatile int lossPercent;

    SenderMedia(Connection connection) {
        this.connection = connection;
        this.outbound = new OutboundMedia(this, connection.random());
        this.tones = new OutboundTones(outbound);
    }

    OutboundMedia outbound() {
        return outbound;
    }

    // --- from any thread

    /** Another track, or none, is to be sent. */
    void track(@Nullable MediaStreamTrack next) {
        onLoop(() -> {
            if (track != next) {
                track = next;
                restart();
            }
        });
    }

    void write(EncodedFrame frame) {
        onLoop(() -> send(frame));
    }

    /** A frame of one stream of a simulcast. */
    void write(String rid, EncodedFrame frame) {
        onLoop(() -> {
            if (!transformed(
                    rid,
                    frame,
                    written -> outbound.send(rid, written, connection.driver().nowNanos()))) {
                outbound.send(rid, frame, connection.driver().nowNanos());
            }
        });
    }

    void transform(@Nullable RTCRtpTransform transform) {
        RTCRtpScriptTransformer next = transform == null
                ? null
                : new RTCRtpScriptTransformer(connection, true, this::requestOwnKeyFrame, transform);
        onLoop(() -> {
            transformer = next;
            if (feeding instanceof Forwarded || feeding instanceof ForwardedFrames) {
                restart();
            }
            outbound.rids().forEach(this::onKeyFrameRequested);
        });
    }

    /** Hands a frame to the transform; false when there is none. */
    private boolean transformed(String rid, EncodedFrame frame, FrameWay way) {
        RTCRtpScriptTransformer current = transformer;
        if (current == null) {
            return false;
        }
        long ssrc = outbound.ssrc(rid);
        int type = outbound.payloadType(frame.codec());
        RTCEncodedFrame shown = frame.kind() == MediaKind.VIDEO
                ? new RTCEncodedVideoFrame(
                        current,
                        way,
                        frame,
                        ReceiverTransform.video(ssrc, rid.isEmpty() ? null : rid, frame, null, type, null))
                : new RTCEncodedAudioFrame(current, way, frame, ReceiverTransform.audio(ssrc, frame, type, null));
        current.frame(shown, rid);
        return true;
    }

    /** Presses a key (RFC 4733): for so long it is sent instead of the track. */
    void press(char key, long lengthNanos) {
        onLoop(() -> {
            if (tones.press(key, lengthNanos, connection.driver().nowNanos())) {
                if (feeding != null) {
                    feeding.pause();
                }
                armTones();
            }
        });
    }

    void onKeyFrameRequest(@Nullable Runnable handler) {
        onLoop(() -> onKeyFrameRequest = handler);
    }

    void onTargetBitrate(@Nullable LongConsumer handler) {
        onLoop(() -> {
            onTargetBitrate = handler;
            if (handler != null && targetBitrate > 0) {
                guarded(() -> handler.accept(targetBitrate));
            }
        });
    }

    long targetBitrate() {
        return targetBitrate;
    }

    /** Another share of what the path carries; on the loop. */
    void targetBitrate(long bitsPerSecond) {
        if (targetBitrate != bitsPerSecond) {
            targetBitrate = bitsPerSecond;
            LongConsumer handler = onTargetBitrate;
            if (handler != null) {
                guarded(() -> handler.accept(bitsPerSecond));
            }
        }
    }

    void onKeyFrameRequest(String rid, @Nullable Runnable handler) {
        onLoop(() -> {
            if (handler == null) {
                onLayerKeyFrameRequest.remove(rid);
            } else {
                onLayerKeyFrameRequest.put(rid, handler);
            }
        });
    }

    /** Which stream of a simulcast is to be forwarded; null for whichever comes first. */
    void wantLayer(@Nullable String rid) {
        onLoop(() -> {
            outbound.wantLayer(rid);
            if (feeding instanceof ForwardedFrames) {
                restart();
            }
        });
    }

    /** The connection or the transceiver has ended. */
    void end() {
        track(null);
    }

    private void onLoop(Runnable task) {
        connection.driver().execute(task);
    }

    // --- on the loop

    @Override
    public void onNegotiated() {
        boolean begins = outbound.isSendable() && !sending;
        boolean ends = !outbound.isSendable() && sending;
        sending = outbound.isSendable();
        if (begins || ends || !codecs.equals(outbound.codecs())) {
            codecs = outbound.codecs();
            restart();
        }
        if (begins) {
            // What is sent from here on follows nothing: its receiver can begin with a key frame only.
            outbound.rids().forEach(this::onKeyFrameRequested);
        }
    }

    @Override
    public void onKeyFrameRequested(String rid) {
        RTCRtpScriptTransformer current = transformer;
        if (current != null) {
            current.keyFrameRequested(rid);
        }
        requestOwnKeyFrame(rid);
    }

    /** Of one stream of a simulcast, or of all for null. */
    private void requestOwnKeyFrame(@Nullable String rid) {
        if (feeding != null) {
            feeding.requestKeyFrame();
        }
        Runnable handler = onKeyFrameRequest;
        if (handler != null) {
            guarded(handler);
        }
        for (Map.Entry<String, Runnable> each :
                Map.copyOf(onLayerKeyFrameRequest).entrySet()) {
            if (rid == null || rid.equals(each.getKey())) {
                guarded(each.getValue());
            }
        }
    }

    @Override
    public void onLossReported(int percent) {
        lossPercent = percent;
    }

    private void send(EncodedFrame frame) {
        List<String> rids = outbound.rids();
        if (!transformed(rids.isEmpty() ? "" : rids.get(0), frame, this::sendTransformed)) {
            sendTransformed(frame);
        }
    }

    private void sendTransformed(EncodedFrame frame) {
        long nowNanos = connection.driver().nowNanos();
        if (tones.passes(frame, nowNanos)) {
            outbound.send(frame, nowNanos);
        }
    }

    private void armTones() {
        if (toneTimer == null) {
            toneTimer = connection.loop().newTimer(() -> onLoop(this::tellTones));
        }
        toneTimer.arm(tones.nextTimeout());
    }

    private void tellTones() {
        boolean down = tones.isDown();
        tones.handleTimeout(connection.driver().nowNanos());
        if (down && !tones.isDown() && feeding != null) {
            feeding.resume();
        }
        armTones();
    }

    private void restart() {
        tones.restart();
        if (toneTimer != null) {
            toneTimer.cancel();
        }
        Feeding before = feeding;
        feeding = null;
        if (before != null) {
            before.close();
        }
        MediaStreamTrack sent = track;
        if (sent == null || !outbound.isSendable()) {
            return;
        }
        MediaTrackSource source = sent.source();
        outbound.restartTimestamps();
        if (source instanceof ReceiverMedia received) {
            feeding = transformer == null ? new Forwarded(received) : new ForwardedFrames(received);
        } else {
            feeding = new Fed(sent, source);
        }
    }

    private void guarded(Runnable foreign) {
        try {
            foreign.run();
        } catch (RuntimeException thrown) {
            ConnectionLog.handlerThrew(connection.name(), thrown);
        }
    }

    /** What is sent now. */
    private sealed interface Feeding {

        void requestKeyFrame();

        /** A key is down: its packets have the stream for themselves. */
        default void pause() {}

        default void resume() {}

        void close();
    }

    /** The packets of a receiver. */
    private final class Forwarded implements Feeding {

        private final ReceiverMedia from;

        Forwarded(ReceiverMedia from) {
            this.from = from;
            resume();
        }

        @Override
        public void pause() {
            close();
        }

        @Override
        public void resume() {
            from.forwardTo(outbound, connection.loop());
        }

        @Override
        public void requestKeyFrame() {
            String layer = outbound.currentLayer();
            if (layer == null) {
                from.requestKeyFrame();
            } else {
                from.requestKeyFrame(layer);
            }
        }

        @Override
        public void close() {
            from.endForwarding(outbound, connection.loop());
        }
    }

    /** The frames of a receiver, which a transform may change; of a simulcast those of one stream. */
    private final class ForwardedFrames implements Feeding, FrameTap {

        private final ReceiverMedia from;
        private volatile @Nullable String layer;

        ForwardedFrames(ReceiverMedia from) {
            this.from = from;
            layer = outbound.wanted();
            resume();
        }

        @Override
        public void onFrame(ReceiveStream stream, EncodedFrame frame, long arrivalNanos) {
            if (layer == null) {
                layer = stream.rid();
            }
            onLoop(() -> {
                if (feeding == this) {
                    send(frame);
                }
            });
        }

        @Override
        public boolean takes(ReceiveStream stream) {
            String chosen = layer;
            return chosen == null || stream.rid() == null || chosen.equals(stream.rid());
        }

        @Override
        public void pause() {
            close();
        }

        @Override
        public void resume() {
            from.addFrameTap(this);
        }

        @Override
        public void requestKeyFrame() {
            from.requestKeyFrame();
        }

        @Override
        public void close() {
            from.removeFrameTap(this);
        }
    }

    /** The frames of a source. */
    private final class Fed implements Feeding, MediaTrackSource.Consumer {

        private final MediaStreamTrack fed;
        private final List<CodecDescription> negotiated = outbound.codecs();
        private MediaTrackSource.Feed feed = MediaTrackSource.Feed.NOTHING;

        /** On the loop. */
        private boolean broken;

        Fed(MediaStreamTrack fed, MediaTrackSource source) {
            this.fed = fed;
            guarded(() -> feed = source.open(this));
        }

        @Override
        public List<CodecDescription> codecs() {
            return negotiated;
        }

        @Override
        public void frame(EncodedFrame frame) {
            if (fed.enabled()) {
                give(frame, false);
            } else if (frame.kind() == MediaKind.AUDIO) {
                EncodedFrame silence = SilentFrames.inPlaceOf(frame);
                if (silence != null) {
                    give(silence, false);
                }
            } else {
                give(frame, true);
            }
        }

        @Override
        public void black(EncodedFrame frame) {
            give(frame, fed.enabled());
        }

        private void give(EncodedFrame frame, boolean leftOut) {
            if (!fed.isEnded()) {
                onLoop(() -> {
                    if (feeding == this && follows(frame, leftOut)) {
                        send(frame);
                    }
                });
            }
        }

        /** A picture that refers to one that was left out is left out too. */
        private boolean follows(EncodedFrame frame, boolean leftOut) {
            if (broken && !leftOut && !frame.key()) {
                requestKeyFrame();
            }
            broken = leftOut || (broken && !frame.key());
            return !broken;
        }

        @Override
        public boolean isEnabled() {
            return fed.enabled();
        }

        @Override
        public int packetLossPercent() {
            return lossPercent;
        }

        @Override
        public EventLoop loop() {
            return connection.loop();
        }

        @Override
        public Executor codecExecutor() {
            return connection.runtime().codecs().executor();
        }

        @Override
        public CodecFactory codecFactory() {
            return connection.runtime().codecs();
        }

        @Override
        public boolean isClosed() {
            return connection.isClosed();
        }

        @Override
        public void requestKeyFrame() {
            guarded(feed::requestKeyFrame);
        }

        @Override
        public void close() {
            guarded(feed::close);
        }
    }
}
