package org.webrtc4j.srtp.jca;

/** Room for one packet, grown to the largest one seen. */
final class Scratch {

    /** What fits a path's MTU needs no second growth. */
    private static final int ORDINARY_BYTES = 1_500;

    private Scratch() {}

    /**
     * Makes sure of the room.
     *
     * @param current the array kept so far
     * @param length bytes of a packet that is already in memory
     * @return the same array, or a larger one to keep in its place
     */
    static byte[] of(byte[] current, int length) {
        return current.length >= length ? current : new byte[Math.max(length, ORDINARY_BYTES)];
    }
}
