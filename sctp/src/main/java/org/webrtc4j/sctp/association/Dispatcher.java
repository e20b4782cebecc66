package org.webrtc4j.sctp.association;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.webrtc4j.common.ByteReader;
import org.webrtc4j.sctp.SctpCloseCause;
import org.webrtc4j.sctp.SctpDrop;
import org.webrtc4j.sctp.SctpState;
import org.webrtc4j.sctp.packet.CauseCode;
import org.webrtc4j.sctp.packet.Checksum;
import org.webrtc4j.sctp.packet.ChunkType;
import org.webrtc4j.sctp.packet.ControlChunks;
import org.webrtc4j.sctp.packet.InitChunk;
import org.webrtc4j.sctp.packet.PacketBuilder;
import org.webrtc4j.sctp.shared.SctpTimer;

/** Takes a packet apart: whose is it, and what does each chunk mean now (RFC 9260 sections 3.2, 8.4 and 8.5). */
final class Dispatcher {

    private static final int LEAST_PACKET = PacketBuilder.HEADER_SIZE + PacketBuilder.CHUNK_HEADER_SIZE;

    private final ControlBlock block;
    private final Handshake handshake;
    private final Shutdown shutdown;
    private final StreamResets resets;
    private final Heartbeats heartbeats;
    private final PathMtu path;
    private final Checksum checksum = new Checksum();
    private final ByteReader reader = new ByteReader();
    private final Transfer transfer;

    Dispatcher(
            ControlBlock block,
            Handshake handshake,
            Shutdown shutdown,
            StreamResets resets,
            Heartbeats heartbeats,
            PathMtu path) {
        this.block = block;
        this.handshake = handshake;
        this.shutdown = shutdown;
        this.resets = resets;
        this.heartbeats = heartbeats;
        transfer = new Transfer(block);
        this.path = path;
    }

    void onPacket(ByteBuffer packet, long nowNanos) {
        block.counters.packetsReceived++;
        byte[] array = packet.array();
        int offset = packet.arrayOffset() + packet.position();
        int length = packet.remaining();
        if (length < LEAST_PACKET) {
            block.counters.drop(SctpDrop.SHORT_PACKET);
            return;
        }
        reader.reset(array, offset, length);
        if (reader.u16() != block.options.remotePort() || reader.u16() != block.options.localPort()) {
            block.counters.drop(SctpDrop.WRONG_PORT);
            return;
        }
        int tag = reader.i32();
        int claimed = Checksum.read(array, offset);
        // RFC 9653 section 5.3: who has announced it takes zero as well as the right value.
        boolean unchecked = claimed == 0 && block.options.zeroChecksum();
        if (!unchecked && claimed != checksum.compute(array, offset, length)) {
            block.counters.drop(SctpDrop.BAD_CHECKSUM);
            return;
        }
        int first = offset + PacketBuilder.HEADER_SIZE;
        int end = offset + length;
        if (accepts(array, first, end, tag)) {
            block.heardAtNanos = nowNanos;
            transfer.onPacketBegin();
            chunks(array, first, end, tag, nowNanos);
            block.receiver.onPacketEnd();
            if (transfer.hasDataInPacket()) {
                shutdown.onDataPacket(nowNanos);
            }
        }
    }

    private static int chunkLength(byte[] array, int at) {
        return (array[at + 2] & 0xff) << 8 | (array[at + 3] & 0xff);
    }

