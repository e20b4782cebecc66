package org.webrtc4j.rtp.extension;

import org.webrtc4j.rtp.wire.Bytes;

/** What time the parts of sending took: a byte of flags and six milliseconds since the capture, of 16 bits each. */
public final class VideoTiming {

    /** Bytes of the element. */
    public static final int SIZE = 13;

    /** The flag of frames that are timed by a timer. */
    public static final int TRIGGERED_BY_TIMER = 1;

    /** The flag of frames that are timed for their size. */
    public static final int TRIGGERED_BY_SIZE = 2;

    /** The moments, in the order of the element. */
    public enum Moment {
        /** Encoding began. */
        ENCODE_START,
        /** Encoding ended. */
        ENCODE_FINISH,
        /** The last packet was made. */
        PACKETIZATION_FINISH,
        /** The last packet left the pacer. */
        PACER_EXIT,
        /** For a server on the way. */
        NETWORK_1,
        /** For a second server on the way. */
        NETWORK_2
    }

    private VideoTiming() {}

    /**
     * Reads the flags.
     *
     * @param array the array
     * @param at where the element starts
     * @return {@link #TRIGGERED_BY_TIMER}, {@link #TRIGGERED_BY_SIZE}, both or none
     */
    public static int flags(byte[] array, int at) {
        return Bytes.u8(array, at);
    }

    /**
     * Reads a moment.
     *
     * @param array the array
     * @param at where the element starts
     * @param moment which
     * @return milliseconds since the capture, 0 to 65535
     */
    public static int millis(byte[] array, int at, Moment moment) {
        return Bytes.u16(array, at + 1 + 2 * moment.ordinal());
    }

    /**
     * Writes the flags.
     *
     * @param array the array
     * @param at where the element starts
     * @param flags {@link #TRIGGERED_BY_TIMER}, {@link #TRIGGERED_BY_SIZE}, both or none
     */
    public static void writeFlags(byte[] array, int at, int flags) {
        array[at] = (byte) flags;
    }

    /**
     * Writes a moment.
     *
     * @param array the array
     * @param at where the element starts
     * @param moment which
     * @param millis since the capture, held to 16 bits
     */
    public static void write(byte[] array, int at, Moment moment, int millis) {
        Bytes.setU16(array, at + 1 + 2 * moment.ordinal(), Math.max(0, Math.min(0xffff, millis)));
    }
}
