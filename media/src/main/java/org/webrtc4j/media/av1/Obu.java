package org.webrtc4j.media.av1;

/**
 * The header of an open bitstream unit and the variable-length numbers of AV1 (AV1 bitstream specification, sections 5.3.2
 * and 4.10.5).
 *
 * <pre>
 *  0 1 2 3 4 5 6 7
 * +-+-+-+-+-+-+-+-+
 * |0| type  |X|S|-|
 * +-+-+-+-+-+-+-+-+
 * | TID |SID|-|-|-| (X)
 * +-+-+-+-+-+-+-+-+
 * |1|    size     | (S, leb128)
 * </pre>
 */
final class Obu {

    static final int SEQUENCE_HEADER = 1;
    static final int TEMPORAL_DELIMITER = 2;
    static final int TILE_LIST = 8;
    static final int PADDING = 15;

    static final int HAS_EXTENSION = 0x04;
    static final int HAS_SIZE = 0x02;

    /** leb128 has at most eight bytes; sizes that an array can have need five. */
    private static final int MAX_LEB128_BYTES = 8;

    private Obu() {}

    static int type(int header) {
        return header >> 3 & 0xf;
    }

    static boolean isForbidden(int header) {
        return (header & 0x80) != 0;
    }

    /** Units that do not travel in RTP (section 5 of its specification): delimiters and tile lists. */
    static boolean isLeftOut(int type) {
        return type == TEMPORAL_DELIMITER || type == TILE_LIST;
    }

    /** Reads a number: its value below, how many bytes it takes above 32 bits; -1 when it is cut off or too large. */
    static long readLeb128(byte[] bytes, int offset, int limit) {
        long value = 0;
        for (int i = 0; i < MAX_LEB128_BYTES && offset + i < limit; i++) {
            int next = bytes[offset + i];
            value |= (long) (next & 0x7f) << (i * 7);
            if ((next & 0x80) == 0) {
                return value > Integer.MAX_VALUE ? -1 : (long) (i + 1) << 32 | value;
            }
        }
        return -1;
    }

    static int leb128Bytes(int value) {
        int count = 1;
        for (int rest = value >>> 7; rest != 0; rest >>>= 7) {
            count++;
        }
        return count;
    }

    static int writeLeb128(byte[] bytes, int offset, int value) {
        int position = offset;
        int rest = value;
        while (rest >= 0x80) {
            bytes[position++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[position++] = (byte) rest;
        return position;
    }
}
