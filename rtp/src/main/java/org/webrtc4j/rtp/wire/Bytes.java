package org.webrtc4j.rtp.wire;

/** Numbers in network byte order at an index of an array; the caller has checked the range. */
public final class Bytes {

    private Bytes() {}

    /**
     * Reads one byte.
     *
     * @param array the array
     * @param at index
     * @return 0 to 255
     */
    public static int u8(byte[] array, int at) {
        return array[at] & 0xff;
    }

    /**
     * Reads two bytes.
     *
     * @param array the array
     * @param at index of the first
     * @return 0 to 65535
     */
    public static int u16(byte[] array, int at) {
        return (array[at] & 0xff) << 8 | (array[at + 1] & 0xff);
    }

    /**
     * Reads three bytes.
     *
     * @param array the array
     * @param at index of the first
     * @return 0 to 16777215
     */
    public static int u24(byte[] array, int at) {
        return (array[at] & 0xff) << 16 | u16(array, at + 1);
    }

    /**
     * Reads three bytes, the first bit a sign.
     *
     * @param array the array
     * @param at index of the first
     * @return -8388608 to 8388607
     */
    public static int i24(byte[] array, int at) {
        return u24(array, at) << 8 >> 8;
    }

    /**
     * Reads four bytes.
     *
     * @param array the array
     * @param at index of the first
     * @return all 32 bits
     */
    public static int i32(byte[] array, int at) {
        return u16(array, at) << 16 | u16(array, at + 2);
    }

    /**
     * Reads four bytes.
     *
     * @param array the array
     * @param at index of the first
     * @return 0 to 4294967295
     */
    public static long u32(byte[] array, int at) {
        return i32(array, at) & 0xffff_ffffL;
    }

    /**
     * Reads eight bytes.
     *
     * @param array the array
     * @param at index of the first
     * @return all 64 bits
     */
    public static long i64(byte[] array, int at) {
        return u32(array, at) << 32 | u32(array, at + 4);
    }

    /**
     * Writes the low 16 bits.
     *
     * @param array the array
     * @param at index of the first byte
     * @param value the value
     */
    public static void setU16(byte[] array, int at, int value) {
        array[at] = (byte) (value >>> 8);
        array[at + 1] = (byte) value;
    }

    /**
     * Writes the low 24 bits.
     *
     * @param array the array
     * @param at index of the first byte
     * @param value the value
     */
    public static void setU24(byte[] array, int at, int value) {
        array[at] = (byte) (value >>> 16);
        setU16(array, at + 1, value);
    }

    /**
     * Writes 32 bits.
     *
     * @param array the array
     * @param at index of the first byte
     * @param value the value
     */
    public static void setI32(byte[] array, int at, int value) {
        setU16(array, at, value >>> 16);
        setU16(array, at + 2, value);
    }

    /**
     * Writes 64 bits.
     *
     * @param array the array
     * @param at index of the first byte
     * @param value the value
     */
    public static void setI64(byte[] array, int at, long value) {
        setI32(array, at, (int) (value >>> 32));
        setI32(array, at + 4, (int) value);
    }

    /**
     * Puts bytes in the place of others.
     *
     * @param array where they are
     * @param at the first
     * @param bytes what is put there, the first byte in the highest place of the long
     * @param length how many, 0 to 8
     * @return those that were there, in the same way
     */
    public static long exchange(byte[] array, int at, long bytes, int length) {
        long original = 0;
        for (int i = 0; i < length; i++) {
            int shift = 56 - 8 * i;
            original |= (array[at + i] & 0xffL) << shift;
            array[at + i] = (byte) (bytes >>> shift);
        }
        return original;
    }
}
