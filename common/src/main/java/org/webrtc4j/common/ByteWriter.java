package org.webrtc4j.common;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * A bounded big-endian writer into an array of its own size.
 *
 * <p>What does not fit is not written and marks the writer {@link #overflowed()}: a builder writes a whole structure and
 * asks once. Not thread-safe; one writer is meant to be reused with {@link #clear()}.
 */
public final class ByteWriter {

    private final byte[] array;
    private int position;
    private boolean overflowed;

    /**
     * Creates a writer.
     *
     * @param capacity how many bytes it may hold
     */
    public ByteWriter(int capacity) {
        array = new byte[capacity];
    }

    /**
     * Starts again from the first byte.
     *
     * @return this
     */
    public ByteWriter clear() {
        position = 0;
        overflowed = false;
        return this;
    }

    /**
     * Tells whether something did not fit since the last clear.
     *
     * @return true when the content is incomplete
     */
    public boolean overflowed() {
        return overflowed;
    }

    /**
     * Returns how many bytes have been written.
     *
     * @return the position
     */
    public int size() {
        return position;
    }

    /**
     * Returns how many bytes still fit.
     *
     * @return capacity less size
     */
    public int remaining() {
        return array.length - position;
    }

    /**
     * Returns the array written to, for checksums in place.
     *
     * @return the array; content from 0 to {@link #size()}
     */
    public byte[] array() {
        return array;
    }

    /**
     * Goes back to an earlier size, dropping what was written since.
     *
     * @param size a size returned before
     * @return this
     */
    public ByteWriter truncate(int size) {
        position = Objects.checkIndex(size, position + 1);
        return this;
    }

    /**
     * Writes the low 8 bits.
     *
     * @param value the value
     * @return this
     */
    public ByteWriter u8(int value) {
        if (take(1)) {
            array[position - 1] = (byte) value;
        }
        return this;
    }

    /**
     * Writes the low 16 bits.
     *
     * @param value the value
     * @return this
     */
    public ByteWriter u16(int value) {
        if (take(2)) {
            setU16(position - 2, value);
        }
        return this;
    }

    /**
     * Writes 32 bits.
     *
     * @param value the value
     * @return this
     */
    public ByteWriter i32(int value) {
        if (take(4)) {
            setI32(position - 4, value);
        }
        return this;
    }

    /**
     * Writes 64 bits.
     *
     * @param value the value
     * @return this
     */
    public ByteWriter i64(long value) {
        if (take(8)) {
            setI32(position - 8, (int) (value >>> 32));
            setI32(position - 4, (int) value);
        }
        return this;
    }

    /**
     * Writes all of an array.
     *
     * @param bytes the bytes
     * @return this
     */
    public ByteWriter bytes(byte[] bytes) {
        return bytes(bytes, 0, bytes.length);
    }

    /**
     * Writes a range of an array.
     *
     * @param bytes the array
     * @param offset the first byte
     * @param length how many
     * @return this
     */
    public ByteWriter bytes(byte[] bytes, int offset, int length) {
        if (take(length)) {
            System.arraycopy(bytes, offset, array, position - length, length);
        }
        return this;
    }

    /**
     * Writes zeros.
     *
     * @param length how many
     * @return this
     */
    public ByteWriter zeros(int length) {
        if (take(length)) {
            Arrays.fill(array, position - length, position, (byte) 0);
        }
        return this;
    }

    /**
     * Overwrites 16 bits written before, a length field filled in later.
     *
     * @param index where, from 0
     * @param value the value
     */
    public void setU16(int index, int value) {
        Objects.checkFromIndexSize(index, 2, position);
        array[index] = (byte) (value >>> 8);
        array[index + 1] = (byte) value;
    }

    /**
     * Overwrites 32 bits written before.
     *
     * @param index where, from 0
     * @param value the value
     */
    public void setI32(int index, int value) {
        Objects.checkFromIndexSize(index, 4, position);
        array[index] = (byte) (value >>> 24);
        array[index + 1] = (byte) (value >>> 16);
        array[index + 2] = (byte) (value >>> 8);
        array[index + 3] = (byte) value;
    }

    /**
     * Returns a view of what was written.
     *
     * @return a new buffer over the same array, from 0 to {@link #size()}
     */
    public ByteBuffer toByteBuffer() {
        return ByteBuffer.wrap(array, 0, position);
    }

    private boolean take(int length) {
        if (length < 0 || length > array.length - position) {
            overflowed = true;
            return false;
        }
        position += length;
        return true;
    }
}
