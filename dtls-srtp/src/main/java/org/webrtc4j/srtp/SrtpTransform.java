package org.webrtc4j.srtp;

import java.nio.ByteBuffer;

/**
 * Protects what one side of a DTLS association sends and unprotects what it receives: SRTP and SRTCP (RFC 3711, RFC 7714).
 *
 * <p>Buffers are heap buffers, borrowed for the call. A packet is what lies between position and limit of its buffer. The
 * result is written from the destination's position on and never past its limit. No position or limit is changed: the
 * answer is the length of the result, or the negative {@link SrtpError#code()} of a packet that was refused and counted.
 * The destination may be the very bytes of the source (same array, same first byte); otherwise the two must not overlap.
 *
 * <p>A refused packet changes nothing but a counter: no state of its SSRC, and no byte of the source. A destination apart
 * from the source may have been written to.
 *
 * <p>Every SSRC has its own roll-over counter, starting at zero with its first packet, guessed as RFC 3711 section 3.3.1
 * says. State of a received SSRC exists only once a packet of it has authenticated. SSRCs are not forgotten, as that would
 * allow replay and, sending, key stream used twice: beyond {@link #MAX_SSRCS} the one that was used least recently is retired,
 * and no index up to its highest is ever taken again. Beyond {@link #MAX_RETIRED_SSRCS} new ones are refused.
 *
 * <p>Confined to one thread at a time.
 */
public interface SrtpTransform {

    /** SSRCs in use in each direction, for RTP and for RTCP each. */
    int MAX_SSRCS = 1_024;

    /**
     * SSRCs in each direction, for RTP and for RTCP each, that are out of use but not forgotten: a track that is added and
     * stopped leaves two behind.
     */
    int MAX_RETIRED_SSRCS = 16_384;

    /** What protection adds at most, in bytes: a tag of 16, and with RTCP the index of 4. */
    int MAX_OVERHEAD_BYTES = 20;

    /**
     * Protects an RTP packet.
     *
     * <p>A sequence number may be up to 1,023 behind the highest of its SSRC. The same one is never protected twice, as the
     * key stream would repeat: who retransmits keeps the protected bytes, or sends RTX (RFC 4588).
     *
     * @param source the packet
     * @param destination where to; takes up to {@link #MAX_OVERHEAD_BYTES} more than the packet
     * @return the length of the SRTP packet, or a negative error
     */
    int protectRtp(ByteBuffer source, ByteBuffer destination);

    /**
     * Protects an RTP packet that lies in two places: when a packet is forwarded to many, each has a header of its own and
     * the payload is shared. Encryption is the only copy of it.
     *
     * @param header the complete header, contributing sources and extension included
     * @param payload everything behind it, padding included
     * @param destination where to; may hold the header at its very place, and must not overlap the payload unless that too
     *     lies at its very place behind the header
     * @return the length of the SRTP packet, or a negative error
     */
    int protectRtp(ByteBuffer header, ByteBuffer payload, ByteBuffer destination);

    /**
     * Authenticates and decrypts an SRTP packet. The highest 1,024 indices of each SSRC are remembered against replay.
     *
     * @param source the packet
     * @param destination where to
     * @return the length of the RTP packet, or a negative error
     */
    int unprotectRtp(ByteBuffer source, ByteBuffer destination);

    /**
     * Protects a compound RTCP packet. The index counts up for each SSRC of a sender, the first one of the compound.
     *
     * @param source the packet
     * @param destination where to; takes up to {@link #MAX_OVERHEAD_BYTES} more than the packet
     * @return the length of the SRTCP packet, or a negative error
     */
    int protectRtcp(ByteBuffer source, ByteBuffer destination);

    /**
     * Authenticates and decrypts an SRTCP packet. The highest 128 indices of each sender are remembered against replay.
     *
     * @param source the packet
     * @param destination where to
     * @return the length of the compound RTCP packet, or a negative error
     */
    int unprotectRtcp(ByteBuffer source, ByteBuffer destination);

    /**
     * Returns what was done so far.
     *
     * @return live counters, of the transform's thread
     */
    SrtpCounters counters();
}
