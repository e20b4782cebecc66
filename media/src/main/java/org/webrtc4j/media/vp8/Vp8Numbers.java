package org.webrtc4j.media.vp8;

import org.webrtc4j.media.PictureNumbers;

/** Where VP8 payloads have their picture id and TL0PICIDX (RFC 7741 section 4.2). */
public final class Vp8Numbers implements PictureNumbers.Format {

    private static final int ID_AT = 2;

    private final Vp8Descriptor descriptor = new Vp8Descriptor();
    private int idBytes;

    /** Creates a finder. */
    public Vp8Numbers() {}

    @Override
    public int find(byte[] bytes, int offset, int length) {
        if (descriptor.read(bytes, offset, length) != null || descriptor.pictureId == Vp8Descriptor.ABSENT) {
            return -1;
        }
        idBytes = (bytes[offset + ID_AT] & 0x80) != 0 ? 2 : 1;
        return ID_AT;
    }

    @Override
    public int idBytes() {
        return idBytes;
    }

    @Override
    public int tl0Index() {
        return descriptor.tl0PicIdx == Vp8Descriptor.ABSENT ? -1 : ID_AT + idBytes;
    }
}
