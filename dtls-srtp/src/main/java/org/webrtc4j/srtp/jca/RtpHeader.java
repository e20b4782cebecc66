package org.webrtc4j.srtp.jca;

import org.webrtc4j.crypto.Words;

/**
 * How long an RTP header is, which SRTP leaves readable (RFC 3550 sections 5.1 and 5.3.1).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |V=2|P|X|  CC   |M|     PT      |       sequence number         |
 * |                           timestamp                           |
 * |                             SSRC                              |
 * |                    CSRC, CC times (0 to 15)                   |
 * |      defined by profile       |  length of extension (words)  |
 * |                        header extension                       |
 * </pre>
 */
final class RtpHeader {

    static final int FIXED_BYTES = 12;

    private static final int SEQUENCE = 2;
    private static final int SSRC = 8;
    private static final int EXTENSION_BIT = 0x10;
    private static final int EXTENSION_HEADER_BYTES = 4;

    private RtpHeader() {}

    /**
     * Measures a header.
     *
     * @param array where it is
     * @param offset its first byte
     * @param length bytes of the packet, {@link #FIXED_BYTES} at least
     * @return the header's length, or -1 when it is none or reaches past the end
     */
    static int length(byte[] array, int offset, int length) {
        if (!isVersion2(array, offset)) {
            return -1;
        }
        int end = FIXED_BYTES + 4 * (array[offset] & 0x0f);
        if ((array[offset] & EXTENSION_BIT) != 0) {
            if (end + EXTENSION_HEADER_BYTES > length) {
                return -1;
            }
            end += EXTENSION_HEADER_BYTES + 4 * u16(array, offset + end + 2);
        }
        return end <= length ? end : -1;
    }

    static boolean isVersion2(byte[] array, int offset) {
        return (array[offset] & 0xc0) == 0x80;
    }

    static int sequence(byte[] array, int offset) {
        return u16(array, offset + SEQUENCE);
    }

    static int ssrc(byte[] array, int offset) {
        return Words.getInt(array, offset + SSRC);
    }

    private static int u16(byte[] array, int index) {
        return (array[index] & 0xff) << 8 | (array[index + 1] & 0xff);
    }
}
