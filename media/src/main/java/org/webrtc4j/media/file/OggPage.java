package org.webrtc4j.media.file;

/**
 * A page of Ogg (RFC 3533 section 6).
 *
 * <pre>
 * "OggS" | version 0 | flags | granule position (8) | serial (4) | sequence (4) | CRC (4) | segments n | n lengths | content
 * </pre>
 */
final class OggPage {

    static final int HEADER_BYTES = 27;
    static final int MAX_SEGMENTS = 255;
    static final int CONTINUED = 1;
    static final int FIRST = 2;
    static final int LAST = 4;

    private static final int[] TABLE = table();

    private OggPage() {}

    /** CRC-32 with the polynomial 04c11db7, highest bit first, from 0 and not inverted; its own field counts as zero. */
    static int crc(int from, byte[] bytes, int offset, int length) {
        int crc = from;
        for (int i = offset; i < offset + length; i++) {
            crc = crc << 8 ^ TABLE[(crc >>> 24 ^ bytes[i]) & 0xff];
        }
        return crc;
    }

    private static int[] table() {
        int[] table = new int[256];
        for (int i = 0; i < 256; i++) {
            int value = i << 24;
            for (int bit = 0; bit < 8; bit++) {
                value = value < 0 ? value << 1 ^ 0x04c1_1db7 : value << 1;
            }
            table[i] = value;
        }
        return table;
    }
}
