package org.webrtc4j.rtp.extension;

import org.webrtc4j.rtp.wire.Bytes;

/**
 * The number of a packet among all that a transport sends: two bytes, and in version 02 two more that ask for feedback
 * ({@code T} and how many packets to speak of).
 */
public final class TransportSequence {

    /** Bytes of the number alone. */
    public static final int SIZE = 2;

    /** Bytes of the number with a request. */
    public static final int SIZE_WITH_REQUEST = 4;

    private TransportSequence() {}

    /**
     * Reads the number.
     *
     * @param array the array
     * @param at where the element starts
     * @return 0 to 65535
     */
    public static int number(byte[] array, int at) {
        return Bytes.u16(array, at);
    }

    /**
     * Reads how many packets a request wants feedback of; there when the element has {@link #SIZE_WITH_REQUEST} bytes.
     *
     * @param array the array
     * @param at where the element starts
     * @return 0 for no feedback, to 32767
     */
    public static int requestedCount(byte[] array, int at) {
        return Bytes.u16(array, at + SIZE) & 0x7fff;
    }

    /**
     * Reads whether a request wants arrival times.
     *
     * @param array the array
     * @param at where the element starts
     * @return true when it does
     */
    public static boolean requestsTimes(byte[] array, int at) {
        return array[at + SIZE] < 0;
    }
}
