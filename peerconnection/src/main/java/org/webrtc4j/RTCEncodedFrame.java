package org.webrtc4j;

import org.webrtc4j.media.EncodedFrame;

/**
 * An encoded frame on its way through a transform. Confined to whoever has it, until it is written.
 *
 * @see <a href="https://www.w3.org/TR/webrtc-encoded-transform/">the specification</a>
 */
public sealed interface RTCEncodedFrame permits RTCEncodedVideoFrame, RTCEncodedAudioFrame {

    /**
     * Returns the bytes.
     *
     * @return the array itself, which may be shared with others that see the frame: not to be changed
     */
    byte[] data();

    /**
     * Sets the bytes.
     *
     * @param bytes handed over
     */
    void data(byte[] bytes);

    /**
     * Returns the frame as taps and writers have it.
     *
     * @return with the bytes of now
     */
    EncodedFrame frame();
}
