package org.webrtc4j.media.bytes;

/** Reads bits, the highest of each byte first. Past the end there are zeros, and {@link #ok} says so. */
public final class Bits {

    private final byte[] bytes;
    private final int endBit;
    private int bit;
    private boolean ok = true;

    /**
     * Reads a part of an array.
     *
     * @param bytes the array
     * @param offset the first byte
     * @param end after the last byte
     */
    public Bits(byte[] bytes, int offset, int end) {
        this.bytes = bytes;
        bit = offset * 8;
        endBit = end * 8;
    }

    /**
     * Reads a number.
     *
     * @param count its bits, 0 to 32
     * @return the number
     */
    public int read(int count) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            if (bit >= endBit) {
                ok = false;
                value <<= 1;
            } else {
                value = value << 1 | (bytes[bit >> 3] >> (7 - (bit & 7)) & 1);
                bit++;
            }
        }
        return value;
    }

    /**
     * Reads a flag.
     *
     * @return true for 1
     */
    public boolean flag() {
        return read(1) == 1;
    }

    /**
     * Passes over bits.
     *
     * @param count how many
     */
    public void skip(int count) {
        ok &= count <= endBit - bit;
        bit = Math.min(endBit, bit + count);
    }

    /**
     * Reads an unsigned Exp-Golomb code (ITU-T H.264 section 9.1), which is also AV1's uvlc.
     *
     * @return the number; 0 with {@link #ok} false when it has more than 31 bits
     */
    public int golomb() {
        int zeros = 0;
        while (ok && zeros < 32 && !flag()) {
            zeros++;
        }
        if (zeros > 30) {
            ok = false;
        }
        return ok ? (1 << zeros) - 1 + read(zeros) : 0;
    }

    /**
     * Reads a signed Exp-Golomb code.
     *
     * @return the number
     */
    public int signedGolomb() {
        int code = golomb();
        return (code & 1) == 0 ? -(code >> 1) : (code >> 1) + 1;
    }

    /**
     * Tells whether all that was read was there.
     *
     * @return false after the end was passed
     */
    public boolean ok() {
        return ok;
    }
}
