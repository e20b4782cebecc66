package org.webrtc4j.media.bytes;

import java.util.Arrays;

/** The bytes of a frame that grows payload by payload, up to a limit; reused for the frames of a stream. */
public final class FrameBuffer {

    private static final int INITIAL_BYTES = 2_048;

    private final int limitBytes;
    private byte[] array = new byte[INITIAL_BYTES];
    private int size;

    /**
     * Creates an empty buffer.
     *
     * @param limitBytes how large it may become
     */
    public FrameBuffer(int limitBytes) {
        this.limitBytes = limitBytes;
    }

    /** Forgets the content. */
    public void clear() {
        size = 0;
    }

    /**
     * Returns how many bytes there are.
     *
     * @return bytes appended since the last clear
     */
    public int size() {
        return size;
    }

    /**
     * Returns the array behind the content.
     *
     * @return content from 0 to {@link #size()}; another array after the next append
     */
    public byte[] array() {
        return array;
    }

    /**
     * Appends a range of an array.
     *
     * @param bytes the array
     * @param offset the first byte
     * @param length how many
     * @return false when the limit would be passed; then nothing is appended
     */
    public boolean append(byte[] bytes, int offset, int length) {
        if (!makeRoom(length)) {
            return false;
        }
        System.arraycopy(bytes, offset, array, size, length);
        size += length;
        return true;
    }

    /**
     * Appends one byte.
     *
     * @param value the low 8 bits count
     * @return false when the limit would be passed
     */
    public boolean append(int value) {
        if (!makeRoom(1)) {
            return false;
        }
        array[size++] = (byte) value;
        return true;
    }

    /**
     * Copies the content.
     *
     * @return a new array of exactly the content
     */
    public byte[] toBytes() {
        return Arrays.copyOf(array, size);
    }

    private boolean makeRoom(int length) {
        if (length > limitBytes - size) {
            return false;
        }
        int needed = size + length;
        if (needed > array.length) {
            int doubled = Math.min(Math.max(needed, array.length * 2), limitBytes);
            array = Arrays.copyOf(array, doubled);
        }
        return true;
    }
}
