package org.webrtc4j.dtls.guard;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.crypto.Words;

/**
 * Walks the records of a datagram (RFC 6347 section 4.1) without allocating. Reusable; confined to one thread.
 *
 * <pre>
 *  0      1          3       5               11       13
 * +------+----------+-------+---------------+--------+---------
 * | type | version  | epoch | sequence      | length | fragment
 * +------+----------+-------+---------------+--------+---------
 * </pre>
 */
public final class RecordWalker {

    /** Size of a record header. */
    public static final int HEADER_BYTES = 13;

    /** ChangeCipherSpec. */
    public static final int CHANGE_CIPHER_SPEC = 20;

    /** Alert. */
    public static final int ALERT = 21;

    /** Handshake. */
    public static final int HANDSHAKE = 22;

    /** Application data. */
    public static final int APPLICATION_DATA = 23;

    // RFC 6347 section 4.1: a record names DTLS 1.0, which a first ClientHello may, or 1.2. There never was a 1.1, and
    // the
    // library throws at its number.
    private static final int DTLS_1_0 = 0xFEFF;
    private static final int DTLS_1_2 = 0xFEFD;
    // RFC 5246 section 6.2.3: 2^14 bytes of plaintext and up to 2,048 of expansion.
    private static final int MAX_FRAGMENT_BYTES = (1 << 14) + 2048;

    private byte[] array = new byte[0];
    private int start;
    private int next;
    private int end;
    private @Nullable DropReason failure;

    /** Creates a walker at the end of nothing. */
    public RecordWalker() {}

    /**
     * Begins with a datagram.
     *
     * @param datagram a heap buffer, borrowed until the walk is over; position and limit stay
     */
    public void begin(ByteBuffer datagram) {
        begin(datagram.array(), datagram.arrayOffset() + datagram.position(), datagram.remaining());
    }

    /**
     * Begins with a datagram.
     *
     * @param bytes the array that holds it, borrowed until the walk is over
     * @param offset of its first byte
     * @param length its size
     */
    public void begin(byte[] bytes, int offset, int length) {
        array = bytes;
        start = offset;
        next = offset;
        end = offset + length;
        failure = length == 0 ? DropReason.MALFORMED_RECORD : null;
    }

    /**
     * Goes to the next record.
     *
     * @return false at the end, or where the rest cannot be walked: then {@link #failure} says why
     */
    public boolean next() {
        start = next;
        if (failure != null || start == end) {
            return false;
        }
        failure = check();
        if (failure != null) {
            return false;
        }
        next = start + HEADER_BYTES + uint16(start + 11);
        return true;
    }

    private @Nullable DropReason check() {
        int type = array[start] & 0xFF;
        if (type < CHANGE_CIPHER_SPEC || type > APPLICATION_DATA) {
            return DropReason.UNKNOWN_CONTENT_TYPE;
        }
        if (end - start < HEADER_BYTES) {
            return DropReason.MALFORMED_RECORD;
        }
        int version = uint16(start + 1);
        if (version != DTLS_1_2 && version != DTLS_1_0) {
            return DropReason.MALFORMED_RECORD;
        }
        int fragmentBytes = uint16(start + 11);
        if (fragmentBytes > MAX_FRAGMENT_BYTES) {
            return DropReason.OVERSIZED_RECORD;
        }
        return fragmentBytes > end - start - HEADER_BYTES ? DropReason.MALFORMED_RECORD : null;
    }

    /**
     * Returns why the walk ended before the end of the datagram.
     *
     * @return the reason, or null
     */
    public @Nullable DropReason failure() {
        return failure;
    }

    /**
     * Returns the array of the datagram.
     *
     * @return borrowed
     */
    public byte[] array() {
        return array;
    }

    /**
     * Returns where the record begins.
     *
     * @return an index into {@link #array}
     */
    public int offset() {
        return start;
    }

    /**
     * Returns the record's size with its header.
     *
     * @return bytes
     */
    public int length() {
        return next - start;
    }

    /**
     * Returns the content type.
     *
     * @return 20 to 23
     */
    public int type() {
        return array[start] & 0xFF;
    }

    /**
     * Returns the version.
     *
     * @return of DTLS 1.0 or 1.2
     */
    public int version() {
        return uint16(start + 1);
    }

    /**
     * Returns the epoch.
     *
     * @return 0 before, 1 after ChangeCipherSpec
     */
    public int epoch() {
        return uint16(start + 3);
    }

    /**
     * Returns the record's number in its epoch.
     *
     * @return 48 bits
     */
    public long number() {
        return (long) uint16(start + 5) << Integer.SIZE | Integer.toUnsignedLong(Words.getInt(array, start + 7));
    }

    /**
     * Returns where the fragment begins.
     *
     * @return an index into {@link #array}
     */
    public int fragmentOffset() {
        return start + HEADER_BYTES;
    }

    /**
     * Returns the fragment's size.
     *
     * @return bytes
     */
    public int fragmentLength() {
        return length() - HEADER_BYTES;
    }

    private int uint16(int index) {
        return (array[index] & 0xFF) << 8 | (array[index + 1] & 0xFF);
    }
}
