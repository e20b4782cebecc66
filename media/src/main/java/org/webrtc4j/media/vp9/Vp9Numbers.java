package org.webrtc4j.media.vp9;

import org.webrtc4j.media.PictureNumbers;

/** Where VP9 payloads have their picture id and TL0PICIDX (RFC 9628 section 4.2). */
public final class Vp9Numbers implements PictureNumbers.Format {

    private static final int ID_AT = 1;

    private final Vp9Descriptor descriptor = new Vp9Descriptor();
    private int idBytes;

    /** Creates a finder. */
    public Vp9Numbers() {}

    @Override
    public int find(byte[] bytes, int offset, int length) {
        if (descriptor.read(bytes, offset, length) != null || (bytes[offset] & 0x80) == 0) {
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
        return descriptor.layered && !descriptor.flexible ? ID_AT + idBytes + 1 : -1;
    }
}
