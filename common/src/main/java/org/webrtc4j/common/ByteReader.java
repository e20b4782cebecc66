package org.webrtc4j.common;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * A bounded big-endian reader for bytes of a stranger.
 *
 * <p>Reading past the end returns zero and marks the reader {@link #failed()}, for good: a parser reads a whole structure
 * and asks once, and no exception is made for bad bytes. Not thread-safe; one reader is meant to be reused.
 */
public final class ByteReader {

    private static final byte[] EMPTY = new byte[0];

    private byte[] array = EMPTY;
    private int position;
    private int end;
    private boolean failed;

    /** Creates a reader of nothing; see {@link #reset(byte[], int, int)}. */
    public ByteReader() {}

    /**
     * Points the reader at the bytes between position and limit of a heap buffer, which is left untouched.
     *
     * @param buffer a heap buffer, borrowed until the next reset
     * @return this
     */
    public ByteReader reset(ByteBuffer buffer) {
        return reset(buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining());
    }

    /**
     * Points the reader at a range of an array.
     *
     * @param bytes the array, borrowed until the next reset
     * @param offset the first byte
     * @param length how many bytes
     * @return this
     * @throws IndexOutOfBoundsException when the range is not within the array
     */
    public ByteReader reset(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        array = bytes;
        position = offset;
        end = offset + length;
        failed = false;
        return this;
    }

    /**
     * Tells whether a read went past the end since the last reset.
     *
     * @return true when anything read since may be made up
     */
    public boolean failed() {
        return failed;
    }

    /**
     * Returns how many bytes are left.
     *
     * @return bytes between the position and the end; zero once failed
     */
    public int remaining() {
        return end - position;
    }

    /**
     * Returns the array read from, for bytes that are looked at in place.
     *
     * @return the borrowed array
     */
    public byte[] array() {
        return array;
    }

    /**
     * Returns the index in {@link #array()} of the next byte.
     *
     * @return the position
     */
    public int position() {
        return position;
    }

    /**
     * Reads one byte.
     *
     * @return 0 to 255
     */
    public int u8() {
        return take(1) ? array[position - 1] & 0xff : 0;
    }

    /**
     * Reads two bytes.
     *
     * @return 0 to 65535
     */
    public int u16() {
        return take(2) ? ((array[position - 2] & 0xff) << 8) | (array[position - 1] & 0xff) : 0;
    }

    /**
     * Reads three bytes.
     *
     * @return 0 to 16777215
     */
    public int u24() {
        return take(3)
                ? ((array[position - 3] & 0xff) << 16)
                        | ((array[position - 2] & 0xff) << 8)
                        | (array[position - 1] & 0xff)
                : 0;
    }

    /**
     * Reads four bytes.
     *
     * @return all 32 bits
     */
    public int i32() {
        return take(4)
                ? ((array[position - 4] & 0xff) << 24)
                        | ((array[position - 3] & 0xff) << 16)
                        | ((array[position - 2] & 0xff) << 8)
                        | (array[position - 1] & 0xff)
                : 0;
    }

    /**
     * Reads four bytes.
     *
     * @return 0 to 4294967295
     */
    public long u32() {
        return i32() & 0xffff_ffffL;
    }

    /**
     * Reads eight bytes.
     *
     * @return all 64 bits
     */
    public long i64() {
        return (u32() << 32) | u32();
    }

    /**
     * Copies bytes out, never more than there are.
     *
     * @param length how many; may be what a stranger claims
     * @return exactly that many bytes, or an empty array with the reader failed
     */
    public byte[] bytes(int length) {
        if (!take(length)) {
            return EMPTY;
        }
        return Arrays.copyOfRange(array, position - length, position);
    }

    /**
     * Steps over bytes.
     *
     * @param length how many
     * @return this
     */
    public ByteReader skip(int length) {
        take(length);
        return this;
    }

    private boolean take(int length) {
        if (length < 0 || length > end - position) {
            failed = true;
            position = end;
            return false;
        }
        position += length;
        return true;
    }
}
