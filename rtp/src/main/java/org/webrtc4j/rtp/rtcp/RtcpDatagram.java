package org.webrtc4j.rtp.rtcp;

import java.nio.ByteBuffer;
import org.webrtc4j.rtp.wire.Bytes;

/** The datagram that a {@link RtcpWriter} builds: packets with their headers, the last of which may still grow. */
abstract sealed class RtcpDatagram permits RtcpReportWriter {

    static final int HEADER = 4;
    static final int NONE = -1;

    final byte[] array;
    private final ByteBuffer view;
    int position;
    /** Where the packet starts that may still grow, or NONE. */
    int open = NONE;

    RtcpDatagram(int capacity) {
        array = new byte[capacity];
        view = ByteBuffer.wrap(array);
    }

    /** Forgets what is written. */
    void empty() {
        position = 0;
        open = NONE;
    }

    /**
     * Returns how many bytes are written.
     *
     * @return 0 when nothing is
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
     * Returns what is written.
     *
     * @return the same heap buffer each time, valid until the next write
     */
    public ByteBuffer packet() {
        return view.limit(position).position(0);
    }

    /** Opens a packet of a size known from the start; false when it does not fit. */
    boolean begin(RtcpKind kind, int count, int size) {
        if (size > remaining()) {
            return false;
        }
        open = position;
        array[position] = (byte) (0x80 | count);
        array[position + 1] = (byte) kind.type();
        Bytes.setU16(array, position + 2, size / 4 - 1);
        position += HEADER;
        return true;
    }

    boolean beginFeedback(RtcpKind kind, int senderSsrc, int mediaSsrc, int size) {
        if (!begin(kind, kind.format(), size)) {
            return false;
        }
        put32(senderSsrc);
        put32(mediaSsrc);
        return true;
    }

    /** Makes the open packet longer by whole words; false when they do not fit. */
    boolean grow(int size) {
        if (size > remaining()) {
            return false;
        }
        Bytes.setU16(array, open + 2, Bytes.u16(array, open + 2) + size / 4);
        return true;
    }

    void put32(int value) {
        Bytes.setI32(array, position, value);
        position += 4;
    }

    void put64(long value) {
        Bytes.setI64(array, position, value);
        position += 8;
    }
}
