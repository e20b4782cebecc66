package org.webrtc4j;

import org.webrtc4j.media.EncodedFrame;

/** Where a frame goes after its transform. */
@FunctionalInterface
interface FrameWay {

    /** Takes the frame on the loop. */
    void goOn(EncodedFrame frame);
}
