package org.webrtc4j.media;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.vp8.Vp8Numbers;
import org.webrtc4j.media.vp9.Vp9Numbers;

/**
 * Lets the numbers of pictures in payloads go on where a forwarded stream is fed by another source than before: the picture
 * id and TL0PICIDX of VP8 (RFC 7741 section 4.2) and VP9 (RFC 9628 section 4.2). A decoder that finds a gap in them, or a step back,
 * waits for pictures that never come.
 *
 * <p>One for each outgoing stream. Nothing is allocated by {@link #map}. Not thread-safe.
 */
public final class PictureNumbers {

    /** Where the numbers are in one payload format. */
    public interface Format {

        /**
         * Finds the numbers of a payload.
         *
         * @param bytes the array, borrowed for the call
         * @param offset the first byte of the payload
         * @param length how many bytes
         * @return where the picture id is, from {@code offset}; -1 when there is none
         */
        int find(byte[] bytes, int offset, int length);

        /**
         * Tells the length of the picture id found last.
         *
         * @return 1 for 7 bits, 2 for 15
         */
        int idBytes();

        /**
         * Tells where the TL0PICIDX found last is.
         *
         * @return from the beginning of the payload; -1 when there is none
         */
        int tl0Index();
    }

    /** The most bytes at the beginning of a payload that may change. */
    public static final int MAX_PREFIX = 8;

    private final Format vp8 = new Vp8Numbers();
    private final Format vp9 = new Vp9Numbers();
    private @Nullable Format format;
    private boolean begins;
    private boolean known;
    private int idOffset;
    private int tl0Offset;
    private int lastId;
    private int lastTl0;
    private long prefix;

    /** Creates numbers that begin with those of the first source. */
    public PictureNumbers() {}

    /**
     * Another source follows, with a key frame.
     *
     * @param codec what it carries
     */
    public void begin(CodecDescription codec) {
        format = switch (codec.mimeType().toLowerCase(Locale.ROOT)) {
            case "video/vp8" -> vp8;
            case "video/vp9" -> vp9;
            default -> null;
        };
        begins = true;
    }

    /**
     * Maps the numbers of one payload.
     *
     * @param bytes the array, borrowed for the call and not changed
     * @param offset the first byte of the payload
     * @param length how many bytes
     * @return how many bytes of {@link #prefix} stand in place of the first of the payload; 0 when it stays as it is
     */
    public int map(byte[] bytes, int offset, int length) {
        Format current = format;
        int at = current == null ? -1 : current.find(bytes, offset, length);
        if (current == null || at < 0) {
            return 0;
        }
        boolean wide = current.idBytes() == 2;
        int mask = wide ? 0x7fff : 0x7f;
        int id =
                wide ? ((bytes[offset + at] & 0x7f) << 8) | (bytes[offset + at + 1] & 0xff) : bytes[offset + at] & 0x7f;
        int tl0At = current.tl0Index();
        int tl0 = tl0At < 0 ? 0 : bytes[offset + tl0At] & 0xff;
        if (begins) {
            begins = false;
            idOffset = known ? lastId + 1 - id : 0;
            tl0Offset = known ? lastTl0 + 1 - tl0 : 0;
            lastId = (id + idOffset) & mask;
            lastTl0 = (tl0 + tl0Offset) & 0xff;
            known = true;
        }
        int outId = (id + idOffset) & mask;
        int outTl0 = (tl0 + tl0Offset) & 0xff;
        // Late packets do not turn the numbers back.
        lastId = ((outId - lastId) & mask) <= mask / 2 ? outId : lastId;
        lastTl0 = tl0At >= 0 && ((outTl0 - lastTl0) & 0xff) < 0x80 ? outTl0 : lastTl0;
        if (outId == id && (tl0At < 0 || outTl0 == tl0)) {
            return 0;
        }
        return write(bytes, offset, at, wide, outId, tl0At, outTl0);
    }

    private int write(byte[] bytes, int offset, int at, boolean wide, int id, int tl0At, int tl0) {
        int end = Math.max(at + (wide ? 2 : 1), tl0At + 1);
        long written = 0;
        for (int i = 0; i < end; i++) {
            int value = bytes[offset + i] & 0xff;
            if (i == at) {
                value = wide ? 0x80 | (id >> 8) : id;
            } else if (wide && i == at + 1) {
                value = id & 0xff;
            } else if (i == tl0At) {
                value = tl0;
            }
            written |= (long) value << (56 - 8 * i);
        }
        prefix = written;
        return end;
    }

    /**
     * Returns what the payload mapped last begins with.
     *
     * @return the first byte in the highest place
     */
    public long prefix() {
        return prefix;
    }
}
