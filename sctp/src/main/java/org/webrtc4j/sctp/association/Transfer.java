package org.webrtc4j.sctp.association;

import org.webrtc4j.common.ByteReader;
import org.webrtc4j.sctp.SctpCloseCause;
import org.webrtc4j.sctp.SctpDrop;
import org.webrtc4j.sctp.SctpState;
import org.webrtc4j.sctp.packet.CauseCode;
import org.webrtc4j.sctp.packet.ChunkType;
import org.webrtc4j.sctp.packet.ControlChunks;
import org.webrtc4j.sctp.rx.DataChunk;
import org.webrtc4j.sctp.rx.ForwardTsnChunk;

/** The chunks that transfer data and tell of it: DATA, SACK, FORWARD-TSN and their interleaving kin. */
final class Transfer {

    private static final int SACK_FIXED = 12;

    private final ControlBlock block;
    private final ByteReader reader = new ByteReader();
    private final DataChunk data = new DataChunk();
    private final ForwardTsnChunk forwardTsn = new ForwardTsnChunk();
    private boolean dataInPacket;

    Transfer(ControlBlock block) {
        this.block = block;
    }

    void onPacketBegin() {
        dataInPacket = false;
    }

    /** Whether the packet had data that was looked at. */
    boolean hasDataInPacket() {
        return dataInPacket;
    }

    void onData(int type, int flags, byte[] array, int value, int size, long nowNanos) {
        if ((type == ChunkType.I_DATA) != block.negotiated.interleaving()) {
            // RFC 8260 section 2.2.1: the one that was negotiated, and only that.
            block.violation(type == ChunkType.I_DATA ? "I-DATA without being negotiated" : "DATA instead of I-DATA");
            return;
        }
        if (!data.read(type, flags, array, value, size)) {
            block.counters.drop(SctpDrop.MALFORMED_CHUNK);
            return;
        }
        switch (block.state) {
            case ESTABLISHED, SHUTDOWN_PENDING, SHUTDOWN_SENT -> {
                // Accepted.
            }
            default -> {
                block.counters.drop(SctpDrop.UNEXPECTED_CHUNK);
                return;
            }
        }
        if (data.isEmpty()) {
            // Section 6.2: the sender is told and its association ends.
            block.replies.clear();
            byte[] tsn = ControlChunks.bytes(data.tsn());
            block.replies.request(block.peerTag, ControlChunks.abort(false, CauseCode.NO_USER_DATA, tsn), false);
            block.close(new SctpCloseCause(
                    SctpCloseCause.Kind.PROTOCOL_VIOLATION, CauseCode.NO_USER_DATA, "DATA without data"));
            return;
        }
        dataInPacket = true;
        switch (block.receiver.onData(data)) {
            case INVALID_STREAM ->
                block.error(CauseCode.INVALID_STREAM, ControlChunks.bytes(data.streamId() << 16), 4, nowNanos);
            case OUT_OF_RESOURCE -> outOfResource("the receive window is full of unfinished messages");
            case OVERSIZED -> outOfResource("a message larger than the announced maximum");
            default -> {
                // Taken, or dropped and counted.
            }
        }
    }

    private void outOfResource(String reason) {
        block.abort(SctpCloseCause.Kind.OUT_OF_RESOURCE, CauseCode.OUT_OF_RESOURCE, reason);
    }

    void onSack(byte[] array, int value, int size, long nowNanos) {
        if (size < SACK_FIXED) {
            block.counters.drop(SctpDrop.MALFORMED_CHUNK);
            return;
        }
        reader.reset(array, value, size);
        int cumulative = reader.i32();
        long window = reader.u32();
        int gaps = reader.u16();
        int duplicates = reader.u16();
        if (size != SACK_FIXED + 4 * (gaps + duplicates)) {
            block.counters.drop(SctpDrop.INVALID_SACK);
            return;
        }
        if (block.state != SctpState.SHUTDOWN_ACK_SENT) {
            block.sender.onSack(cumulative, window, array, value + SACK_FIXED, gaps, duplicates, nowNanos);
        }
    }

    void onForwardTsn(int type, byte[] array, int value, int size) {
        boolean interleaved = type == ChunkType.I_FORWARD_TSN;
        if (!forwardTsn.read(interleaved, array, value, size)) {
            block.counters.drop(SctpDrop.MALFORMED_CHUNK);
            return;
        }
        if (!block.negotiated.skips() || interleaved != block.negotiated.interleaving()) {
            block.counters.drop(SctpDrop.INVALID_FORWARD_TSN);
            return;
        }
        block.receiver.onForwardTsn(forwardTsn);
    }
}
