package org.webrtc4j.media.vp8;

import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.PayloadDrop;

/**
 * The VP8 payload descriptor (RFC 7741 section 4.2), read into fields that are reused.
 *
 * <pre>
 *       0 1 2 3 4 5 6 7
 *      +-+-+-+-+-+-+-+-+
 *      |X|R|N|S|R| PID | (REQUIRED)
 *      +-+-+-+-+-+-+-+-+
 * X:   |I|L|T|K| RSV   | (OPTIONAL)
 *      +-+-+-+-+-+-+-+-+
 * I:   |M| PictureID   | (OPTIONAL)
 *      +-+-+-+-+-+-+-+-+
 * M:   |   PictureID   |
 *      +-+-+-+-+-+-+-+-+
 * L:   |   TL0PICIDX   | (OPTIONAL)
 *      +-+-+-+-+-+-+-+-+
 * T/K: |TID|Y| KEYIDX  | (OPTIONAL)
 *      +-+-+-+-+-+-+-+-+
 * </pre>
 */
final class Vp8Descriptor {

    static final int ABSENT = -1;

    boolean nonReference;
    boolean partitionStart;
    int partition;
    int pictureId;
    int tl0PicIdx;
    int temporalId;
    boolean layerSync;
    int length;

    /** Returns null when the descriptor is complete and something follows it. */
    @Nullable
    PayloadDrop read(byte[] bytes, int offset, int payloadLength) {
        if (payloadLength < 1) {
            return PayloadDrop.EMPTY;
        }
        int end = offset + payloadLength;
        int position = offset;
        int first = bytes[position++];
        nonReference = (first & 0x20) != 0;
        partitionStart = (first & 0x10) != 0;
        partition = first & 7;
        pictureId = ABSENT;
        tl0PicIdx = ABSENT;
        temporalId = ABSENT;
        layerSync = false;
        if ((first & 0x80) != 0) {
            if (position >= end) {
                return PayloadDrop.TRUNCATED;
            }
            int present = bytes[position++];
            if ((present & 0x80) != 0) {
                if (position >= end) {
                    return PayloadDrop.TRUNCATED;
                }
                int id = bytes[position++];
                pictureId = id & 0x7f;
                if ((id & 0x80) != 0) {
                    if (position >= end) {
                        return PayloadDrop.TRUNCATED;
                    }
                    pictureId = pictureId << 8 | (bytes[position++] & 0xff);
                }
            }
            if ((present & 0x40) != 0) {
                if (position >= end) {
                    return PayloadDrop.TRUNCATED;
                }
                tl0PicIdx = bytes[position++] & 0xff;
            }
            if ((present & 0x30) != 0) {
                if (position >= end) {
                    return PayloadDrop.TRUNCATED;
                }
                int layer = bytes[position++];
                if ((present & 0x20) != 0) {
                    temporalId = (layer & 0xc0) >> 6;
                    layerSync = (layer & 0x20) != 0;
                }
            }
        }
        length = position - offset;
        return position >= end ? PayloadDrop.EMPTY : null;
    }

    /** A frame begins with its first partition. */
    boolean startsFrame() {
        return partitionStart && partition == 0;
    }
}
