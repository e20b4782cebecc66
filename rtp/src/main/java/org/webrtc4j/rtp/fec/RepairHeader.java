package org.webrtc4j.rtp.fec;

import org.jspecify.annotations.Nullable;
import org.webrtc4j.rtp.wire.Bytes;

/**
 * The headers of a repair packet, read and written in both schemes.
 *
 * <pre>
 * ULPFEC (RFC 5109 sections 7.3 and 7.4)
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |E|L|P|X|  CC   |M| PT recovery |            SN base            |
 * |                          TS recovery                          |
 * |        length recovery        |       protection length       |
 * |             mask              |    mask, when L is set ...    |
 *
 * FlexFEC (draft-ietf-payload-flexible-fec-scheme-03 section 4.2)
 * |R|F|P|X|  CC   |M| PT recovery |        length recovery        |
 * |                          TS recovery                          |
 * |   SSRCCount   |                   reserved                    |
 * |                             SSRC                              |
 * |            SN base            |k|         mask [0-14]         |
 * |k|                        mask [15-45]                         |
 * |k|                        mask [46-108] ...                    |
 * </pre>
 */
final class RepairHeader {

    /** The longest: FlexFEC with the longest mask. */
    static final int MAX_BYTES = 32;

    private static final int ULPFEC_SHORT = 14;
    private static final int ULPFEC_LONG = 18;
    private static final int FLEXFEC_FIXED = 18;

    /** P, X and CC as in the first byte of RTP. */
    int flags;

    int markerAndType;
    int length;
    int timestamp;
    /** The stream protected; of ULPFEC it is the repair packet's own. */
    int ssrc;

    int base;
    /** Positions from the base on, the first in the lowest bit: 0 to 63, and 64 to 127. */
    long first;

    long second;

    /** Bytes of the headers, after which the protected bytes follow. */
    int size;

    /** How many bytes of each packet are protected, after its fixed header. */
    int protectedBytes;

    boolean covers(int position) {
        return position < Long.SIZE ? (first >>> position & 1) != 0 : (second >>> position & 1) != 0;
    }

    void cover(int position) {
        if (position < Long.SIZE) {
            first |= 1L << position;
        } else {
            second |= 1L << position;
        }
    }

    /** The last position covered; -1 when none is. */
    int last() {
        return second != 0 ? 127 - Long.numberOfLeadingZeros(second) : 63 - Long.numberOfLeadingZeros(first);
    }

    @Nullable
    FecDrop read(FecScheme scheme, byte[] bytes, int offset, int limit) {
        first = 0;
        second = 0;
        FecDrop bad = scheme == FecScheme.ULPFEC ? readUlpfec(bytes, offset, limit) : readFlexfec(bytes, offset, limit);
        if (bad != null) {
            return bad;
        }
        return first == 0 && second == 0 ? FecDrop.BAD_MASK : null;
    }

    private @Nullable FecDrop readUlpfec(byte[] bytes, int offset, int limit) {
        if (limit - offset < ULPFEC_SHORT) {
            return FecDrop.TRUNCATED;
        }
        boolean wide = (bytes[offset] & 0x40) != 0;
        size = wide ? ULPFEC_LONG : ULPFEC_SHORT;
        protectedBytes = Bytes.u16(bytes, offset + 10);
        // Further levels may follow, which protect less.
        if (limit - offset < size + protectedBytes) {
            return FecDrop.TRUNCATED;
        }
        flags = bytes[offset] & 0x3f;
        markerAndType = bytes[offset + 1] & 0xff;
        base = Bytes.u16(bytes, offset + 2);
        timestamp = Bytes.i32(bytes, offset + 4);
        length = Bytes.u16(bytes, offset + 8);
        coverFrom(0, Bytes.u16(bytes, offset + 12), 16);
        if (wide) {
            coverFrom(16, Bytes.u32(bytes, offset + 14), 32);
        }
        return null;
    }

    private @Nullable FecDrop readFlexfec(byte[] bytes, int offset, int limit) {
        if (limit - offset < FLEXFEC_FIXED + 2) {
            return FecDrop.TRUNCATED;
        }
        if ((bytes[offset] & 0xc0) != 0 || bytes[offset + 8] != 1) {
            return FecDrop.UNSUPPORTED;
        }
        flags = bytes[offset] & 0x3f;
        markerAndType = bytes[offset + 1] & 0xff;
        length = Bytes.u16(bytes, offset + 2);
        timestamp = Bytes.i32(bytes, offset + 4);
        ssrc = Bytes.i32(bytes, offset + 12);
        base = Bytes.u16(bytes, offset + 16);
        int at = offset + FLEXFEC_FIXED;
        size = FLEXFEC_FIXED + 2;
        coverFrom(0, Bytes.u16(bytes, at) & 0x7fff, 15);
        if (bytes[at] >= 0) {
            at += 2;
            size += 4;
            if (limit - offset < size) {
                return FecDrop.TRUNCATED;
            }
            coverFrom(15, Bytes.i32(bytes, at) & 0x7fff_ffffL, 31);
            if (bytes[at] >= 0) {
                at += 4;
                size += 8;
                if (limit - offset < size) {
                    return FecDrop.TRUNCATED;
                }
                if (bytes[at] >= 0) {
                    return FecDrop.UNSUPPORTED;
                }
                coverFrom(46, Bytes.i64(bytes, at) & Long.MAX_VALUE, 63);
            }
        }
        protectedBytes = limit - offset - size;
        return null;
    }

    /** Takes a field of the mask, whose highest bit is the position given. */
    private void coverFrom(int position, long field, int width) {
        for (int i = 0; i < width; i++) {
            if ((field >>> (width - 1 - i) & 1) != 0) {
                cover(position + i);
            }
        }
    }

    private long field(int position, int width) {
        long field = 0;
        for (int i = 0; i < width; i++) {
            field = field << 1 | (covers(position + i) ? 1 : 0);
        }
        return field;
    }

    /** Writes the headers for what is covered; returns how many bytes they take. */
    int write(FecScheme scheme, byte[] out, int at) {
        out[at] = (byte) (flags & 0x3f);
        out[at + 1] = (byte) markerAndType;
        Bytes.setI32(out, at + 4, timestamp);
        return scheme == FecScheme.ULPFEC ? writeUlpfec(out, at) : writeFlexfec(out, at);
    }

    private int writeUlpfec(byte[] out, int at) {
        Bytes.setU16(out, at + 2, base);
        Bytes.setU16(out, at + 8, length);
        Bytes.setU16(out, at + 10, protectedBytes);
        Bytes.setU16(out, at + 12, (int) field(0, 16));
        if (last() < 16) {
            return ULPFEC_SHORT;
        }
        out[at] |= 0x40;
        Bytes.setI32(out, at + 14, (int) field(16, 32));
        return ULPFEC_LONG;
    }

    private int writeFlexfec(byte[] out, int at) {
        Bytes.setU16(out, at + 2, length);
        Bytes.setI32(out, at + 8, 1 << 24);
        Bytes.setI32(out, at + 12, ssrc);
        Bytes.setU16(out, at + 16, base);
        int last = last();
        Bytes.setU16(out, at + 18, (last < 15 ? 0x8000 : 0) | (int) field(0, 15));
        if (last < 15) {
            return 20;
        }
        Bytes.setI32(out, at + 20, (last < 46 ? 0x8000_0000 : 0) | (int) field(15, 31));
        if (last < 46) {
            return 24;
        }
        Bytes.setI64(out, at + 24, Long.MIN_VALUE | field(46, 63));
        return MAX_BYTES;
    }
}
