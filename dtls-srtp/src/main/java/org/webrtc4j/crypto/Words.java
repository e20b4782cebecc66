package org.webrtc4j.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight bytes of an array at once, plain reads and writes. A byte at a time, XOR takes two and a half times as long. */
public final class Words {

    private static final VarHandle BIG_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle NATIVE = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private Words() {}

    /**
     * Reads eight bytes.
     *
     * @param array from where
     * @param index of the first byte
     * @return the number, big-endian
     */
    public static long get(byte[] array, int index) {
        return (long) BIG_ENDIAN.get(array, index);
    }

    /**
     * Writes eight bytes.
     *
     * @param array to where
     * @param index of the first byte
     * @param value the number, big-endian
     */
    public static void set(byte[] array, int index, long value) {
        BIG_ENDIAN.set(array, index, value);
    }

    /**
     * Writes four bytes, which are too few to be worth a view of their own.
     *
     * @param array to where
     * @param index of the first byte
     * @param value the number, big-endian
     */
    public static void setInt(byte[] array, int index, int value) {
        array[index] = (byte) (value >>> 24);
        array[index + 1] = (byte) (value >>> 16);
        array[index + 2] = (byte) (value >>> 8);
        array[index + 3] = (byte) value;
    }

    /**
     * Reads four bytes.
     *
     * @param array from where
     * @param index of the first byte
     * @return the number, big-endian
     */
    public static int getInt(byte[] array, int index) {
        return (array[index] & 0xff) << 24
                | (array[index + 1] & 0xff) << 16
                | (array[index + 2] & 0xff) << 8
                | (array[index + 3] & 0xff);
    }

    /**
     * Writes in XOR stream to out. The two may be the same bytes.
     *
     * @param in the one operand
     * @param inOffset where it begins
     * @param stream the other one, from its beginning
     * @param out where the result goes
     * @param outOffset where that begins
     * @param length bytes
     */
    public static void xor(byte[] in, int inOffset, byte[] stream, byte[] out, int outOffset, int length) {
        int i = 0;
        for (; i <= length - 32; i += 32) {
            long first = (long) NATIVE.get(in, inOffset + i) ^ (long) NATIVE.get(stream, i);
            long second = (long) NATIVE.get(in, inOffset + i + 8) ^ (long) NATIVE.get(stream, i + 8);
            long third = (long) NATIVE.get(in, inOffset + i + 16) ^ (long) NATIVE.get(stream, i + 16);
            long fourth = (long) NATIVE.get(in, inOffset + i + 24) ^ (long) NATIVE.get(stream, i + 24);
            NATIVE.set(out, outOffset + i, first);
            NATIVE.set(out, outOffset + i + 8, second);
            NATIVE.set(out, outOffset + i + 16, third);
            NATIVE.set(out, outOffset + i + 24, fourth);
        }
        for (; i <= length - 8; i += 8) {
            NATIVE.set(out, outOffset + i, (long) NATIVE.get(in, inOffset + i) ^ (long) NATIVE.get(stream, i));
        }
        for (; i < length; i++) {
            out[outOffset + i] = (byte) (in[inOffset + i] ^ stream[i]);
        }
    }

    /**
     * Compares in a time that does not tell where the first difference is.
     *
     * @param one the one operand
     * @param oneOffset where it begins
     * @param other the other one, from its beginning
     * @param length bytes
     * @return true when they are equal
     */
    public static boolean equal(byte[] one, int oneOffset, byte[] other, int length) {
        int difference = 0;
        for (int i = 0; i < length; i++) {
            difference |= one[oneOffset + i] ^ other[i];
        }
        return difference == 0;
    }

    /**
     * Tells whether two ranges of one length have bytes in common.
     *
     * @param one the one array
     * @param oneOffset where its range begins
     * @param other the other array, or the same
     * @param otherOffset where its range begins
     * @param length bytes
     * @return true when they overlap
     */
    public static boolean overlap(byte[] one, int oneOffset, byte[] other, int otherOffset, int length) {
        return one == other && Math.abs(oneOffset - otherOffset) < length;
    }
}
