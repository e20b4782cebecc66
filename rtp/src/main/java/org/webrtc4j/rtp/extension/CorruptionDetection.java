package org.webrtc4j.rtp.extension;

import org.webrtc4j.rtp.wire.Bytes;

/**
 * Samples of a picture by which its receiver finds corruption. Read only.
 *
 * <pre>
 *  0 1 2 3 4 5 6 7
 * |B| sequence    |  B: the number is the upper seven bits
 * | deviation     |  of the filter, in 40/255; this and what follows only where there are samples
 * | luma  |chroma |  error thresholds
 * | samples ...   |  1 to 13
 * </pre>
 */
public final class CorruptionDetection {

    private static final int CONFIGURATION = 3;
    private static final int MAX_SIZE = 16;

    private CorruptionDetection() {}

    /**
     * Tells whether an element can be read.
     *
     * @param length its bytes
     * @return false when it has a size that the format does not allow
     */
    public static boolean isValid(int length) {
        return length == 1 || (length > CONFIGURATION && length <= MAX_SIZE);
    }

    /**
     * Reads where in the sequence of samples the picture stands.
     *
     * @param array the array
     * @param at where the element starts
     * @return 0 to 127
     */
    public static int sequenceIndex(byte[] array, int at) {
        return array[at] & 0x7f;
    }

    /**
     * Tells which bits of the sequence number are said.
     *
     * @param array the array
     * @param at where the element starts
     * @return true when they are the upper seven of fourteen
     */
    public static boolean isUpperPart(byte[] array, int at) {
        return array[at] < 0;
    }

    /**
     * Reads the deviation of the filter.
     *
     * @param array the array
     * @param at where the element starts
     * @return 0 to 40 pixels
     */
    public static double standardDeviation(byte[] array, int at) {
        return Bytes.u8(array, at + 1) * 40 / 255.0;
    }

    /**
     * Reads the error threshold of luma.
     *
     * @param array the array
     * @param at where the element starts
     * @return 0 to 15
     */
    public static int lumaThreshold(byte[] array, int at) {
        return Bytes.u8(array, at + 2) >>> 4;
    }

    /**
     * Reads the error threshold of chroma.
     *
     * @param array the array
     * @param at where the element starts
     * @return 0 to 15
     */
    public static int chromaThreshold(byte[] array, int at) {
        return array[at + 2] & 0x0f;
    }

    /**
     * Returns how many samples there are.
     *
     * @param length bytes of the element
     * @return 0 to 13
     */
    public static int sampleCount(int length) {
        return Math.max(0, length - CONFIGURATION);
    }

    /**
     * Reads a sample.
     *
     * @param array the array
     * @param at where the element starts
     * @param index from 0
     * @return 0 to 255
     */
    public static int sample(byte[] array, int at, int index) {
        return Bytes.u8(array, at + CONFIGURATION + index);
    }
}
