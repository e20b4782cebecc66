package org.webrtc4j.sctp.association;

import java.util.Arrays;
import org.webrtc4j.common.ByteReader;
import org.webrtc4j.common.ByteWriter;
import org.webrtc4j.sctp.SctpDrop;
import org.webrtc4j.sctp.packet.ChunkType;
import org.webrtc4j.sctp.packet.ControlChunks;
import org.webrtc4j.sctp.packet.PacketBuilder;
import org.webrtc4j.sctp.packet.ParameterType;
import org.webrtc4j.sctp.shared.SctpTimer;

/** Signs of life on an idle association (RFC 9260 section 8.3), with a nonce that only the peer can return. */
final class Heartbeats {

    private static final int INFO_SIZE = 16;
    private static final int PARAMETER_HEADER = 4;

    private final ControlBlock block;
    private final ByteReader reader = new ByteReader();
    private boolean awaiting;
    /** The last nonce has not come back; a late answer is a sign of life, too. */
    private boolean answerable;

    private long nonce;
    private long sentAtNanos;

    Heartbeats(ControlBlock block) {
        this.block = block;
    }

    /** Begins to watch, or begins again after traffic. */
    void restart(long nowNanos) {
        awaiting = false;
        if (block.options.heartbeatIntervalNanos() > 0) {
            long idle = block.options.heartbeatIntervalNanos()
                    + block.sender.timeout().timeoutNanos();
            block.timers.start(SctpTimer.HEARTBEAT, nowNanos + idle);
        }
    }

    void onTimeout(long nowNanos) {
        if (awaiting) {
            awaiting = false;
            if (block.errors.increment()) {
                block.tooManyRetries("no answer to heartbeats");
                return;
            }
            restart(nowNanos);
            return;
        }
        long idleSince = nowNanos - block.heardAtNanos;
        if (!block.sender.isAllAcked() || idleSince < block.options.heartbeatIntervalNanos()) {
            // Outstanding data tells as much, and who has just spoken is alive.
            long rest = Math.max(0, block.options.heartbeatIntervalNanos() - idleSince);
            block.timers.start(
                    SctpTimer.HEARTBEAT,
                    nowNanos + rest + block.sender.timeout().timeoutNanos());
            return;
        }
        awaiting = true;
        answerable = true;
        nonce = block.random.nextLong();
        sentAtNanos = nowNanos;
        byte[] info = new ByteWriter(INFO_SIZE).i64(nonce).i64(nowNanos).array();
        block.replies.request(
                block.peerTag,
                ControlChunks.withParameter(ChunkType.HEARTBEAT, ParameterType.HEARTBEAT_INFO, info),
                false);
        block.timers.start(
                SctpTimer.HEARTBEAT, nowNanos + block.sender.timeout().timeoutNanos());
    }

    /** Echoes the peer's info, when the answer fits a packet. */
    void onHeartbeat(byte[] array, int offset, int length) {
        if (length < PARAMETER_HEADER
                || length > block.options.maxPacketSize() - PacketBuilder.HEADER_SIZE - PARAMETER_HEADER * 2) {
            block.counters.drop(SctpDrop.MALFORMED_CHUNK);
            return;
        }
        byte[] value = Arrays.copyOfRange(array, offset, offset + length);
        block.answer(ControlChunks.chunk(ChunkType.HEARTBEAT_ACK, 0, value));
    }

    void onHeartbeatAck(byte[] array, int offset, int length, long nowNanos) {
        reader.reset(array, offset, length);
        boolean ours = reader.u16() == ParameterType.HEARTBEAT_INFO
                && reader.u16() == PARAMETER_HEADER + INFO_SIZE
                && reader.i64() == nonce
                && reader.i64() == sentAtNanos
                && !reader.failed();
        if (!ours || !answerable) {
            block.counters.drop(SctpDrop.FOREIGN_HEARTBEAT_ACK);
            return;
        }
        answerable = false;
        block.errors.clear();
        block.sender.timeout().observe(nowNanos - sentAtNanos);
        restart(nowNanos);
    }
}
