package org.webrtc4j.ice.port;

import java.nio.ByteBuffer;

/**
 * As much of STUN (RFC 8489 section 5) as a shared socket needs to find whom a message is for. Verifies nothing: that is the
 * agent's part. Allocates nothing, and looks at each byte at most once.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * |0 0|     STUN Message Type     |         Message Length        |
 * |                         Magic Cookie                          |
 * |                     Transaction ID (96 bits)                  |
 * </pre>
 */
final class StunPeek {

    /** What kind of message it is (RFC 8489 section 5, the bits C1 and C0). */
    enum Kind {
        REQUEST,
        INDICATION,
        RESPONSE,
        MALFORMED
    }

    /** The first half of USERNAME is longer than no ufrag may be (RFC 8839 section 5.4). */
    static final int MAX_UFRAG = 256;

    private static final int HEADER = 20;
    private static final int MAGIC_COOKIE = 0x2112A442;
    private static final int USERNAME = 0x0006;

    private StunPeek() {}

    /** Tells STUN from everything else on the port by the first byte (RFC 7983 section 7). */
    static boolean isStun(ByteBuffer packet) {
        return packet.hasRemaining() && (packet.get(packet.position()) & 0xFF) < 4;
    }

    static Kind kind(ByteBuffer packet) {
        int at = packet.position();
        if (packet.remaining() < HEADER || packet.getInt(at + 4) != MAGIC_COOKIE) {
            return Kind.MALFORMED;
        }
        int type = packet.getShort(at) & 0xFFFF;
        int length = packet.getShort(at + 2) & 0xFFFF;
        if (type > 0x3FFF || (length & 3) != 0 || length > packet.remaining() - HEADER) {
            return Kind.MALFORMED;
        }
        return switch (type & 0x0110) {
            case 0x0000 -> Kind.REQUEST;
            case 0x0010 -> Kind.INDICATION;
            default -> Kind.RESPONSE;
        };
    }

    /** The first 64 of the 96 random bits: enough to tell the transactions of one port apart. */
    static long transaction(ByteBuffer packet) {
        return packet.getLong(packet.position() + 8);
    }

    /**
     * Finds the first half of USERNAME, the receiver's ufrag (RFC 8445 section 7.2.2).
     *
     * @param packet a message of a kind other than MALFORMED
     * @return index of its first byte in the buffer in the upper and its length in the lower 32 bits, or -1
     */
    static long localUfrag(ByteBuffer packet) {
        int at = packet.position() + HEADER;
        int end = at + (packet.getShort(packet.position() + 2) & 0xFFFF);
        while (end - at >= 4) {
            int type = packet.getShort(at) & 0xFFFF;
            int length = packet.getShort(at + 2) & 0xFFFF;
            at += 4;
            if (length > end - at) {
                return -1;
            }
            if (type == USERNAME) {
                return firstHalf(packet, at, length);
            }
            at += (length + 3) & ~3;
        }
        return -1;
    }

    private static long firstHalf(ByteBuffer packet, int start, int length) {
        for (int i = 0; i < length && i <= MAX_UFRAG; i++) {
            if (packet.get(start + i) == ':') {
                return i == 0 ? -1 : (long) start << 32 | i;
            }
        }
        return -1;
    }
}
