package org.webrtc4j.media.file;

import java.io.IOException;
import java.io.InputStream;

/** Reads elements of EBML one after the other; what ends too early is the end. */
final class EbmlInput {

    private static final int SKIP_BYTES = 8_192;

    private InputStream in;
    private long position;
    private boolean truncated;
    private int id;
    private long size;
    private final byte[] skipped = new byte[SKIP_BYTES];

    EbmlInput(InputStream in, long position) {
        this.in = in;
        this.position = position;
    }

    void reopen(InputStream other, long at) {
        in = other;
        position = at;
        truncated = false;
    }

    InputStream stream() {
        return in;
    }

    /** Reads the identifier and the size of the next element; false at the end. */
    boolean next() throws IOException {
        int first = in.read();
        if (first < 0) {
            return false;
        }
        position++;
        int idLength = Integer.numberOfLeadingZeros(first) - 23;
        if (idLength > 4) {
            throw new IOException("No element at byte " + (position - 1));
        }
        long number = rest(first, idLength);
        int second = number < 0 ? -1 : in.read();
        if (second < 0) {
            truncated = true;
            return false;
        }
        position++;
        id = (int) number;
        int length = Integer.numberOfLeadingZeros(second) - 23;
        if (length > 8) {
            throw new IOException("No size at byte " + (position - 1));
        }
        long value = rest(second & (0xff >> length), length);
        if (value < 0) {
            truncated = true;
            return false;
        }
        size = value == (1L << (7 * length)) - 1 ? Ebml.UNKNOWN : value;
        return true;
    }

    /** Reads what follows the first byte of a number; -1 when it is cut off. */
    private long rest(int first, int length) throws IOException {
        long value = first;
        for (int i = 1; i < length; i++) {
            int next = in.read();
            if (next < 0) {
                return -1;
            }
            position++;
            value = value << 8 | next;
        }
        return value;
    }

    int id() {
        return id;
    }

    /** The size of the element, or {@link Ebml#UNKNOWN}. */
    long size() {
        return size;
    }

    /** Where the content of the element begins, or where reading has come to. */
    long position() {
        return position;
    }

    boolean truncated() {
        return truncated;
    }

    /** Reads the content of the element: less than its size when the file ends; nothing is allocated by its claim. */
    byte[] content(int limit) throws IOException {
        if (size == Ebml.UNKNOWN || size > limit) {
            throw new IOException(
                    "An element " + Integer.toHexString(id) + " of " + (size < 0 ? "unknown size" : size + " bytes"));
        }
        byte[] bytes = in.readNBytes((int) size);
        position += bytes.length;
        truncated |= bytes.length < size;
        return bytes;
    }

    /** Passes over the content of the element; false when the file ends before. */
    boolean skip() throws IOException {
        if (size == Ebml.UNKNOWN) {
            throw new IOException("An element " + Integer.toHexString(id) + " of unknown size");
        }
        return skip(size);
    }

    boolean skip(long count) throws IOException {
        long left = count;
        while (left > 0) {
            int read = in.read(skipped, 0, (int) Math.min(left, SKIP_BYTES));
            if (read < 0) {
                truncated = true;
                return false;
            }
            position += read;
            left -= read;
        }
        return true;
    }
}
