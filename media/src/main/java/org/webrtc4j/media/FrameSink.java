package org.webrtc4j.media;

/** Where a depacketizer puts frames. */
@FunctionalInterface
public interface FrameSink {

    /**
     * Takes the next frame.
     *
     * @param frame given for good
     */
    void frame(EncodedFrame frame);
}
