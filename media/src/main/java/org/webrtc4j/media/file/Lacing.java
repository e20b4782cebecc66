package org.webrtc4j.media.file;

import org.jspecify.annotations.Nullable;

/** How several frames lie in one block (RFC 9559 section 10.3). */
final class Lacing {

    private static final int MAX_FRAMES = 256;

    private Lacing() {}

    /**
     * Finds the frames.
     *
     * @return the index after the lacing's head, then the size of each frame; null when they do not fit the block
     */
    static int @Nullable [] frames(byte[] bytes, int offset, int flags) {
        if ((flags & Ebml.LACING) == 0) {
            return new int[] {offset, bytes.length - offset};
        }
        if (offset >= bytes.length) {
            return null;
        }
        int count = (bytes[offset] & 0xff) + 1;
        int[] frames = new int[1 + MAX_FRAMES];
        int at =
                switch (flags & Ebml.LACING) {
                    case Ebml.XIPH_LACING -> xiph(bytes, offset + 1, count, frames);
                    case Ebml.FIXED_LACING -> fixed(bytes, offset + 1, count, frames);
                    default -> ebml(bytes, offset + 1, count, frames);
                };
        if (at < 0) {
            return null;
        }
        frames[0] = at;
        long left = (long) bytes.length - at;
        for (int i = 1; i < count; i++) {
            left -= frames[i];
        }
        if (left < 0) {
            return null;
        }
        frames[count] = (int) left;
        return java.util.Arrays.copyOf(frames, 1 + count);
    }

    private static int xiph(byte[] bytes, int offset, int count, int[] frames) {
        int at = offset;
        for (int i = 1; i < count; i++) {
            int part;
            do {
                if (at >= bytes.length) {
                    return -1;
                }
                part = bytes[at++] & 0xff;
                frames[i] += part;
            } while (part == 255);
        }
        return at;
    }

    private static int fixed(byte[] bytes, int offset, int count, int[] frames) {
        int all = bytes.length - offset;
        if (all % count != 0) {
            return -1;
        }
        for (int i = 1; i < count; i++) {
            frames[i] = all / count;
        }
        return offset;
    }

    /** The first size as it is, then differences, of which the middle of the range is zero. */
    private static int ebml(byte[] bytes, int offset, int count, int[] frames) {
        int at = offset;
        long size = 0;
        for (int i = 1; i < count; i++) {
            int length = at < bytes.length ? Integer.numberOfLeadingZeros(bytes[at] & 0xff) - 23 : 9;
            if (length > 8 || length > bytes.length - at) {
                return -1;
            }
            long value = bytes[at] & (0xff >> length);
            for (int j = 1; j < length; j++) {
                value = value << 8 | (bytes[at + j] & 0xff);
            }
            at += length;
            size = i == 1 ? value : size + value - ((1L << (7 * length - 1)) - 1);
            if (size < 0 || size > bytes.length) {
                return -1;
            }
            frames[i] = (int) size;
        }
        return at;
    }
}
