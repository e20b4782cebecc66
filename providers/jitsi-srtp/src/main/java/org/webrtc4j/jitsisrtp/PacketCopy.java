package org.webrtc4j.jitsisrtp;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jitsi.utils.ByteArrayBuffer;
import org.webrtc4j.srtp.SrtpTransform;

/** A packet of its own to work in: jitsi-srtp works in place, and cuts off the tag even of a packet it refuses. */
final class PacketCopy implements ByteArrayBuffer {

    private byte[] bytes = new byte[1_500];
    private int offset;
    private int length;

    void copy(ByteBuffer packet) {
        offset = 0;
        length = 0;
        add(packet);
    }

    void add(ByteBuffer packet) {
        grow(packet.remaining() + SrtpTransform.MAX_OVERHEAD_BYTES);
        packet.get(packet.position(), bytes, length, packet.remaining());
        length += packet.remaining();
    }

    int writeTo(ByteBuffer destination) {
        destination.put(destination.position(), bytes, offset, length);
        return length;
    }

    int byteAt(int index) {
        return bytes[offset + index] & 0xff;
    }

    int intAt(int index) {
        return ByteBuffer.wrap(bytes).getInt(offset + index);
    }

    @Override
    public byte[] getBuffer() {
        return bytes;
    }

    @Override
    public int getOffset() {
        return offset;
    }

    @Override
    public int getLength() {
        return length;
    }

    @Override
    public void setLength(int length) {
        this.length = length;
    }

    @Override
    public void setOffset(int offset) {
        this.offset = offset;
    }

    @Override
    public boolean isInvalid() {
        return false;
    }

    @Override
    public void readRegionToBuff(int from, int count, byte[] into) {
        System.arraycopy(bytes, offset + from, into, 0, count);
    }

    @Override
    public void grow(int room) {
        int needed = offset + length + room;
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, needed);
        }
    }

    @Override
    public void append(byte[] more, int count) {
        grow(count);
        System.arraycopy(more, 0, bytes, offset + length, count);
        length += count;
    }

    @Override
    public void shrink(int count) {
        length -= count;
    }
}
