package org.webrtc4j.rtp.extension;

import org.webrtc4j.rtp.wire.Bytes;

/**
 * The colour space of a picture: four bytes of numbers of ITU-T H.273, and 24 more of metadata for a high dynamic range
 * where the element has {@link #SIZE_WITH_HDR} bytes.
 */
public final class ColorSpace {

    /** Bytes of the element without metadata. */
    public static final int SIZE = 4;

    /** Bytes of the element with metadata for a high dynamic range. */
    public static final int SIZE_WITH_HDR = 28;

    /** The metadata, in the order of the element. */
    public enum HdrField {
        /** Luminance of the mastering display at its brightest, in candela per square metre. */
        LUMINANCE_MAX,
        /** Luminance of the mastering display at its darkest, in 1/10000 candela per square metre. */
        LUMINANCE_MIN,
        /** Red primary, x in 1/50000. */
        RED_X,
        /** Red primary, y in 1/50000. */
        RED_Y,
        /** Green primary, x in 1/50000. */
        GREEN_X,
        /** Green primary, y in 1/50000. */
        GREEN_Y,
        /** Blue primary, x in 1/50000. */
        BLUE_X,
        /** Blue primary, y in 1/50000. */
        BLUE_Y,
        /** White point, x in 1/50000. */
        WHITE_X,
        /** White point, y in 1/50000. */
        WHITE_Y,
        /** Largest light level of the content. */
        MAX_CONTENT_LIGHT,
        /** Largest average light level of a frame. */
        MAX_FRAME_AVERAGE_LIGHT
    }

    private ColorSpace() {}

    /**
     * Reads the colour primaries.
     *
     * @param array the array
     * @param at where the element starts
     * @return number of H.273 section 8.1
     */
    public static int primaries(byte[] array, int at) {
        return Bytes.u8(array, at);
    }

    /**
     * Reads the transfer characteristics.
     *
     * @param array the array
     * @param at where the element starts
     * @return number of H.273 section 8.2
     */
    public static int transfer(byte[] array, int at) {
        return Bytes.u8(array, at + 1);
    }

    /**
     * Reads the matrix coefficients.
     *
     * @param array the array
     * @param at where the element starts
     * @return number of H.273 section 8.3
     */
    public static int matrix(byte[] array, int at) {
        return Bytes.u8(array, at + 2);
    }

    /**
     * Reads the range of values.
     *
     * @param array the array
     * @param at where the element starts
     * @return 0 unspecified, 1 limited, 2 full, 3 as matrix and transfer say
     */
    public static int range(byte[] array, int at) {
        return Bytes.u8(array, at + 3) >>> 4 & 3;
    }

    /**
     * Reads where chroma is sampled, horizontally.
     *
     * @param array the array
     * @param at where the element starts
     * @return 0 unspecified, 1 collocated, 2 half
     */
    public static int horizontalSiting(byte[] array, int at) {
        return Bytes.u8(array, at + 3) >>> 2 & 3;
    }

    /**
     * Reads where chroma is sampled, vertically.
     *
     * @param array the array
     * @param at where the element starts
     * @return 0 unspecified, 1 collocated, 2 half
     */
    public static int verticalSiting(byte[] array, int at) {
        return array[at + 3] & 3;
    }

    /**
     * Reads metadata.
     *
     * @param array the array
     * @param at where an element of {@link #SIZE_WITH_HDR} bytes starts
     * @param field which
     * @return 0 to 65535
     */
    public static int hdr(byte[] array, int at, HdrField field) {
        return Bytes.u16(array, at + SIZE + 2 * field.ordinal());
    }

    /**
     * Writes an element without metadata.
     *
     * @param array the array
     * @param at where the element starts
     * @param primaries number of H.273 section 8.1
     * @param transfer number of H.273 section 8.2
     * @param matrix number of H.273 section 8.3
     * @param range 0 to 3
     * @param horizontalSiting 0 to 2
     * @param verticalSiting 0 to 2
     */
    public static void write(
            byte[] array,
            int at,
            int primaries,
            int transfer,
            int matrix,
            int range,
            int horizontalSiting,
            int verticalSiting) {
        array[at] = (byte) primaries;
        array[at + 1] = (byte) transfer;
        array[at + 2] = (byte) matrix;
        array[at + 3] = (byte) ((range & 3) << 4 | (horizontalSiting & 3) << 2 | (verticalSiting & 3));
    }

    /**
     * Writes metadata.
     *
     * @param array the array
     * @param at where an element of {@link #SIZE_WITH_HDR} bytes starts
     * @param field which
     * @param value its low 16 bits
     */
    public static void writeHdr(byte[] array, int at, HdrField field, int value) {
        Bytes.setU16(array, at + SIZE + 2 * field.ordinal(), value);
    }
}
