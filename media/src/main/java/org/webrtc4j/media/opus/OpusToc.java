package org.webrtc4j.media.opus;

import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.PayloadDrop;

/**
 * The first bytes of an Opus packet (RFC 6716 section 3.1): how long it is and in how many frames, without decoding it.
 *
 * <pre>
 *  0 1 2 3 4 5 6 7
 * +-+-+-+-+-+-+-+-+
 * | config  |s| c |
 * +-+-+-+-+-+-+-+-+
 * </pre>
 *
 * All lengths of sound are in samples at 48 kHz, the clock of RTP for Opus (RFC 7587 section 4.1).
 */
public final class OpusToc {

    /** No packet is longer: 120 ms (RFC 6716 section 3.4, R5). */
    public static final int MAX_SAMPLES = 5_760;

    /** No frame of a packet has more bytes (RFC 6716 section 3.4, R2). */
    public static final int MAX_FRAME_BYTES = 1_275;

    /** The layer that encoded a packet. */
    public enum Mode {
        /** Speech at low rates; the only one with in-band error correction beside HYBRID. */
        SILK,
        /** Speech, its upper band by CELT. */
        HYBRID,
        /** Music, and the shortest delay. */
        CELT
    }

    private static final int SAMPLES_PER_10_MS = 480;

    private OpusToc() {}

    /**
     * Returns by which layer a packet was encoded.
     *
     * @param toc its first byte
     * @return the mode
     */
    public static Mode mode(int toc) {
        int config = (toc & 0xff) >> 3;
        return config < 12 ? Mode.SILK : config < 16 ? Mode.HYBRID : Mode.CELT;
    }

    /**
     * Tells how many channels were encoded; the decoder gives out as many as its owner likes.
     *
     * @param toc its first byte
     * @return 1 or 2
     */
    public static int channels(int toc) {
        return (toc & 4) == 0 ? 1 : 2;
    }

    /**
     * Returns the length of one frame of a packet.
     *
     * @param toc its first byte
     * @return samples at 48 kHz, 120 to 2880
     */
    public static int frameSamples(int toc) {
        int config = (toc & 0xff) >> 3;
        if (config < 12) {
            int size = config & 3;
            return size < 3 ? SAMPLES_PER_10_MS << size : SAMPLES_PER_10_MS * 6;
        }
        if (config < 16) {
            return SAMPLES_PER_10_MS << (config & 1);
        }
        return (SAMPLES_PER_10_MS / 4) << (config & 3);
    }

    /**
     * Returns the number of frames in a packet.
     *
     * @param bytes the array
     * @param offset the first byte of the packet
     * @param length how many bytes
     * @return 1 to 63, or 0 when the packet ends before it says or says 0
     */
    public static int frames(byte[] bytes, int offset, int length) {
        if (length < 1) {
            return 0;
        }
        return switch (bytes[offset] & 3) {
            case 0 -> 1;
            case 1, 2 -> 2;
            default -> length < 2 ? 0 : bytes[offset + 1] & 0x3f;
        };
    }

    /**
     * Returns the length of a packet.
     *
     * @param bytes the array
     * @param offset the first byte of the packet
     * @param length how many bytes
     * @return samples at 48 kHz, above 0, or 0 when the packet is not well-formed
     */
    public static int samples(byte[] bytes, int offset, int length) {
        return check(bytes, offset, length) == null ? frames(bytes, offset, length) * frameSamples(bytes[offset]) : 0;
    }

    /**
     * Tells whether a packet is made of nothing but its first bytes: silence that was not transmitted (DTX).
     *
     * @param length how many bytes the packet has
     * @return true for one or two bytes, which carry no sound
     */
    public static boolean isDtx(int length) {
        return length <= 2;
    }

    /**
     * Tells whether a packet may carry the sound of the one before it (in-band FEC); only its decoder is certain for
     * HYBRID and stereo, the flags of mono SILK are read here.
     *
     * <p>A SILK frame begins with a flag of voice activity for each 20 ms, then one of redundancy, uncompressed for an even
     * probability (RFC 6716 section 4.2.3), so they are the highest bits of its first byte.
     *
     * @param bytes the array
     * @param offset the first byte of the packet
     * @param length how many bytes
     * @return true when a decoder that lost the packet before should be asked to use this one
     */
    public static boolean mayHaveFec(byte[] bytes, int offset, int length) {
        if (isDtx(length) || mode(bytes[offset]) == Mode.CELT || check(bytes, offset, length) != null) {
            return false;
        }
        if ((bytes[offset] & 3) != 0) {
            return true;
        }
        int vadFlags = Math.max(1, frameSamples(bytes[offset]) / (2 * SAMPLES_PER_10_MS));
        int first = bytes[offset + 1] & 0xff;
        boolean mid = (first >> (7 - vadFlags) & 1) != 0;
        int sideBit = 7 - vadFlags - 1 - vadFlags;
        boolean side = channels(bytes[offset]) == 2 && sideBit >= 0 && (first >> sideBit & 1) != 0;
        return mid || side;
    }

