package org.webrtc4j.common;

/**
 * Serial number arithmetic (RFC 1982) for numbers that wrap at 16 or 32 bits.
 *
 * <p>Engines unwrap once at the border with {@link SequenceUnwrapper} and compare {@code long}s inside; these functions
 * serve where a single comparison of wire values is all there is.
 */
public final class SerialNumber {

    private SerialNumber() {}

    /**
     * Compares 32-bit serial numbers (RFC 1982 section 3.2 with SERIAL_BITS = 32).
     *
     * @param a the first
     * @param b the second
     * @return true when a comes before b; of two numbers exactly half the circle apart neither does
     */
    public static boolean lessThan32(int a, int b) {
        int distance = b - a;
        return distance > 0;
    }

    /**
     * Compares 16-bit serial numbers (RFC 1982 section 3.2 with SERIAL_BITS = 16).
     *
     * @param a the first; bits above 16 are ignored
     * @param b the second; bits above 16 are ignored
     * @return true when a comes before b; of two numbers exactly half the circle apart neither does
     */
    public static boolean lessThan16(int a, int b) {
        return (short) (b - a) > 0;
    }
}
