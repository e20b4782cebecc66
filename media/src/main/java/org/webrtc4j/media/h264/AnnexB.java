package org.webrtc4j.media.h264;

/**
 * NAL units behind start codes (annex B of ITU-T H.264, and of H.265, which has the same), walked without copying. Of H.265
 * the type is another: {@code bytes[offset()] >> 1 & 0x3f}.
 */
public final class AnnexB {

    private final byte[] bytes;
    private int next;
    private int start;
    private int end;

    /**
     * Creates a walk over a byte stream.
     *
     * @param bytes the stream; what comes before its first start code is passed over
     */
    public AnnexB(byte[] bytes) {
        this.bytes = bytes;
        next = afterStartCode(0);
    }

    /**
     * Goes to the next NAL unit that is not empty.
     *
     * @return false after the last
     */
    public boolean advance() {
        while (next <= bytes.length) {
            start = next;
            next = afterStartCode(start);
            end = next > bytes.length ? bytes.length : next - 3;
            // The zeros before a start code belong to it (annex B, zero_byte and trailing_zero_8bits).
            if (next <= bytes.length) {
                while (end > start && bytes[end - 1] == 0) {
                    end--;
                }
            }
            if (end > start) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns where the unit begins.
     *
     * @return the index of its header byte
     */
    public int offset() {
        return start;
    }

    /**
     * Returns how long the unit is.
     *
     * @return bytes with the header, at least 1
     */
    public int length() {
        return end - start;
    }

    /**
     * Returns what the unit is in H.264.
     *
     * @return nal_unit_type: 1 a slice, 5 a slice of a key frame, 7 and 8 the parameter sets
     */
    public int type() {
        return NalUnit.type(bytes[start]);
    }

    /**
     * Reads the size of the pictures where the unit is a sequence parameter set.
     *
     * @return {@code width << 32 | height} in pixels; 0 when it is no such unit, or is not well-formed
     */
    public long pictureSize() {
        PictureSize size = type() == NalUnit.SPS ? PictureSize.of(bytes, start, end - start) : null;
        return size == null ? 0 : (long) size.width() << 32 | size.height();
    }

    /** The index after the next 00 00 01, or past the end. */
    private int afterStartCode(int from) {
        for (int i = from; i + 2 < bytes.length; i++) {
            if (bytes[i + 2] == 1 && bytes[i + 1] == 0 && bytes[i] == 0) {
                return i + 3;
            }
        }
        return bytes.length + 1;
    }
}
