package org.webrtc4j.simulation;

import java.nio.ByteBuffer;

/**
 * One record, in the layout of DTLS 1.2 (RFC 6347 section 4.1), so that capture tools show it, with a checksum at its end:
 *
 * <pre>
 * content type (1) | version fe fd (2) | epoch (2) | sequence number (6) | length (2) | payload | checksum (8)
 * </pre>
 *
 * <p>Not thread-safe; one object is reused for every record taken in.
 */
final class PlainRecord {

    static final int ALERT = 21;
    static final int HANDSHAKE = 22;
    static final int APPLICATION_DATA = 23;

    static final int HEADER_BYTES = 13;
    static final int OVERHEAD_BYTES = HEADER_BYTES + Long.BYTES;

    private static final int VERSION = 0xfefd;

    private int type;
    private int epoch;
    private long sequence;
    private ByteBuffer covered = ByteBuffer.allocate(0);
    private long checksum;

    /** Writes a record whose checksum is made with a key; the epoch says which. */
    static ByteBuffer seal(int type, int epoch, long sequence, long key, ByteBuffer payload) {
        ByteBuffer record = ByteBuffer.allocate(payload.remaining() + OVERHEAD_BYTES);
        record.put((byte) type).putShort((short) VERSION).putShort((short) epoch);
        record.putShort((short) (sequence >>> 32)).putInt((int) sequence);
        record.putShort((short) (payload.remaining() + Long.BYTES)).put(payload.duplicate());
        long sum = PlainChecksum.of(key, record.duplicate().flip());
        return record.putLong(sum).flip();
    }

    /** Reads a datagram of one record; false when it is none. The payload is a view of the datagram. */
    boolean read(ByteBuffer datagram) {
        int start = datagram.position();
        if (datagram.remaining() < OVERHEAD_BYTES
                || (datagram.getShort(start + 1) & 0xffff) != VERSION
                || (datagram.getShort(start + 11) & 0xffff) != datagram.remaining() - HEADER_BYTES) {
            return false;
        }
        type = datagram.get(start) & 0xff;
        epoch = datagram.getShort(start + 3) & 0xffff;
        sequence = ((datagram.getShort(start + 5) & 0xffffL) << 32) | (datagram.getInt(start + 7) & 0xffff_ffffL);
        covered = datagram.duplicate().limit(datagram.limit() - Long.BYTES);
        checksum = datagram.getLong(datagram.limit() - Long.BYTES);
        return true;
    }

    boolean isIntact(long key) {
        return PlainChecksum.of(key, covered) == checksum;
    }

    int type() {
        return type;
    }

    int epoch() {
        return epoch;
    }

    long sequence() {
        return sequence;
    }

    ByteBuffer payload() {
        return covered.slice(covered.position() + HEADER_BYTES, covered.remaining() - HEADER_BYTES);
    }
}
