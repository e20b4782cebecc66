package org.webrtc4j.pipeline;

import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.rtp.ReceiveStream;

/** Stands between the frames of a receiver and their taps. */
@FunctionalInterface
public interface FrameStage {

    /**
     * Takes a frame on the loop; it reaches the taps by {@link InboundMedia#give}.
     *
     * @param stream whose frame it is
     * @param frame given for good
     * @param facts what its descriptor says; null without
     * @param payloadType of its packets
     * @param arrivalNanos when it was complete
     */
    void onFrame(
            ReceiveStream stream, EncodedFrame frame, @Nullable FrameFacts facts, int payloadType, long arrivalNanos);
}
