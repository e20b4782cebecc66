package org.webrtc4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.MediaKind;
import org.webrtc4j.pipeline.FrameFacts;
import org.webrtc4j.pipeline.FrameStage;
import org.webrtc4j.pipeline.InboundMedia;
import org.webrtc4j.rtp.ReceiveStream;

/** Hands the frames of a receiver to a transform, with what is known of them. On the loop. */
final class ReceiverTransform implements FrameStage {

    private static final long TIMESTAMP_MASK = 0xffff_ffffL;
    private static final double MICROS_PER_MILLI = 1e3;

    private final Connection connection;
    private final InboundMedia inbound;
    private final RTCRtpScriptTransformer transformer;

    ReceiverTransform(Connection connection, InboundMedia inbound, RTCRtpTransform transform) {
        this.connection = connection;
        this.inbound = inbound;
        this.transformer = new RTCRtpScriptTransformer(connection, false, rid -> inbound.requestKeyFrame(), transform);
    }

    @Override
    public void onFrame(
            ReceiveStream stream, EncodedFrame frame, @Nullable FrameFacts facts, int payloadType, long arrivalNanos) {
        FrameWay way = written -> inbound.give(stream, written, arrivalNanos);
        double received = connection.loop().clock().epochMicros(arrivalNanos) / MICROS_PER_MILLI;
        RTCEncodedFrame shown = frame.kind() == MediaKind.VIDEO
                ? new RTCEncodedVideoFrame(
                        transformer,
                        way,
                        frame,
                        video(stream.ssrc(), stream.rid(), frame, facts, payloadType, received))
                : new RTCEncodedAudioFrame(transformer, way, frame, audio(stream.ssrc(), frame, payloadType, received));
        transformer.frame(shown, Objects.requireNonNullElse(stream.rid(), ""));
    }

    static RTCEncodedAudioFrameMetadata audio(
            long ssrc, EncodedFrame frame, int payloadType, @Nullable Double received) {
        return new RTCEncodedAudioFrameMetadata(
                ssrc,
                payloadType < 0 ? null : Integer.valueOf(payloadType),
                frame.codec().mimeType(),
                frame.timestamp() & TIMESTAMP_MASK,
                received);
    }

    static RTCEncodedVideoFrameMetadata video(
            long ssrc,
            @Nullable String rid,
            EncodedFrame frame,
            @Nullable FrameFacts facts,
            int payloadType,
            @Nullable Double received) {
        List<Long> dependencies = new ArrayList<>();
        if (facts != null) {
            for (long each : facts.dependencies()) {
                dependencies.add(each);
            }
        }
        return new RTCEncodedVideoFrameMetadata(
                ssrc,
                payloadType < 0 ? null : Integer.valueOf(payloadType),
                frame.codec().mimeType(),
                frame.timestamp() & TIMESTAMP_MASK,
                received,
                facts == null ? null : Long.valueOf(facts.frameId()),
                dependencies,
                facts == null || facts.width() == 0 ? null : Integer.valueOf(facts.width()),
                facts == null || facts.height() == 0 ? null : Integer.valueOf(facts.height()),
                frame.layers().spatialId(),
                Math.max(0, frame.layers().temporalId()),
                rid);
    }
}
