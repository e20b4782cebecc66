package org.webrtc4j.media.file;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Elements of EBML that are being written. */
final class EbmlBuffer {

    private static final int SIZE_BYTES = 8;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    EbmlBuffer master(int id, EbmlBuffer content) {
        return binary(id, content.toBytes());
    }

    EbmlBuffer binary(int id, byte[] content) {
        id(id);
        size(content.length);
        out.writeBytes(content);
        return this;
    }

    EbmlBuffer text(int id, String text) {
        return binary(id, text.getBytes(StandardCharsets.UTF_8));
    }

    EbmlBuffer number(int id, long value) {
        int count = Math.max(1, (64 - Long.numberOfLeadingZeros(value) + 7) / 8);
        id(id);
        size(count);
        big(value, count);
        return this;
    }

    EbmlBuffer real(int id, double value) {
        id(id);
        size(SIZE_BYTES);
        big(Double.doubleToRawLongBits(value), SIZE_BYTES);
        return this;
    }

    /** Room of so many bytes in all, at least ten, to be written over. */
    EbmlBuffer room(int count) {
        id(Ebml.VOID);
        longSize(count - 1L - SIZE_BYTES);
        out.writeBytes(new byte[count - 1 - SIZE_BYTES]);
        return this;
    }

    /** The beginning of an element of unknown size, of which the size can be written later: eight bytes. */
    EbmlBuffer open(int id) {
        id(id);
        out.writeBytes(sizeField(Ebml.UNKNOWN));
        return this;
    }

    EbmlBuffer id(int id) {
        big(Integer.toUnsignedLong(id), (32 - Integer.numberOfLeadingZeros(id) + 7) / 8);
        return this;
    }

    /** A size in as few bytes as it needs; all bits set would be the unknown one. */
    EbmlBuffer size(long value) {
        int count = 1;
        while (value >= (1L << (7 * count)) - 1) {
            count++;
        }
        big(1L << (7 * count) | value, count);
        return this;
    }

    private void longSize(long value) {
        big(1L << 56 | value, SIZE_BYTES);
    }

    EbmlBuffer raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    EbmlBuffer big(long value, int count) {
        for (int shift = 8 * (count - 1); shift >= 0; shift -= 8) {
            out.write((int) (value >>> shift));
        }
        return this;
    }

    int length() {
        return out.size();
    }

    byte[] toBytes() {
        return out.toByteArray();
    }

    /** A size of eight bytes. */
    static byte[] sizeField(long value) {
        byte[] bytes = new byte[SIZE_BYTES];
        long field = value == Ebml.UNKNOWN ? (1L << 57) - 1 : 1L << 56 | value;
        for (int i = 0; i < SIZE_BYTES; i++) {
            bytes[i] = (byte) (field >>> (8 * (SIZE_BYTES - 1 - i)));
        }
        return bytes;
    }
}
