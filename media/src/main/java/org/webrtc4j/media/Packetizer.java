package org.webrtc4j.media;

/**
 * Splits encoded frames into RTP payloads. One for each outgoing stream: it keeps picture numbers and parameter sets. Not
 * thread-safe.
 */
public interface Packetizer {

    /** The smallest size a payload may be limited to. */
    int MIN_PAYLOAD_BYTES = 64;

    /**
     * Splits one frame.
     *
     * @param frame of the codec for which this was made
     * @param maxPayloadBytes no payload becomes larger; what is left of the path's MTU after IP, UDP, the RTP header with
     *     its extensions, the authentication tag and the two bytes of RTX
     * @param out takes the payloads, in order, within the call
     * @return false when the frame cannot be carried and nothing was given out: it has no content, or it needs
     *     fragments where the format has none (audio; H264 with packetization-mode 0)
     * @throws IllegalArgumentException when the size is below {@link #MIN_PAYLOAD_BYTES}
     */
    boolean packetize(EncodedFrame frame, int maxPayloadBytes, PayloadSink out);

    /**
     * Checks what every packetizer asks of its caller.
     *
     * @param maxPayloadBytes the size given
     * @throws IllegalArgumentException when it is below {@link #MIN_PAYLOAD_BYTES}
     */
    static void checkMaxPayloadBytes(int maxPayloadBytes) {
        if (maxPayloadBytes < MIN_PAYLOAD_BYTES) {
            throw new IllegalArgumentException("Payloads of " + maxPayloadBytes + " bytes");
        }
    }
}
