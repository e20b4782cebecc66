package org.webrtc4j.media.h265;

/**
 * The two bytes before each NAL unit (ITU-T H.265 section 7.3.1.2) and what RFC 7798 makes of them.
 *
 * <pre>
 * +---------------+---------------+
 * |0|1|2|3|4|5|6|7|0|1|2|3|4|5|6|7|
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |F|   Type    |  LayerId  | TID |
 * +-------------+-----------------+
 * </pre>
 */
final class NalUnit {

    static final int HEADER_BYTES = 2;

    static final int FIRST_IRAP = 16;
    static final int LAST_IRAP = 23;
    static final int LAST_SLICE = 31;
    static final int VPS = 32;
    static final int SPS = 33;
    static final int PPS = 34;
    static final int AUD = 35;
    static final int PREFIX_SEI = 39;
    static final int AP = 48;
    static final int FU = 49;

    static final int FU_START = 0x80;
    static final int FU_END = 0x40;
    static final int FU_TYPE_MASK = 0x3f;

    /** All of the first byte but the type: F, and the first bit of the layer. */
    static final int NOT_TYPE_MASK = 0x81;

    private NalUnit() {}

    static int type(int firstByte) {
        return firstByte >> 1 & 0x3f;
    }

    /** The same unit header with another type. */
    static int withType(int firstByte, int type) {
        return (firstByte & NOT_TYPE_MASK) | type << 1;
    }

    /** Intra random access points: decoding may begin here (table 7-1: BLA, IDR, CRA and two that are reserved). */
    static boolean isIrap(int type) {
        return type >= FIRST_IRAP && type <= LAST_IRAP;
    }

    static boolean isParameterSet(int type) {
        return type >= VPS && type <= PPS;
    }

    /** nuh_temporal_id_plus1 is never 0 (section 7.4.2.2). */
    static boolean isHeader(int secondByte) {
        return (secondByte & 7) != 0;
    }
}
