package org.webrtc4j.media.file;

import java.nio.charset.StandardCharsets;

/** The elements within a master that was read whole. A child that reaches past its parent ends the walk. */
final class EbmlElements {

    private final byte[] bytes;
    private final int end;
    private int next;
    private int id;
    private int start;
    private int length;

    EbmlElements(byte[] bytes, int offset, int end) {
        this.bytes = bytes;
        this.end = end;
        next = offset;
    }

    static EbmlElements of(byte[] bytes) {
        return new EbmlElements(bytes, 0, bytes.length);
    }

    boolean advance() {
        int at = next;
        int idLength = at < end ? Integer.numberOfLeadingZeros(bytes[at] & 0xff) - 23 : 5;
        if (idLength > 4 || idLength > end - at) {
            return false;
        }
        id = (int) big(at, idLength);
        at += idLength;
        int sizeLength = at < end ? Integer.numberOfLeadingZeros(bytes[at] & 0xff) - 23 : 9;
        if (sizeLength > 8 || sizeLength > end - at) {
            return false;
        }
        long size = big(at, sizeLength) & ((1L << (7 * sizeLength)) - 1);
        at += sizeLength;
        if (size > end - at) {
            return false;
        }
        start = at;
        length = (int) size;
        next = at + length;
        return true;
    }

    int id() {
        return id;
    }

    int start() {
        return start;
    }

    int end() {
        return start + length;
    }

    EbmlElements children() {
        return new EbmlElements(bytes, start, start + length);
    }

    /** An unsigned number; of more than eight bytes the first eight. */
    long number() {
        return big(start, Math.min(8, length));
    }

    /** A floating point number; NaN when it has another size than 0, 4 or 8. */
    double real() {
        return switch (length) {
            case 0 -> 0;
            case 4 -> Float.intBitsToFloat((int) number());
            case 8 -> Double.longBitsToDouble(number());
            default -> Double.NaN;
        };
    }

    String text() {
        return new String(bytes, start, length, StandardCharsets.UTF_8).replace("\0", "");
    }

    byte[] content() {
        return java.util.Arrays.copyOfRange(bytes, start, start + length);
    }

    private long big(int at, int count) {
        long value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 8 | (bytes[at + i] & 0xff);
        }
        return value;
    }
}
