package org.webrtc4j.pipeline;

import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.playout.VideoPlayoutStats;
import org.webrtc4j.rtp.ReceiveStream;

/** Takes the frames of a receiver on its loop. */
@FunctionalInterface
public interface FrameTap {

    /**
     * Takes the next frame of a stream, in decode order.
     *
     * @param stream whose frame it is
     * @param frame given for good
     * @param arrivalNanos when it was complete
     */
    void onFrame(ReceiveStream stream, EncodedFrame frame, long arrivalNanos);

    /**
     * Tells whether it takes the frames of a stream; those that nobody takes are not put together.
     *
     * @param stream of the receiver
     * @return true for all by default
     */
    default boolean takes(ReceiveStream stream) {
        return true;
    }

    /**
     * Tells how a stream is played.
     *
     * @param stream of the receiver
     * @return null, by default, where frames are not kept back
     */
    default @Nullable VideoPlayoutStats playout(ReceiveStream stream) {
        return null;
    }
}
