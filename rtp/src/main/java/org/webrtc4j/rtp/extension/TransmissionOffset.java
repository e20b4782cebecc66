package org.webrtc4j.rtp.extension;

import org.webrtc4j.rtp.wire.Bytes;

/** How long after its timestamp a packet was sent, in units of the timestamp, signed 24 bits (RFC 5450). */
public final class TransmissionOffset {

    /** Bytes of the element. */
    public static final int SIZE = 3;

    private TransmissionOffset() {}

    /**
     * Reads the offset.
     *
     * @param array the array
     * @param at where the element starts
     * @return units of the payload's clock
     */
    public static int read(byte[] array, int at) {
        return Bytes.i24(array, at);
    }

    /**
     * Writes the offset.
     *
     * @param array the array
     * @param at where the element starts
     * @param offset units of the payload's clock, held to 24 bits
     */
    public static void write(byte[] array, int at, int offset) {
        Bytes.setU24(array, at, Math.max(-0x80_0000, Math.min(0x7f_ffff, offset)));
    }
}
