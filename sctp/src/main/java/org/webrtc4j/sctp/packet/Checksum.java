package org.webrtc4j.sctp.packet;

import java.util.zip.CRC32C;

/**
 * CRC32c of a packet with its checksum field taken as zero (RFC 9260 section 6.8, appendix A).
 *
 * <p>The JDK's CRC32C is an intrinsic. Its value is stored least significant byte first.
 */
public final class Checksum {

    private static final int FIELD = 8;
    private static final byte[] ZERO_FIELD = new byte[4];

    private final CRC32C crc = new CRC32C();

    /** Computes the checksum of a packet, whatever stands in its checksum field. */
    public int compute(byte[] packet, int offset, int length) {
        crc.reset();
        crc.update(packet, offset, FIELD);
        crc.update(ZERO_FIELD, 0, ZERO_FIELD.length);
        crc.update(packet, offset + FIELD + ZERO_FIELD.length, length - FIELD - ZERO_FIELD.length);
        return (int) crc.getValue();
    }

    /** Reads the checksum field of a packet. */
    public static int read(byte[] packet, int offset) {
        int at = offset + FIELD;
        return (packet[at] & 0xff)
                | (packet[at + 1] & 0xff) << 8
                | (packet[at + 2] & 0xff) << 16
                | (packet[at + 3] & 0xff) << 24;
    }

    /** Stores a checksum into the field of a packet. */
    public static void store(byte[] packet, int offset, int value) {
        int at = offset + FIELD;
        packet[at] = (byte) value;
        packet[at + 1] = (byte) (value >>> 8);
        packet[at + 2] = (byte) (value >>> 16);
        packet[at + 3] = (byte) (value >>> 24);
    }
}
