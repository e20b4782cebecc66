package org.webrtc4j.h264;

/** Reads the fields of a NAL unit (ITU-T H.264 section 9.1). Past its end, and past what a field may be, it fails and gives zeros. */
final class RawBits {

    private static final int MAX_ZEROS = 31;

    private final byte[] bytes;
    private int bit;
    private final int end;
    private boolean failed;

    /** Reads from the first byte behind the header of a unit, whose emulation prevention bytes are out. */
    RawBits(byte[] bytes, int length) {
        this.bytes = bytes;
        this.end = length * 8;
    }

    boolean failed() {
        return failed;
    }

    void fail() {
        failed = true;
    }

    boolean flag() {
        return bits(1) == 1;
    }

    /** Reads up to 32 bits, of which no more than 31 mean something. */
    int bits(int count) {
        if (failed || count > end - bit) {
            failed = true;
            return 0;
        }
        int value = 0;
        for (int i = 0; i < count; i++, bit++) {
            value = (value << 1) | ((bytes[bit >> 3] >> (7 - (bit & 7))) & 1);
        }
        return value;
    }

    /** Reads ue(v), which is to be no more than a limit. */
    int unsigned(int limit) {
        int zeros = 0;
        while (!failed && bits(1) == 0) {
            zeros++;
            failed |= zeros > MAX_ZEROS;
        }
        long value = (1L << zeros) - 1 + (failed || zeros == 0 ? 0 : bits(zeros) & 0xffff_ffffL);
        failed |= value > limit;
        return failed ? 0 : (int) value;
    }

    /** Reads se(v) of any size. */
    int signed() {
        int code = unsigned(Integer.MAX_VALUE);
        return (code & 1) == 0 ? -(code >>> 1) : (code >>> 1) + 1;
    }
}