    /** The rules of section 8.5 on verification tags, and of 8.4 on packets of no association, by the first chunk. */
    private boolean accepts(byte[] array, int first, int end, int tag) {
        int type = array[first] & 0xff;
        boolean reflected = (array[first + 1] & ChunkType.FLAG_REFLECTED_TAG) != 0;
        switch (type) {
            case ChunkType.INIT -> {
                if (tag != 0) {
                    return drop(SctpDrop.WRONG_TAG);
                }
                // Stands alone: nothing behind it but padding (section 3.3.2).
                return end - first <= ((chunkLength(array, first) + 3) & ~3) || drop(SctpDrop.BUNDLED);
            }
            case ChunkType.COOKIE_ECHO -> {
                return true;
            }
            case ChunkType.ABORT, ChunkType.SHUTDOWN_COMPLETE -> {
                boolean right = reflected ? block.peerTag != 0 && tag == block.peerTag : tag == block.localTag;
                return (block.state != SctpState.CLOSED && right) || drop(SctpDrop.WRONG_TAG);
            }
            default -> {
                if (block.state == SctpState.CLOSED) {
                    outOfTheBlue(type, tag);
                    return drop(SctpDrop.UNEXPECTED_CHUNK);
                }
                boolean settingUp = block.state == SctpState.COOKIE_WAIT || block.state == SctpState.COOKIE_ECHOED;
                if (type == ChunkType.SHUTDOWN_ACK && settingUp) {
                    // Section 8.5.1 E: the peer is still ending an association that we have forgotten.
                    outOfTheBlue(type, tag);
                    return drop(SctpDrop.UNEXPECTED_CHUNK);
                }
                return tag == block.localTag || drop(SctpDrop.WRONG_TAG);
            }
        }
    }

    private boolean drop(SctpDrop reason) {
        block.counters.drop(reason);
        return false;
    }

    /** Section 8.4: what is said to a packet of no association. */
    private void outOfTheBlue(int type, int tag) {
        switch (type) {
            case ChunkType.SHUTDOWN_ACK -> {
                byte[] complete = ControlChunks.empty(ChunkType.SHUTDOWN_COMPLETE, ChunkType.FLAG_REFLECTED_TAG);
                block.replies.answer(tag, complete, true);
            }
            case ChunkType.COOKIE_ACK, ChunkType.ERROR -> {
                // Discarded: an answer could begin a loop.
            }
            default -> block.replies.answer(tag, ControlChunks.abort(true, CauseCode.NONE, new byte[0]), true);
        }
    }

    private void chunks(byte[] array, int first, int end, int tag, long nowNanos) {
        int at = first;
        boolean more = true;
        while (more && end - at >= PacketBuilder.CHUNK_HEADER_SIZE) {
            int length = chunkLength(array, at);
            if (length < PacketBuilder.CHUNK_HEADER_SIZE || length > end - at) {
                block.counters.drop(SctpDrop.MALFORMED_CHUNK);
                return;
            }
            int type = array[at] & 0xff;
            int value = at + PacketBuilder.CHUNK_HEADER_SIZE;
            int size = length - PacketBuilder.CHUNK_HEADER_SIZE;
            boolean alone = type == ChunkType.INIT || type == ChunkType.INIT_ACK || type == ChunkType.SHUTDOWN_COMPLETE;
            if (alone && (at != first || end - at > ((length + 3) & ~3))) {
                block.counters.drop(SctpDrop.BUNDLED);
                return;
            }
            more = chunk(type, array[at + 1], array, at, value, size, tag, at == first, nowNanos);
            at += (length + 3) & ~3;
        }
        if (more && at < end) {
            // One to three bytes that are no chunk.
            block.counters.drop(SctpDrop.MALFORMED_CHUNK);
        }
    }

    /** One chunk; false when the rest of the packet is not to be looked at. */
    private boolean chunk(
            int type, int flags, byte[] array, int at, int value, int size, int tag, boolean first, long nowNanos) {
        if (type == ChunkType.COOKIE_ECHO) {
            if (!first) {
                return drop(SctpDrop.UNEXPECTED_CHUNK);
            }
            boolean taken = handshake.onCookieEcho(tag, array, value, size, nowNanos);
            watch(nowNanos);
            return taken;
        }
        switch (type) {
            case ChunkType.INIT -> {
                InitChunk init = InitChunk.parse(array, value, size);
                if (init == null) {
                    return drop(SctpDrop.MALFORMED_CHUNK);
                }
                handshake.onInit(init, nowNanos);
            }
            case ChunkType.INIT_ACK -> {
                InitChunk ack = InitChunk.parse(array, value, size);
                if (ack == null) {
                    return drop(SctpDrop.MALFORMED_CHUNK);
                }
                handshake.onInitAck(ack, nowNanos);
            }
            case ChunkType.COOKIE_ACK -> {
                handshake.onCookieAck(nowNanos);
                watch(nowNanos);
            }
            case ChunkType.ABORT -> onAbort(array, value, size);
            case ChunkType.ERROR -> onError(array, value, size, nowNanos);
            default -> {
                return established(type, flags, array, at, value, size, nowNanos);
            }
        }
        return !block.over;
    }

