package org.webrtc4j.rtp;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.rtp.wire.Bytes;

/**
 * The fields at the beginning of an RTP packet (RFC 3550 section 5.1), read once and written through to the bytes; its
 * contributing sources.
 */
abstract sealed class RtpHeader permits RtpPacket {

    /** Bytes of the fixed header. */
    public static final int FIXED_HEADER = 12;

    private static final byte[] NOTHING = new byte[0];

    private byte[] array = NOTHING;
    private int start;
    private int size;
    private int payloadType;
    private boolean marker;
    private int sequenceNumber;
    private int timestamp;
    private int ssrc;

    RtpHeader() {}

    static boolean isRtcpType(byte second) {
        return (second & 0xe0) == 0xc0;
    }

    /** Points the view at a packet; null when its header is good. */
    @Nullable
    RtpDrop readHeader(byte[] bytes, int offset, int length) {
        array = bytes;
        start = offset;
        size = length;
        if (length < FIXED_HEADER) {
            return RtpDrop.SHORT_PACKET;
        }
        if (length > RtpPacket.MAX_SIZE) {
            return RtpDrop.OVERSIZED_PACKET;
        }
        int first = bytes[offset] & 0xff;
        if (first >>> 6 != 2) {
            return RtpDrop.BAD_VERSION;
        }
        byte second = bytes[offset + 1];
        if (isRtcpType(second)) {
            return RtpDrop.RTCP_PAYLOAD_TYPE;
        }
        marker = second < 0;
        payloadType = second & 0x7f;
        sequenceNumber = Bytes.u16(bytes, offset + 2);
        timestamp = Bytes.i32(bytes, offset + 4);
        ssrc = Bytes.i32(bytes, offset + 8);
        return FIXED_HEADER + 4 * (first & 0x0f) > length ? RtpDrop.BAD_CSRC : null;
    }

    /**
     * Returns the array that holds the packet.
     *
     * @return the borrowed array
     */
    public byte[] array() {
        return array;
    }

    /**
     * Returns where the packet starts.
     *
     * @return an index in {@link #array()}
     */
    public int offset() {
        return start;
    }

    /**
     * Returns the size of the whole packet.
     *
     * @return bytes, header and padding included
     */
    public int size() {
        return size;
    }

    /**
     * Returns the payload type.
     *
     * @return 0 to 127, never 64 to 95 with a marker
     */
    public int payloadType() {
        return payloadType;
    }

    /**
     * Returns the marker bit.
     *
     * @return true when set
     */
    public boolean marker() {
        return marker;
    }

    /**
     * Returns the sequence number on the wire.
     *
     * @return 0 to 65535
     */
    public int sequenceNumber() {
        return sequenceNumber;
    }

    /**
     * Returns the timestamp on the wire.
     *
     * @return all 32 bits
     */
    public int timestamp() {
        return timestamp;
    }

    /**
     * Returns the synchronisation source.
     *
     * @return all 32 bits
     */
    public int ssrc() {
        return ssrc;
    }

    /**
     * Returns how many contributing sources the packet names.
     *
     * @return 0 to 15
     */
    public int csrcCount() {
        return array[start] & 0x0f;
    }

    /**
     * Returns a contributing source.
     *
     * @param index from 0
     * @return its SSRC
     * @throws IndexOutOfBoundsException when there are not so many
     */
    public int csrc(int index) {
        Objects.checkIndex(index, csrcCount());
        return Bytes.i32(array, start + FIXED_HEADER + 4 * index);
    }

    /**
     * Writes the payload type.
     *
     * @param value 0 to 127
     */
    public void setPayloadType(int value) {
        payloadType = value & 0x7f;
        array[start + 1] = (byte) (marker ? 0x80 | payloadType : payloadType);
    }

    /**
     * Writes the marker bit.
     *
     * @param value the bit
     */
    public void setMarker(boolean value) {
        marker = value;
        array[start + 1] = (byte) (value ? 0x80 | payloadType : payloadType);
    }

    /**
     * Writes the sequence number.
     *
     * @param value its low 16 bits
     */
    public void setSequenceNumber(int value) {
        sequenceNumber = value & 0xffff;
        Bytes.setU16(array, start + 2, value);
    }

    /**
     * Writes the timestamp.
     *
     * @param value all 32 bits
     */
    public void setTimestamp(int value) {
        timestamp = value;
        Bytes.setI32(array, start + 4, value);
    }

    /**
     * Writes the synchronisation source.
     *
     * @param value all 32 bits
     */
    public void setSsrc(int value) {
        ssrc = value;
        Bytes.setI32(array, start + 8, value);
    }
}
