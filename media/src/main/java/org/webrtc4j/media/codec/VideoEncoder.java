package org.webrtc4j.media.codec;

import org.webrtc4j.media.EncodedFrame;

/** Pictures into encoded frames. Confined to one thread at a time; takes milliseconds: never on an event loop. */
public interface VideoEncoder {

    /**
     * Encodes one picture. A size that differs from the one before begins with a key frame.
     *
     * @param picture borrowed for the call
     * @param timestamp of the frame, in ticks of 90 kHz, unwrapped
     * @param keyFrame whether a key frame is asked for
     * @return the frame
     */
    EncodedFrame encode(VideoFrame picture, long timestamp, boolean keyFrame);

    /**
     * Asks for another bitrate; encoders of one quality ignore it.
     *
     * @param bitsPerSecond the target
     */
    default void setBitrate(int bitsPerSecond) {}
}
