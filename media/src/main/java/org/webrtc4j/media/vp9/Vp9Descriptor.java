package org.webrtc4j.media.vp9;

import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.PayloadDrop;

/**
 * The VP9 payload descriptor (RFC 9628 section 4.2), read into fields that are reused.
 *
 * <pre>
 *         0 1 2 3 4 5 6 7
 *        +-+-+-+-+-+-+-+-+
 *        |I|P|L|F|B|E|V|Z| (REQUIRED)
 *        +-+-+-+-+-+-+-+-+
 *   I:   |M| PICTURE ID  | (7 or 15 bits)
 *        +-+-+-+-+-+-+-+-+
 *   L:   | TID |U| SID |D|
 *        +-+-+-+-+-+-+-+-+
 *        |   TL0PICIDX   | (not in flexible mode)
 *        +-+-+-+-+-+-+-+-+
 *   P,F: | P_DIFF      |N| (up to 3 times)
 *        +-+-+-+-+-+-+-+-+
 *   V:   | SS            |
 *        | ..            |
 * </pre>
 */
final class Vp9Descriptor {

    private static final int MAX_REFERENCES = 3;

    boolean interPicture;
    boolean layered;
    boolean flexible;
    boolean start;
    boolean end;
    int temporalId;
    boolean switchingPoint;
    int spatialId;
    boolean interLayer;
    int length;

    /** Returns null when the descriptor is complete and something follows it. */
    @Nullable
    PayloadDrop read(byte[] bytes, int offset, int payloadLength) {
        if (payloadLength < 1) {
            return PayloadDrop.EMPTY;
        }
        int limit = offset + payloadLength;
        int position = offset;
        int first = bytes[position++];
        interPicture = (first & 0x40) != 0;
        layered = (first & 0x20) != 0;
        flexible = (first & 0x10) != 0;
        start = (first & 0x08) != 0;
        end = (first & 0x04) != 0;
        temporalId = 0;
        spatialId = 0;
        switchingPoint = false;
        interLayer = false;
        if ((first & 0x80) != 0) {
            if (position >= limit) {
                return PayloadDrop.TRUNCATED;
            }
            position += (bytes[position] & 0x80) != 0 ? 2 : 1;
        } else if (flexible) {
            // Section 4.2: in flexible mode the picture id MUST be there.
            return PayloadDrop.BAD_VALUE;
        }
        if (layered) {
            if (position >= limit) {
                return PayloadDrop.TRUNCATED;
            }
            int layer = bytes[position++] & 0xff;
            temporalId = layer >> 5;
            switchingPoint = (layer & 0x10) != 0;
            spatialId = layer >> 1 & 7;
            interLayer = (layer & 1) != 0;
            position += flexible ? 0 : 1;
        }
        if (interPicture && flexible) {
            boolean more = true;
            for (int i = 0; more; i++) {
                if (i == MAX_REFERENCES) {
                    return PayloadDrop.BAD_VALUE;
                }
                if (position >= limit) {
                    return PayloadDrop.TRUNCATED;
                }
                more = (bytes[position++] & 1) != 0;
            }
        }
        if ((first & 0x02) != 0) {
            position = skipStructure(bytes, position, limit);
        }
        length = position - offset;
        return position < 0 || position > limit ? PayloadDrop.TRUNCATED : position == limit ? PayloadDrop.EMPTY : null;
    }

    /**
     * The scalability structure: N_S, Y and G, then sizes of layers and pictures of a group with their references. At most
     * 255 pictures are walked, and no further than the payload goes.
     */
    private static int skipStructure(byte[] bytes, int from, int limit) {
        if (from >= limit) {
            return -1;
        }
        int position = from;
        int header = bytes[position++] & 0xff;
        if ((header & 0x10) != 0) {
            position += ((header >> 5) + 1) * 4;
        }
        if ((header & 0x08) != 0) {
            if (position >= limit) {
                return -1;
            }
            int pictures = bytes[position++] & 0xff;
            for (int i = 0; i < pictures; i++) {
                if (position >= limit) {
                    return -1;
                }
                position += 1 + (bytes[position] >> 2 & 3);
            }
        }
        return position;
    }

    /** A layer frame that needs neither another picture nor the layer below. */
    boolean isKey() {
        return !interPicture && !interLayer;
    }
}
