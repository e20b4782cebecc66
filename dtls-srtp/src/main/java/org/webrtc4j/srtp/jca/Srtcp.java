package org.webrtc4j.srtp.jca;

import org.webrtc4j.crypto.Words;

/**
 * What SRTCP leaves readable of a compound packet, and what it counts (RFC 3711 section 3.4).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |V=2|P|    RC   |       PT      |            length             |
 * |                        SSRC of sender                         |
 * </pre>
 */
final class Srtcp {

    static final int HEADER_BYTES = 8;

    /** The highest index of a key, of 31 bits. */
    static final long MAX_INDEX = 0x7fff_ffffL;

    private static final int SSRC = 4;

    private Srtcp() {}

    static int ssrc(byte[] array, int offset) {
        return Words.getInt(array, offset + SSRC);
    }
}
