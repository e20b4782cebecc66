package org.webrtc4j.media.h264;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.bytes.Bits;

/**
 * The size of the pictures, from a sequence parameter set (ITU-T H.264 sections 7.3.2.1.1 and 7.4.2.1.1).
 *
 * @param width pixels that are shown
 * @param height pixels that are shown
 */
record PictureSize(int width, int height) {

    private static final int MACROBLOCK = 16;
    private static final int LARGEST = 1 << 16;

    static @Nullable PictureSize of(byte[] bytes, int offset, int length) {
        byte[] sps = withoutEmulation(bytes, offset, length);
        Bits in = new Bits(sps, 1, sps.length);
        int profile = in.read(8);
        in.skip(16);
        in.golomb();
        int chroma = 1;
        boolean separate = false;
        if (isHigh(profile)) {
            chroma = in.golomb();
            separate = chroma == 3 && in.flag();
            in.golomb();
            in.golomb();
            in.skip(1);
            if (in.flag()) {
                scalingLists(in, chroma == 3 ? 12 : 8);
            }
        }
        in.golomb();
        int order = in.golomb();
        if (order == 0) {
            in.golomb();
        } else if (order == 1) {
            in.skip(1);
            in.golomb();
            in.golomb();
            int count = in.golomb();
            for (int i = 0; i < count && in.ok(); i++) {
                in.golomb();
            }
        }
        in.golomb();
        in.skip(1);
        long width = MACROBLOCK * (in.golomb() + 1L);
        long units = in.golomb() + 1L;
        int fields = in.flag() ? 1 : 2;
        if (fields == 2) {
            in.skip(1);
        }
        in.skip(1);
        long height = MACROBLOCK * units * fields;
        if (in.flag()) {
            int x = separate || chroma == 0 || chroma == 3 ? 1 : 2;
            int y = (separate || chroma != 1 ? 1 : 2) * fields;
            width -= (long) x * in.golomb() + (long) x * in.golomb();
            height -= (long) y * in.golomb() + (long) y * in.golomb();
        }
        boolean sane = in.ok() && width > 0 && height > 0 && width <= LARGEST && height <= LARGEST;
        return sane ? new PictureSize((int) width, (int) height) : null;
    }

    private static boolean isHigh(int profile) {
        return switch (profile) {
            case 100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135 -> true;
            default -> false;
        };
    }

    private static void scalingLists(Bits in, int count) {
        for (int i = 0; i < count; i++) {
            int last = 8;
            int next = in.flag() ? 8 : 0;
            for (int j = 0; j < (i < 6 ? 16 : 64) && next != 0 && in.ok(); j++) {
                next = (last + in.signedGolomb()) & 0xff;
                last = next == 0 ? last : next;
            }
        }
    }

    /** Drops the 3 of each 00 00 03 (section 7.3.1). */
    private static byte[] withoutEmulation(byte[] bytes, int offset, int length) {
        byte[] out = new byte[length];
        int size = 0;
        int zeros = 0;
        for (int i = offset; i < offset + length; i++) {
            if (zeros >= 2 && bytes[i] == 3) {
                zeros = 0;
                continue;
            }
            zeros = bytes[i] == 0 ? zeros + 1 : 0;
            out[size++] = bytes[i];
        }
        return Arrays.copyOf(out, size);
    }
}
