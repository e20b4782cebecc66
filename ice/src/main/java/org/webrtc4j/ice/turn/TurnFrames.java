package org.webrtc4j.ice.turn;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a byte stream into STUN messages and ChannelData (RFC 8656 sections 5 and 12.5). Bytes are put into the one buffer
 * there is; a message larger than it ends the stream.
 *
 * <p>Use: copy bytes into {@link #space}, tell {@link #added}, take messages by {@link #next} until null.
 */
public final class TurnFrames {

    private static final int STUN_HEADER_BYTES = 20;

    private final byte[] array;
    private final ByteBuffer space;
    private final ByteBuffer frame;
    private int start;
    private int end;
    private boolean broken;

    /**
     * Creates an empty buffer.
     *
     * @param maxFrameBytes the largest message taken, padding included
     */
    public TurnFrames(int maxFrameBytes) {
        array = new byte[maxFrameBytes];
        space = ByteBuffer.wrap(array);
        frame = ByteBuffer.wrap(array);
    }

    /**
     * Returns where bytes of the stream can be put.
     *
     * @return a buffer with room for at least one byte once {@link #next} has returned null, unless the stream is broken
     */
    public ByteBuffer space() {
        if (start > 0) {
            System.arraycopy(array, start, array, 0, end - start);
            end -= start;
            start = 0;
        }
        return space.limit(array.length).position(end);
    }

    /**
     * Tells how much was put into {@link #space}.
     *
     * @param bytes the count
     */
    public void added(int bytes) {
        end += bytes;
        assert end <= array.length;
    }

    /**
     * Takes the next whole message.
     *
     * @return a message, padding included, in a buffer that is good until the next call; null when more bytes are needed or
     *     the stream is broken
     */
    public @Nullable ByteBuffer next() {
        if (broken || end - start < ChannelData.HEADER_BYTES) {
            return null;
        }
        int length = u16(start + 2);
        int kind = array[start] >>> 6;
        int size = kind == 0 ? STUN_HEADER_BYTES + length : ChannelData.HEADER_BYTES + ((length + 3) & ~3);
        if (kind > 1 || size > array.length) {
            broken = true;
            return null;
        }
        if (end - start < size) {
            return null;
        }
        frame.limit(start + size).position(start);
        start += size;
        return frame;
    }

    /**
     * Tells whether something came that is neither, or too large: there is no way back into the stream.
     *
     * @return true when the connection is to be closed
     */
    public boolean isBroken() {
        return broken;
    }

    private int u16(int at) {
        return ((array[at] & 0xff) << 8) | (array[at + 1] & 0xff);
    }
}
