package org.webrtc4j.srtp.jca;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight bytes of an array at once, plain reads and writes. A byte at a time, XOR takes two and a half times as long. */
final class Words {

    private static final VarHandle BIG_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle NATIVE = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private Words() {}

    static long get(byte[] array, int index) {
        return (long) BIG_ENDIAN.get(array, index);
    }

    static void set(byte[] array, int index, long value) {
        BIG_ENDIAN.set(array, index, value);
    }

    /** Four bytes, which are too few to be worth a view of their own. */
    static void setInt(byte[] array, int index, int value) {
        array[index] = (byte) (value >>> 24);
        array[index + 1] = (byte) (value >>> 16);
        array[index + 2] = (byte) (value >>> 8);
        array[index + 3] = (byte) value;
    }

    static int getInt(byte[] array, int index) {
        return (array[index] & 0xff) << 24
                | (array[index + 1] & 0xff) << 16
                | (array[index + 2] & 0xff) << 8
                | (array[index + 3] & 0xff);
    }

    /** Writes in XOR stream to out. The two may be the same bytes. */
    static void xor(byte[] in, int inOffset, byte[] stream, byte[] out, int outOffset, int length) {
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

    /** Compares in a time that does not tell where the first difference is. */
    static boolean equal(byte[] one, int oneOffset, byte[] other, int length) {
        int difference = 0;
        for (int i = 0; i < length; i++) {
            difference |= one[oneOffset + i] ^ other[i];
        }
        return difference == 0;
    }

    /** Tells whether two ranges of one length have bytes in common. */
    static boolean overlap(byte[] one, int oneOffset, byte[] other, int otherOffset, int length) {
        return one == other && Math.abs(oneOffset - otherOffset) < length;
    }
}
