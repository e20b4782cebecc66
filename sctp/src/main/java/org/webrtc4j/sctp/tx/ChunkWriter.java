package org.webrtc4j.sctp.tx;

import org.webrtc4j.sctp.packet.ChunkType;
import org.webrtc4j.sctp.packet.PacketBuilder;

/** Writes outstanding chunks as DATA (RFC 9260 section 3.3.1) or I-DATA (RFC 8260 section 2.1). */
final class ChunkWriter {

    private final OutstandingData outstanding;
    private boolean interleaving;

    ChunkWriter(OutstandingData outstanding) {
        this.outstanding = outstanding;
    }

    void start(boolean interleaving) {
        this.interleaving = interleaving;
    }

    /**
     * Writes a chunk into a packet that has room for it.
     *
     * @param immediate whether the peer is to acknowledge without delay (RFC 7053)
     */
    void write(PacketBuilder packet, long tsn, boolean immediate) {
        OutboundMessage message = outstanding.message(tsn);
        int offset = outstanding.offset(tsn);
        int length = outstanding.length(tsn);
        int flags = (offset == 0 ? ChunkType.FLAG_BEGIN : 0)
                | (offset + length == message.payload.length ? ChunkType.FLAG_END : 0)
                | (message.unordered ? ChunkType.FLAG_UNORDERED : 0)
                | (immediate ? ChunkType.FLAG_IMMEDIATE : 0);
        int id = message.stream.id;
        if (interleaving) {
            int word = offset == 0 ? message.ppid : outstanding.fragment(tsn);
            packet.interleavedData(flags, (int) tsn, id, message.number, word, message.payload, offset, length);
        } else {
            packet.data(flags, (int) tsn, id, message.number, message.ppid, message.payload, offset, length);
        }
    }
}
