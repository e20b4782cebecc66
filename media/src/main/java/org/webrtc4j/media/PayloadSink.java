package org.webrtc4j.media;

/** Where a packetizer puts payloads. */
@FunctionalInterface
public interface PayloadSink {

    /**
     * Takes the next payload of the frame, in order.
     *
     * @param bytes the array, borrowed for the call
     * @param offset the first byte of the payload
     * @param length how many bytes
     * @param marker the marker bit of its RTP header
     */
    void payload(byte[] bytes, int offset, int length, boolean marker);
}
