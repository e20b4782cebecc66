package org.webrtc4j;

import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.codec.CodecFactory;
import org.webrtc4j.pipeline.OutboundMedia;

/** The media of one sender: opens its track's source while the sender may send, and sends what it gives. */
final class SenderMedia implements OutboundMedia.Listener {

    private final Connection connection;
    private final OutboundMedia outbound;

    // On the loop.
    private @Nullable MediaStreamTrack track;
    private @Nullable Feeding feeding;
    private @Nullable Runnable onKeyFrameRequest;
    private List<CodecDescription> codecs = List.of();
    private boolean sending;

    SenderMedia(Connection connection) {
        this.connection = connection;
        this.outbound = new OutboundMedia(this, connection.random());
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
        onLoop(() -> outbound.send(0, frame, connection.driver().nowNanos()));
    }

    void onKeyFrameRequest(@Nullable Runnable handler) {
        onLoop(() -> onKeyFrameRequest = handler);
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
            onKeyFrameRequested();
        }
    }

    @Override
    public void onKeyFrameRequested() {
        if (feeding != null) {
            feeding.requestKeyFrame();
        }
        Runnable handler = onKeyFrameRequest;
        if (handler != null) {
            guarded(handler);
        }
    }

    private void restart() {
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
        feeding = source instanceof ReceiverMedia received ? new Forwarded(received) : new Fed(sent, source);
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

        void close();
    }

    /** The packets of a receiver. */
    private final class Forwarded implements Feeding {

        private final ReceiverMedia from;

        Forwarded(ReceiverMedia from) {
            this.from = from;
            from.forwardTo(outbound, connection.loop());
        }

        @Override
        public void requestKeyFrame() {
            from.requestKeyFrame();
        }

        @Override
        public void close() {
            from.endForwarding(outbound, connection.loop());
        }
    }

    /** The frames of a source. */
    private final class Fed implements Feeding, MediaTrackSource.Consumer {

        private final MediaStreamTrack fed;
        private final List<CodecDescription> negotiated = outbound.codecs();
        private MediaTrackSource.Feed feed = MediaTrackSource.Feed.NOTHING;

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
            if (fed.enabled() && !fed.isEnded()) {
                onLoop(() -> {
                    if (feeding == this) {
                        outbound.send(0, frame, connection.driver().nowNanos());
                    }
                });
            }
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
