package org.webrtc4j.media.codec;

import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.EncodedFrame;

/**
 * Encoded frames into pictures. Confined to one thread at a time; takes milliseconds: never on an event loop. Bytes of the
 * peer never make it throw.
 */
public interface VideoDecoder {

    /**
     * Decodes one frame.
     *
     * @param frame in decode order, a key frame first
     * @return the picture, or null when there is none: the frame was refused or waits for a key frame
     */
    @Nullable
    VideoFrame decode(EncodedFrame frame);

    /**
     * Tells whether a key frame is needed before anything else can be decoded.
     *
     * @return true at first and after a frame that was refused
     */
    boolean needsKeyFrame();
}