    /** After a set-up or a restart heartbeats begin. */
    private void watch(long nowNanos) {
        if (block.state.isOpen() && !block.timers.isRunning(SctpTimer.HEARTBEAT)) {
            heartbeats.restart(nowNanos);
        }
    }

    private boolean established(int type, int flags, byte[] array, int at, int value, int size, long nowNanos) {
        if (!block.state.isOpen()) {
            // Too early; a COOKIE ACK may still follow.
            block.counters.drop(SctpDrop.UNEXPECTED_CHUNK);
            return true;
        }
        switch (type) {
            case ChunkType.DATA, ChunkType.I_DATA -> transfer.onData(type, flags, array, value, size, nowNanos);
            case ChunkType.SACK -> transfer.onSack(array, value, size, nowNanos);
            case ChunkType.HEARTBEAT -> heartbeats.onHeartbeat(array, value, size);
            case ChunkType.HEARTBEAT_ACK -> {
                if (!path.onHeartbeatAck(array, value, size, nowNanos)) {
                    heartbeats.onHeartbeatAck(array, value, size, nowNanos);
                }
            }
            case ChunkType.SHUTDOWN -> {
                if (size < 4) {
                    return drop(SctpDrop.MALFORMED_CHUNK);
                }
                reader.reset(array, value, size);
                shutdown.onShutdown(reader.i32(), nowNanos);
            }
            case ChunkType.SHUTDOWN_ACK -> shutdown.onShutdownAck();
            case ChunkType.SHUTDOWN_COMPLETE -> shutdown.onShutdownComplete();
            case ChunkType.RE_CONFIG -> resets.onReconfig(array, value, size, nowNanos);
            case ChunkType.FORWARD_TSN, ChunkType.I_FORWARD_TSN -> transfer.onForwardTsn(type, array, value, size);
            case ChunkType.PAD -> {
                // RFC 4820: means nothing.
            }
            default -> {
                return unknown(type, array, at, PacketBuilder.CHUNK_HEADER_SIZE + size, nowNanos);
            }
        }
        return !block.over;
    }

    private boolean unknown(int type, byte[] array, int at, int length, long nowNanos) {
        block.counters.drop(SctpDrop.UNKNOWN_CHUNK);
        if (ChunkType.unknownIsReported(type)) {
            byte[] copy = Arrays.copyOfRange(array, at, at + length);
            block.error(CauseCode.UNRECOGNIZED_CHUNK, copy, length, nowNanos);
        }
        return !ChunkType.unknownStopsPacket(type);
    }

    private void onAbort(byte[] array, int value, int size) {
        reader.reset(array, value, size);
        int cause = size >= 4 ? reader.u16() : CauseCode.NONE;
        block.replies.clear();
        block.close(new SctpCloseCause(
                SctpCloseCause.Kind.PEER_ABORT, cause, "aborted by the peer" + (cause == 0 ? "" : ", cause " + cause)));
    }

    /** ERROR (section 3.3.10): only a stale cookie changes anything here. */
    private void onError(byte[] array, int value, int size, long nowNanos) {
        reader.reset(array, value, size);
        if (size >= 4 && reader.u16() == CauseCode.STALE_COOKIE) {
            handshake.onStaleCookie(nowNanos);
        }
    }
}
