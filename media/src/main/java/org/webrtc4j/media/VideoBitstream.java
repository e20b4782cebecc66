package org.webrtc4j.media;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.av1.SequenceHeader;
import org.webrtc4j.media.h264.AnnexB;

/** What whole frames tell of themselves without being decoded. */
public final class VideoBitstream {

    private static final int OBU_SEQUENCE_HEADER = 1;
    private static final int H264_IDR = 5;
    private static final int H265_FIRST_IRAP = 16;
    private static final int H265_LAST_IRAP = 23;

    private VideoBitstream() {}

    /**
     * The size of a picture.
     *
     * @param width pixels
     * @param height pixels
     */
    public record Size(int width, int height) {}

    /**
     * Tells whether a frame is a key frame.
     *
     * @param codec VP8, VP9, H264, H265 or AV1
     * @param bytes a whole frame, as {@link EncodedFrame} has it
     * @return true for a key frame; false also where nothing can be read
     */
    public static boolean isKey(CodecDescription codec, byte[] bytes) {
        return switch (codec.mimeType().toLowerCase(Locale.ROOT)) {
            case "video/vp8" -> bytes.length > 0 && (bytes[0] & 1) == 0;
            case "video/vp9" -> isVp9Key(bytes);
            case "video/h264" -> hasUnit(bytes, H264_IDR);
            case "video/h265" -> hasIrap(bytes);
            case "video/av1" -> hasSequenceHeader(bytes);
            default -> false;
        };
    }

    /**
     * Reads the size of the picture where a key frame begins with it.
     *
     * @param codec VP8, VP9, H264 or AV1
     * @param bytes a whole frame
     * @return the size (of AV1 that of the largest picture of the sequence), or null: no key frame, or another codec
     */
    public static @Nullable Size size(CodecDescription codec, byte[] bytes) {
        if (!isKey(codec, bytes)) {
            return null;
        }
        if (codec.is("video/VP8")) {
            return bytes.length < 10
                    ? null
                    : new Size((bytes[6] & 0xff) | (bytes[7] & 0x3f) << 8, (bytes[8] & 0xff) | (bytes[9] & 0x3f) << 8);
        }
        if (codec.is("video/H264")) {
            return h264Size(bytes);
        }
        if (codec.is("video/AV1")) {
            SequenceHeader header = SequenceHeader.find(bytes);
            return header == null ? null : new Size(header.width(), header.height());
        }
        return codec.is("video/VP9") ? vp9Size(bytes) : null;
    }

    private static @Nullable Size h264Size(byte[] bytes) {
        AnnexB units = new AnnexB(bytes);
        while (units.advance()) {
            long size = units.pictureSize();
            if (size != 0) {
                return new Size((int) (size >> 32), (int) size);
            }
        }
        return null;
    }

    /**
     * VP9 bitstream specification section 6.2: a marker of two bits (binary 10), two of the profile, for profile 3 a zero,
     * show_existing_frame, then frame_type, of which 0 is a key frame.
     */
    private static boolean isVp9Key(byte[] bytes) {
        if (bytes.length == 0 || (bytes[0] & 0xc0) != 0x80) {
            return false;
        }
        boolean profile3 = (bytes[0] & 0x30) == 0x30;
        int flags = profile3 ? bytes[0] << 1 : bytes[0];
        return (flags & 0x08) == 0 && (flags & 0x04) == 0;
    }

    /** Of profiles 0 and 2: sync code and colour come before 16 bits each of width and height, less one. */
    private static @Nullable Size vp9Size(byte[] bytes) {
        int profile = (bytes[0] >> 5 & 1) | (bytes[0] >> 3 & 2);
        boolean synced = bytes.length >= 10 && bytes[1] == 0x49 && (bytes[2] & 0xff) == 0x83 && bytes[3] == 0x42;
        if (!synced || profile == 1 || profile == 3) {
            return null;
        }
        int bit = 32 + (profile == 2 ? 1 : 0);
        int colourSpace = bits(bytes, bit, 3);
        if (colourSpace == 7) {
            return null;
        }
        bit += 4;
        return new Size(bits(bytes, bit, 16) + 1, bits(bytes, bit + 16, 16) + 1);
    }

    private static int bits(byte[] bytes, int from, int count) {
        int value = 0;
        for (int i = from; i < from + count; i++) {
            value = value << 1 | (bytes[i >> 3] >> (7 - (i & 7)) & 1);
        }
        return value;
    }

    private static boolean hasUnit(byte[] bytes, int type) {
        AnnexB units = new AnnexB(bytes);
        while (units.advance()) {
            if (units.type() == type) {
                return true;
            }
        }
        return false;
    }

    /** H.265 table 7-1: intra random access points; the type is in six bits after the first. */
    private static boolean hasIrap(byte[] bytes) {
        AnnexB units = new AnnexB(bytes);
        while (units.advance()) {
            int type = bytes[units.offset()] >> 1 & 0x3f;
            if (type >= H265_FIRST_IRAP && type <= H265_LAST_IRAP) {
                return true;
            }
        }
        return false;
    }

    /** A coded video sequence begins with its header; walks OBUs that have sizes. */
    private static boolean hasSequenceHeader(byte[] bytes) {
        int position = 0;
        while (position < bytes.length) {
            int header = bytes[position];
            if ((header >> 3 & 0xf) == OBU_SEQUENCE_HEADER) {
                return true;
            }
            if ((header & 2) == 0) {
                return false;
            }
            position += (header & 4) != 0 ? 2 : 1;
            long size = 0;
            int shift = 0;
            boolean more = true;
            while (more && position < bytes.length && shift < 35) {
                size |= (long) (bytes[position] & 0x7f) << shift;
                more = bytes[position++] < 0;
                shift += 7;
            }
            if (more || size > bytes.length - position) {
                return false;
            }
            position += (int) size;
        }
        return false;
    }
}
