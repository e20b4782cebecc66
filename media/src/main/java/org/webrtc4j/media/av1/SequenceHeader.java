package org.webrtc4j.media.av1;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.bytes.Bits;

/**
 * The beginning of an AV1 sequence (AV1 bitstream specification section 5.5), as far as containers tell of it.
 *
 * @param profile seq_profile, 0 to 2
 * @param level seq_level_idx of the first operating point, 0 to 31
 * @param tier seq_tier of the first operating point, 0 or 1
 * @param width of the largest picture, pixels
 * @param height of the largest picture, pixels
 * @param colourBits high_bitdepth, twelve_bit, monochrome, two of subsampling and two of chroma_sample_position, as av1C has them
 * @param unit the OBU with its header and size; shared, not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // shared within the module and never compared
public record SequenceHeader(int profile, int level, int tier, int width, int height, int colourBits, byte[] unit) {

    private static final int NO_LIMIT = 1 << 16;
    private static final int IDENTITY = 0;

    /**
     * Looks for the header in a temporal unit.
     *
     * @param bytes OBUs that have their sizes
     * @return the header; null when there is none, or it is cut off
     */
    public static @Nullable SequenceHeader find(byte[] bytes) {
        int at = 0;
        while (at < bytes.length) {
            int header = bytes[at];
            int payload = at + ((header & Obu.HAS_EXTENSION) != 0 ? 2 : 1);
            long size = (header & Obu.HAS_SIZE) == 0 ? -1 : Obu.readLeb128(bytes, payload, bytes.length);
            if (size < 0) {
                return null;
            }
            payload += (int) (size >>> 32);
            int length = (int) size;
            if (length > bytes.length - payload) {
                return null;
            }
            if (Obu.type(header) == Obu.SEQUENCE_HEADER) {
                return parse(bytes, at, payload, payload + length);
            }
            at = payload + length;
        }
        return null;
    }

    private static @Nullable SequenceHeader parse(byte[] bytes, int start, int payload, int end) {
        Bits in = new Bits(bytes, payload, end);
        int profile = in.read(3);
        in.skip(1);
        boolean reduced = in.flag();
        int level;
        int tier = 0;
        if (reduced) {
            level = in.read(5);
        } else {
            int operating = operatingPoints(in);
            level = operating >> 1;
            tier = operating & 1;
        }
        int widthBits = in.read(4) + 1;
        int heightBits = in.read(4) + 1;
        int width = in.read(widthBits) + 1;
        int height = in.read(heightBits) + 1;
        tools(in, reduced);
        int colour = colour(in, profile);
        return !in.ok() || width > NO_LIMIT || height > NO_LIMIT
                ? null
                : new SequenceHeader(
                        profile, level, tier, width, height, colour, Arrays.copyOfRange(bytes, start, end));
    }

    /** Timing, decoder model and operating points: level and tier of the first, as level * 2 + tier. */
    private static int operatingPoints(Bits in) {
        boolean model = false;
        int delayBits = 0;
        if (in.flag()) {
            in.skip(64);
            if (in.flag()) {
                in.golomb();
            }
            model = in.flag();
            if (model) {
                delayBits = in.read(5) + 1;
                in.skip(32 + 5 + 5);
            }
        }
        boolean display = in.flag();
        int count = in.read(5) + 1;
        int first = 0;
        for (int i = 0; i < count; i++) {
            in.skip(12);
            int level = in.read(5);
            int tier = level > 7 ? in.read(1) : 0;
            if (i == 0) {
                first = level << 1 | tier;
            }
            if (model && in.flag()) {
                in.skip(2 * delayBits + 1);
            }
            if (display && in.flag()) {
                in.skip(4);
            }
        }
        return first;
    }

    private static void tools(Bits in, boolean reduced) {
        if (!reduced && in.flag()) {
            in.skip(4 + 3);
        }
        in.skip(3);
        if (!reduced) {
            in.skip(4);
            boolean orderHint = in.flag();
            if (orderHint) {
                in.skip(2);
            }
            boolean screenChosen = in.flag();
            int screen = screenChosen ? 2 : in.read(1);
            if (screen > 0 && !in.flag()) {
                in.skip(1);
            }
            if (orderHint) {
                in.skip(3);
            }
        }
        in.skip(3);
    }

    /** color_config, section 5.5.2. */
    private static int colour(Bits in, int profile) {
        int high = in.read(1);
        int twelve = profile == 2 && high == 1 ? in.read(1) : 0;
        int mono = profile == 1 ? 0 : in.read(1);
        boolean described = in.flag();
        int primaries = described ? in.read(8) : 2;
        int transfer = described ? in.read(8) : 2;
        int matrix = described ? in.read(8) : 2;
        int x = 1;
        int y = 1;
        int position = 0;
        if (mono == 1) {
            in.skip(1);
        } else if (primaries == 1 && transfer == 13 && matrix == IDENTITY) {
            x = 0;
            y = 0;
        } else {
            in.skip(1);
            if (profile == 1) {
                x = 0;
                y = 0;
            } else if (profile == 2) {
                x = twelve == 1 ? in.read(1) : 1;
                y = x == 1 && twelve == 1 ? in.read(1) : 0;
            }
            if (x == 1 && y == 1) {
                position = in.read(2);
            }
        }
        return high << 6 | twelve << 5 | mono << 4 | x << 3 | y << 2 | position;
    }
}
