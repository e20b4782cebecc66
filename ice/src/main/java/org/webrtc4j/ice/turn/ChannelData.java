package org.webrtc4j.ice.turn;

import java.nio.ByteBuffer;
import org.webrtc4j.ice.stun.Stun;

/**
 * Data with four bytes in front instead of an indication (RFC 8656 section 12.4). On streams, and there only, a message is
 * padded to a multiple of four bytes; readers ignore padding anywhere.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |         Channel Number        |            Length             |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |                       Application Data                        |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
public final class ChannelData {

    /** The bytes in front of the data. */
    public static final int HEADER_BYTES = 4;

    private ChannelData() {}

    /**
     * Tells whether a packet is no STUN but may be this, by its first two bits (RFC 5766 section 11). RFC 8656 leaves 0x50 and
     * above to others on a shared port, which the port of a TURN server is not.
     *
     * @param packet the packet
     * @return true for 0x40 to 0x7f
     */
    public static boolean isLikely(ByteBuffer packet) {
        return packet.hasRemaining() && packet.get(packet.position()) >>> 6 == 1;
    }

    /**
     * Narrows a packet to its data.
     *
     * @param packet the packet; left as it is when this is no such message
     * @return the channel number, or -1 when the packet is not well-formed
     */
    public static int narrowToData(ByteBuffer packet) {
        int at = packet.position();
        if (!isLikely(packet) || packet.remaining() < HEADER_BYTES) {
            return -1;
        }
        int length = packet.getShort(at + 2) & 0xffff;
        if (length > packet.remaining() - HEADER_BYTES) {
            return -1;
        }
        int channel = packet.getShort(at) & 0xffff;
        packet.limit(at + HEADER_BYTES + length).position(at + HEADER_BYTES);
        return channel;
    }

    /**
     * Writes a message.
     *
     * @param channel {@link Stun#FIRST_CHANNEL} to {@link Stun#LAST_CHANNEL}
     * @param data a heap buffer; position and limit are left as they are
     * @param to a heap buffer of at least four bytes more; the message lies from its position to its limit afterwards
     */
    public static void write(int channel, ByteBuffer data, ByteBuffer to) {
        int length = data.remaining();
        to.clear();
        to.putShort((short) channel).putShort((short) length);
        System.arraycopy(
                data.array(),
                data.arrayOffset() + data.position(),
                to.array(),
                to.arrayOffset() + HEADER_BYTES,
                length);
        to.limit(HEADER_BYTES + length).position(0);
    }
}
