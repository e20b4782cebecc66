package org.webrtc4j;

import org.webrtc4j.media.EncodedFrame;

/** Sees the encoded frames of a receiver. */
@FunctionalInterface
public interface EncodedFrameTap {

    /**
     * Takes a frame: complete, in decode order, for video from a key frame on. Called on the connection's loop; who is slow
     * here holds the loop up.
     *
     * @param frame given for good
     */
    void onFrame(EncodedFrame frame);
}
