package org.webrtc4j.rtp.extension;

import java.util.Objects;
import org.webrtc4j.rtp.wire.Bytes;

/**
 * Writes the header extension of one packet (RFC 8285 section 4) into an array, in the one-byte form as long as that holds
 * every element, and in the two-byte form where one needs it and it is allowed.
 *
 * <p>Space can be reserved for what is known only when the packet leaves. Reused; nothing is allocated.
 */
public final class ExtensionWriter {

    /** Elements one packet may have; more are refused. */
    public static final int MAX_ELEMENTS = 32;

    private static final int HEADER = 4;
    private static final int MAX_ONE_BYTE_LENGTH = 16;
    private static final int MAX_LENGTH = 255;

    private final int[] ids = new int[MAX_ELEMENTS];
    private final int[] positions = new int[MAX_ELEMENTS];
    private final int[] lengths = new int[MAX_ELEMENTS];
    private byte[] array = new byte[0];
    private int start;
    private int position;
    private int end;
    private int count;
    private boolean twoByteAllowed;
    private boolean twoByte;

    /** Creates a writer of nothing; see {@link #begin}. */
    public ExtensionWriter() {}

    /**
     * Starts an extension.
     *
     * @param bytes where it is written
     * @param offset where it starts, after the last CSRC
     * @param capacity how many bytes it may take, the extension's own header included
     * @param allowTwoByteForm whether the two-byte form is negotiated
     * @return this
     */
    public ExtensionWriter begin(byte[] bytes, int offset, int capacity, boolean allowTwoByteForm) {
        Objects.checkFromIndexSize(offset, capacity, bytes.length);
        array = bytes;
        start = offset;
        position = offset + HEADER;
        // The last word must fit whole.
        end = offset + (capacity & ~3);
        count = 0;
        twoByteAllowed = allowTwoByteForm;
        twoByte = false;
        return this;
    }

    /**
     * Adds an element.
     *
     * @param id local identifier; 0 adds nothing, as for an extension that is not negotiated
     * @param source its bytes
     * @param offset where they start
     * @param length how many
     * @return false when it does not fit or its form is not allowed: it is then left out
     */
    public boolean put(int id, byte[] source, int offset, int length) {
        if (!reserve(id, length)) {
            return false;
        }
        System.arraycopy(source, offset, array, position - length, length);
        return true;
    }

    /**
     * Adds an element of zeros, to be written in place at {@link #positionOf} before the packet leaves.
     *
     * @param id local identifier; 0 adds nothing, as for an extension that is not negotiated
     * @param length how many bytes
     * @return false when it does not fit or its form is not allowed: it is then left out
     */
    public boolean reserve(int id, int length) {
        if (id <= 0 || id > HeaderExtensionMap.MAX_ID || length < 0 || length > MAX_LENGTH || count == MAX_ELEMENTS) {
            return false;
        }
        boolean needsTwoByte = id > HeaderExtensionMap.MAX_ONE_BYTE_ID || length == 0 || length > MAX_ONE_BYTE_LENGTH;
        int promoted = needsTwoByte && !twoByte ? count : 0;
        int head = twoByte || needsTwoByte ? 2 : 1;
        if ((needsTwoByte && !twoByteAllowed) || position + promoted + head + length > end) {
            return false;
        }
        if (needsTwoByte && !twoByte) {
            promote();
        }
        if (twoByte) {
            array[position++] = (byte) id;
            array[position++] = (byte) length;
        } else {
            array[position++] = (byte) (id << 4 | (length - 1));
        }
        ids[count] = id;
        positions[count] = position;
        lengths[count++] = length;
        for (int i = 0; i < length; i++) {
            array[position++] = 0;
        }
        return true;
    }

    /** Gives every element its second byte of head, from the last to the first, so that nothing is overwritten. */
    private void promote() {
        twoByte = true;
        for (int i = count - 1; i >= 0; i--) {
            int to = positions[i] + i + 1;
            System.arraycopy(array, positions[i], array, to, lengths[i]);
            array[to - 2] = (byte) ids[i];
            array[to - 1] = (byte) lengths[i];
            positions[i] = to;
        }
        position += count;
    }

    /**
     * Returns where the bytes of an element are.
     *
     * @param id local identifier
     * @return an index in the array, valid once no more elements are added, or -1 when it was not added
     */
    public int positionOf(int id) {
        for (int i = 0; i < count; i++) {
            if (ids[i] == id) {
                return positions[i];
            }
        }
        return -1;
    }

    /**
     * Ends the extension: pads it to whole words and writes its header.
     *
     * @return its size in bytes; 0 when it has no elements, and the packet then has no extension
     */
    public int finish() {
        if (count == 0) {
            return 0;
        }
        while (((position - start) & 3) != 0) {
            array[position++] = 0;
        }
        Bytes.setU16(array, start, twoByte ? 0x1000 : 0xbede);
        Bytes.setU16(array, start + 2, (position - start - HEADER) / 4);
        return position - start;
    }
}
