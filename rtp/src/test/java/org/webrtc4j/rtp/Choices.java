package org.webrtc4j.rtp;

/** Choices made by bytes; zeros when they are used up. */
public final class Choices {

    private final byte[] bytes;
    private int position;

    public Choices(byte[] bytes) {
        this.bytes = bytes;
    }

    public boolean isEmpty() {
        return position >= bytes.length;
    }

    public int u8() {
        return isEmpty() ? 0 : bytes[position++] & 0xff;
    }

    public int u16() {
        return u8() << 8 | u8();
    }

    public byte[] take(int length) {
        byte[] taken = new byte[Math.min(length, bytes.length - position)];
        System.arraycopy(bytes, position, taken, 0, taken.length);
        position += taken.length;
        return taken;
    }
}
