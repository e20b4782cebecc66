package org.webrtc4j;

import org.webrtc4j.media.EncodedFrame;

/** Writes encoded frames to a sender. Safe from any thread. */
@FunctionalInterface
public interface EncodedFrameWriter {

    /**
     * Sends a frame, as soon as the connection's loop comes to it; frames leave in the order of the calls. Nothing leaves
     * while the sender may not send, or when the frame's codec is not negotiated: those are counted in the statistics.
     *
     * @param frame its timestamp in ticks of the codec's clock from any beginning
     */
    void write(EncodedFrame frame);
}
