package org.webrtc4j.ice;

import java.nio.ByteBuffer;

/**
 * What a packet on a multiplexed path is, by its first byte (RFC 7983 section 7, RFC 9443, RFC 5761 section 4).
 *
 * <pre>
 *              +----------------+
 *              |        [0..3] -+--&gt; STUN
 *              |      [16..19] -+--&gt; ZRTP
 *  packet --&gt;  |      [20..63] -+--&gt; DTLS
 *              |      [64..79] -+--&gt; TURN channel
 *              |    [128..191] -+--&gt; RTP or RTCP
 *              +----------------+
 * </pre>
 */
public enum PacketKind {
    /** STUN; never leaves ICE. */
    STUN,
    /** ZRTP; not used by WebRTC. */
    ZRTP,
    /** A DTLS record. */
    DTLS,
    /** TURN ChannelData; never leaves ICE. */
    TURN_CHANNEL,
    /** RTP. */
    RTP,
    /** RTCP: the second byte, a payload type, is 192 to 223. */
    RTCP,
    /** Anything else, and packets too short for their kind. */
    UNKNOWN;

    /**
     * Classifies a packet by its first two bytes.
     *
     * @param packet the packet; position and limit are left as they are
     * @return the kind; UNKNOWN for an empty packet
     */
    public static PacketKind of(ByteBuffer packet) {
        if (!packet.hasRemaining()) {
            return UNKNOWN;
        }
        int first = packet.get(packet.position()) & 0xff;
        if (first >= 128 && first <= 191) {
            return rtpOrRtcp(packet);
        }
        if (first >= 20 && first <= 63) {
            return DTLS;
        }
        if (first <= 3) {
            return STUN;
        }
        if (first >= 64 && first <= 79) {
            return TURN_CHANNEL;
        }
        return first >= 16 && first <= 19 ? ZRTP : UNKNOWN;
    }

    private static PacketKind rtpOrRtcp(ByteBuffer packet) {
        if (packet.remaining() < 2) {
            return UNKNOWN;
        }
        int second = packet.get(packet.position() + 1) & 0xff;
        return second >= 192 && second <= 223 ? RTCP : RTP;
    }
}
