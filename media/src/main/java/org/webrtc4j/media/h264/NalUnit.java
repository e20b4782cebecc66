package org.webrtc4j.media.h264;

/** The first bytes of a NAL unit (ITU-T H.264 section 7.3.1) and of what RFC 6184 makes of them. */
final class NalUnit {

    static final int SLICE = 1;
    static final int PARTITION_A = 2;
    static final int IDR = 5;
    static final int SPS = 7;
    static final int PPS = 8;
    static final int AUD = 9;
    static final int LAST_SINGLE = 23;
    static final int STAP_A = 24;
    static final int FU_A = 28;

    static final int TYPE_MASK = 0x1f;
    static final int REF_IDC_MASK = 0x60;

    static final int FU_START = 0x80;
    static final int FU_END = 0x40;

    private NalUnit() {}

    static int type(int header) {
        return header & TYPE_MASK;
    }

    /** Slices of pictures, whose first syntax element is first_mb_in_slice. */
    static boolean isSlice(int type) {
        return type == SLICE || type == PARTITION_A || type == IDR;
    }

    /**
     * Tells whether a slice is the first of its picture: first_mb_in_slice is 0, of which the Exp-Golomb code is a single 1
     * bit (sections 7.3.3 and 9.1).
     */
    static boolean isFirstSlice(int firstByteAfterHeader) {
        return (firstByteAfterHeader & 0x80) != 0;
    }
}
