package org.webrtc4j.rtp.extension;

import org.webrtc4j.rtp.wire.Bytes;

/**
 * When the first sample of a packet was taken, in NTP time of the capturing clock (UQ32.32), and how far that clock is
 * from the sender's (Q32.32 seconds), if said.
 */
public final class AbsoluteCaptureTime {

    /** Bytes of the element without the clock's offset. */
    public static final int SIZE = 8;

    /** Bytes of the element with the clock's offset. */
    public static final int SIZE_WITH_OFFSET = 16;

    private AbsoluteCaptureTime() {}

    /**
     * Reads the time.
     *
     * @param array the array
     * @param at where the element starts
     * @return NTP time, 32 bits of seconds and 32 of fraction
     */
    public static long ntp(byte[] array, int at) {
        return Bytes.i64(array, at);
    }

    /**
     * Reads the clock's offset, which is there when the element has {@link #SIZE_WITH_OFFSET} bytes.
     *
     * @param array the array
     * @param at where the element starts
     * @return seconds in 2^-32, signed: added to the capturing clock it gives the sender's
     */
    public static long clockOffset(byte[] array, int at) {
        return Bytes.i64(array, at + SIZE);
    }

    /**
     * Writes the time.
     *
     * @param array the array
     * @param at where the element starts
     * @param ntp NTP time
     */
    public static void writeNtp(byte[] array, int at, long ntp) {
        Bytes.setI64(array, at, ntp);
    }

    /**
     * Writes the clock's offset.
     *
     * @param array the array
     * @param at where the element starts
     * @param offset seconds in 2^-32, signed
     */
    public static void writeClockOffset(byte[] array, int at, long offset) {
        Bytes.setI64(array, at + SIZE, offset);
    }
}