    /**
     * Checks a packet against the rules of RFC 6716 section 3.4 without decoding it.
     *
     * @param bytes the array
     * @param offset the first byte of the packet
     * @param length how many bytes
     * @return null when it is well-formed, or why it is not
     */
    public static @Nullable PayloadDrop check(byte[] bytes, int offset, int length) {
        if (length < 1) {
            return PayloadDrop.EMPTY;
        }
        int end = offset + length;
        int frames = frames(bytes, offset, length);
        switch (bytes[offset] & 3) {
            case 0 -> {
                return length - 1 > MAX_FRAME_BYTES ? PayloadDrop.BAD_LENGTH : null;
            }
            case 1 -> {
                // R3: both frames have the same size.
                return (length - 1) % 2 != 0 || (length - 1) / 2 > MAX_FRAME_BYTES
                        ? PayloadDrop.BAD_LENGTH
                        : duration(bytes, offset, frames);
            }
            case 2 -> {
                int header = frameLength(bytes, offset + 1, end);
                if (header < 0) {
                    return PayloadDrop.TRUNCATED;
                }
                int rest = length - 1 - (header >> 16) - (header & 0xffff);
                return rest < 0 || rest > MAX_FRAME_BYTES ? PayloadDrop.BAD_LENGTH : duration(bytes, offset, frames);
            }
            default -> {
                return checkCode3(bytes, offset, end, frames);
            }
        }
    }

    /** Any number of frames, with padding and sizes (RFC 6716 section 3.2.5). */
    private static @Nullable PayloadDrop checkCode3(byte[] bytes, int offset, int end, int frames) {
        if (end - offset < 2) {
            return PayloadDrop.TRUNCATED;
        }
        if (frames == 0) {
            return PayloadDrop.BAD_VALUE;
        }
        int flags = bytes[offset + 1];
        int position = offset + 2;
        int contentEnd = end;
        if ((flags & 0x40) != 0) {
            int padding;
            do {
                if (position >= contentEnd) {
                    return PayloadDrop.TRUNCATED;
                }
                padding = bytes[position++] & 0xff;
                contentEnd -= padding == 255 ? 254 : padding;
            } while (padding == 255);
            if (contentEnd < position) {
                return PayloadDrop.BAD_LENGTH;
            }
        }
        boolean variable = (flags & 0x80) != 0;
        if (!variable) {
            int content = contentEnd - position;
            return content % frames != 0 || content / frames > MAX_FRAME_BYTES
                    ? PayloadDrop.BAD_LENGTH
                    : duration(bytes, offset, frames);
        }
        int sum = 0;
        for (int i = 0; i < frames - 1; i++) {
            int header = frameLength(bytes, position, contentEnd);
            if (header < 0) {
                return PayloadDrop.TRUNCATED;
            }
            position += header >> 16;
            sum += header & 0xffff;
        }
        int rest = contentEnd - position - sum;
        return rest < 0 || rest > MAX_FRAME_BYTES ? PayloadDrop.BAD_LENGTH : duration(bytes, offset, frames);
    }

    private static @Nullable PayloadDrop duration(byte[] bytes, int offset, int frames) {
        return frames * frameSamples(bytes[offset]) > MAX_SAMPLES ? PayloadDrop.TOO_LONG : null;
    }

    /** A frame length of one or two bytes (RFC 6716 section 3.2.1): how many bytes it takes in the upper half; -1 past the end. */
    private static int frameLength(byte[] bytes, int position, int end) {
        if (position >= end) {
            return -1;
        }
        int first = bytes[position] & 0xff;
        if (first < 252) {
            return 1 << 16 | first;
        }
        return position + 1 < end ? 2 << 16 | (first + 4 * (bytes[position + 1] & 0xff)) : -1;
    }
}
