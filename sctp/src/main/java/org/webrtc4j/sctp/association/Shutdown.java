package org.webrtc4j.sctp.association;

import org.webrtc4j.sctp.SctpCloseCause;
import org.webrtc4j.sctp.SctpDrop;
import org.webrtc4j.sctp.SctpState;
import org.webrtc4j.sctp.packet.ChunkType;
import org.webrtc4j.sctp.packet.ControlChunks;
import org.webrtc4j.sctp.shared.SctpTimer;

/** The graceful end (RFC 9260 section 9.2). */
final class Shutdown {

    private static final byte[] NO_GAPS = new byte[0];
    /** T5: five times the largest timeout (section 9.2). */
    private static final int GUARD_TIMEOUTS = 5;

    private final ControlBlock block;
    private long timeoutNanos;
    private boolean ours;

    Shutdown(ControlBlock block) {
        this.block = block;
    }

    void request(long nowNanos) {
        switch (block.state) {
            case CLOSED, COOKIE_WAIT, COOKIE_ECHOED ->
                block.abort(SctpCloseCause.Kind.LOCAL_SHUTDOWN, 0, "shut down during the set-up");
            case ESTABLISHED -> {
                ours = true;
                block.state = SctpState.SHUTDOWN_PENDING;
                startGuard(nowNanos);
            }
            default -> {
                // Under way already.
            }
        }
    }

    private void startGuard(long nowNanos) {
        block.timers.start(SctpTimer.SHUTDOWN_GUARD, nowNanos + GUARD_TIMEOUTS * block.options.rtoMaxNanos());
    }

    /** At the end of a turn: once nothing is queued or outstanding the next step is due. */
    void proceed(long nowNanos) {
        if (!block.sender.isAllAcked() || !block.sender.queue().isEmpty()) {
            return;
        }
        if (block.state == SctpState.SHUTDOWN_PENDING) {
            block.state = SctpState.SHUTDOWN_SENT;
            startT2(nowNanos);
            sendShutdown();
        } else if (block.state == SctpState.SHUTDOWN_RECEIVED) {
            sendAck(nowNanos);
        }
    }

    private void startT2(long nowNanos) {
        timeoutNanos = block.sender.timeout().timeoutNanos();
        block.timers.start(SctpTimer.T2, nowNanos + timeoutNanos);
    }

    private void sendShutdown() {
        block.replies.request(block.peerTag, ControlChunks.shutdown(block.receiver.cumulativeTsn()), false);
    }

    private void sendAck(long nowNanos) {
        block.state = SctpState.SHUTDOWN_ACK_SENT;
        startT2(nowNanos);
        block.replies.request(block.peerTag, ControlChunks.empty(ChunkType.SHUTDOWN_ACK, 0), false);
    }

    void onTimeout(long nowNanos) {
        if (block.errors.increment()) {
            block.tooManyRetries("no answer during the shutdown");
            return;
        }
        timeoutNanos = block.sender.timeout().backedOff(timeoutNanos);
        block.timers.start(SctpTimer.T2, nowNanos + timeoutNanos);
        if (block.state == SctpState.SHUTDOWN_SENT) {
            sendShutdown();
        } else if (block.state == SctpState.SHUTDOWN_ACK_SENT) {
            block.replies.request(block.peerTag, ControlChunks.empty(ChunkType.SHUTDOWN_ACK, 0), false);
        }
    }

    void onGuard() {
        block.tooManyRetries("the shutdown took too long");
    }

    /** In SHUTDOWN-SENT every packet with DATA is answered with SHUTDOWN and SACK at once. */
    void onDataPacket(long nowNanos) {
        if (block.state == SctpState.SHUTDOWN_SENT) {
            block.receiver.acknowledgeAtOnce();
            block.answer(ControlChunks.shutdown(block.receiver.cumulativeTsn()));
            startT2(nowNanos);
        }
    }

    void onShutdown(int cumulativeTsn, long nowNanos) {
        switch (block.state) {
            case ESTABLISHED, SHUTDOWN_PENDING -> {
                if (acknowledge(cumulativeTsn, nowNanos)) {
                    block.state = SctpState.SHUTDOWN_RECEIVED;
                    startGuard(nowNanos);
                }
            }
            case SHUTDOWN_RECEIVED -> acknowledge(cumulativeTsn, nowNanos);
            // Crossed: both are answered with an ACK (section 9.2).
            case SHUTDOWN_SENT -> sendAck(nowNanos);
            case SHUTDOWN_ACK_SENT -> {
                // Our ACK is on its way; T2 sends it again.
            }
            default -> block.counters.drop(SctpDrop.UNEXPECTED_CHUNK);
        }
    }

    private boolean acknowledge(int cumulativeTsn, long nowNanos) {
        return block.sender.onSack(cumulativeTsn, -1, NO_GAPS, 0, 0, 0, nowNanos);
    }

    void onShutdownAck() {
        if (block.state == SctpState.SHUTDOWN_SENT || block.state == SctpState.SHUTDOWN_ACK_SENT) {
            block.replies.request(block.peerTag, ControlChunks.empty(ChunkType.SHUTDOWN_COMPLETE, 0), true);
            finish();
        } else {
            block.counters.drop(SctpDrop.UNEXPECTED_CHUNK);
        }
    }

    void onShutdownComplete() {
        if (block.state == SctpState.SHUTDOWN_ACK_SENT) {
            finish();
        } else {
            block.counters.drop(SctpDrop.UNEXPECTED_CHUNK);
        }
    }

    private void finish() {
        block.close(new SctpCloseCause(
                ours ? SctpCloseCause.Kind.LOCAL_SHUTDOWN : SctpCloseCause.Kind.PEER_SHUTDOWN,
                0,
                ours ? "shut down here" : "shut down by the peer"));
    }
}
