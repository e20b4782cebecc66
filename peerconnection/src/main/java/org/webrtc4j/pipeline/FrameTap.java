package org.webrtc4j.pipeline;

import org.webrtc4j.media.EncodedFrame;

/** Takes the frames of a receiver on its loop. */
@FunctionalInterface
public interface FrameTap {

    /**
     * Takes the next frame, in decode order.
     *
     * @param frame given for good
     * @param arrivalNanos when it was complete
     */
    void onFrame(EncodedFrame frame, long arrivalNanos);
}
