package org.webrtc4j.media.assembly;

import org.webrtc4j.media.EncodedFrame;

/** Where a {@link FrameAssembler} puts frames and what it has to say. Must not call back into it. */
public interface AssemblySink {

    /**
     * Takes the next frame, in decode order.
     *
     * @param frame given for good
     * @param arrivalNanos when the packet arrived with which the frame was complete
     */
    void onFrame(EncodedFrame frame, long arrivalNanos);

    /**
     * Hears that a frame was dropped. Frames of which no packet came are not told.
     *
     * @param timestamp its RTP timestamp, unwrapped
     * @param reason why
     */
    default void onFrameDropped(long timestamp, FrameDrop reason) {}

    /** Hears that nothing more can be decoded before a key frame: time for a PLI. Repeated while none comes. */
    default void onKeyFrameNeeded() {}
}
