package org.webrtc4j.sctp.association;

import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.ByteReader;
import org.webrtc4j.common.ByteWriter;
import org.webrtc4j.sctp.packet.Capabilities;

/**
 * What an INIT ACK makes the peer keep for us, so that an INIT costs no memory here (RFC 9260 section 5.1.3).
 *
 * @param createdNanos when it was made
 * @param localTag our tag
 * @param peerTag the peer's tag
 * @param localTsn our first TSN
 * @param peerTsn the peer's first TSN
 * @param peerWindow the peer's window, unsigned
 * @param outboundStreams negotiated
 * @param inboundStreams negotiated
 * @param capabilities negotiated
 * @param localTieTag our tag of an association that exists, or 0 (section 5.2.2)
 * @param peerTieTag the peer's tag of an association that exists, or 0
 */
record StateCookie(
        long createdNanos,
        int localTag,
        int peerTag,
        int localTsn,
        int peerTsn,
        int peerWindow,
        int outboundStreams,
        int inboundStreams,
        Capabilities capabilities,
        int localTieTag,
        int peerTieTag) {

    static final int SIZE = 44;

    byte[] toBytes() {
        return new ByteWriter(SIZE)
                .i64(createdNanos)
                .i32(localTag)
                .i32(peerTag)
                .i32(localTsn)
                .i32(peerTsn)
                .i32(peerWindow)
                .u16(outboundStreams)
                .u16(inboundStreams)
                .i32(capabilities.bits())
                .i32(localTieTag)
                .i32(peerTieTag)
                .array();
    }

    static @Nullable StateCookie parse(byte[] bytes) {
        ByteReader reader = new ByteReader().reset(bytes, 0, bytes.length);
        long created = reader.i64();
        int localTag = reader.i32();
        int peerTag = reader.i32();
        int localTsn = reader.i32();
        int peerTsn = reader.i32();
        int window = reader.i32();
        int outbound = reader.u16();
        int inbound = reader.u16();
        Capabilities capabilities = Capabilities.fromBits(reader.i32());
        StateCookie cookie = new StateCookie(
                created,
                localTag,
                peerTag,
                localTsn,
                peerTsn,
                window,
                outbound,
                inbound,
                capabilities,
                reader.i32(),
                reader.i32());
        return reader.failed() || reader.remaining() > 0 ? null : cookie;
    }
}
