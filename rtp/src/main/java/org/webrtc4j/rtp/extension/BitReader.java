package org.webrtc4j.rtp.extension;

/** Reads bits, the first of a byte first; past the end it gives zeros and has failed for good. */
final class BitReader {

    private byte[] array = new byte[0];
    private long position;
    private long end;
    private boolean failed;

    void reset(byte[] bytes, int offset, int length) {
        array = bytes;
        position = offset * 8L;
        end = (offset + length) * 8L;
        failed = false;
    }

    boolean failed() {
        return failed;
    }

    boolean flag() {
        return bits(1) != 0;
    }

    int bits(int count) {
        if (count > end - position) {
            failed = true;
            position = end;
            return 0;
        }
        int value = 0;
        for (int i = 0; i < count; i++) {
            int octet = array[(int) (position >> 3)];
            value = value << 1 | (octet >>> (7 - (int) (position & 7)) & 1);
            position++;
        }
        return value;
    }

    /** The ns(n) of the AV1 specification, section 4.10.7: a number below n in as few bits as even shares allow. */
    int nonSymmetric(int n) {
        int width = Integer.SIZE - Integer.numberOfLeadingZeros(n);
        int shorter = (1 << width) - n;
        int value = bits(width - 1);
        return value < shorter ? value : (value << 1) - shorter + bits(1);
    }
}
