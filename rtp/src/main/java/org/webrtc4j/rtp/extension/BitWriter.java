package org.webrtc4j.rtp.extension;

import java.util.Arrays;

/** Writes bits, the first of a byte first; what does not fit is counted but not written. */
final class BitWriter {

    private byte[] array = new byte[0];
    private int start;
    private long position;
    private long end;

    void reset(byte[] bytes, int offset, int length) {
        array = bytes;
        start = offset;
        position = offset * 8L;
        end = (offset + length) * 8L;
        Arrays.fill(bytes, offset, offset + length, (byte) 0);
    }

    boolean overflowed() {
        return position > end;
    }

    /** Whole bytes begun, those that did not fit included. */
    int size() {
        return (int) (((position + 7) >> 3) - start);
    }

    void flag(boolean value) {
        bits(value ? 1 : 0, 1);
    }

    void bits(int value, int count) {
        for (int i = count - 1; i >= 0; i--) {
            if (position < end && (value >>> i & 1) != 0) {
                array[(int) (position >> 3)] |= (byte) (1 << (7 - (position & 7)));
            }
            position++;
        }
    }

    void nonSymmetric(int value, int n) {
        int width = Integer.SIZE - Integer.numberOfLeadingZeros(n);
        int shorter = (1 << width) - n;
        if (value < shorter) {
            bits(value, width - 1);
        } else {
            bits(value + shorter, width);
        }
    }
}
