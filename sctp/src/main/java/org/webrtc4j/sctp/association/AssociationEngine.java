package org.webrtc4j.sctp.association;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import org.webrtc4j.sctp.SctpCloseCause;
import org.webrtc4j.sctp.SctpOptions;
import org.webrtc4j.sctp.SctpSink;
import org.webrtc4j.sctp.SctpState;
import org.webrtc4j.sctp.SctpStats;
import org.webrtc4j.sctp.SendOptions;
import org.webrtc4j.sctp.SendStatus;
import org.webrtc4j.sctp.packet.CauseCode;
import org.webrtc4j.sctp.packet.InitChunk;
import org.webrtc4j.sctp.rx.Receiver;
import org.webrtc4j.sctp.shared.Counters;
import org.webrtc4j.sctp.shared.SctpTimer;
import org.webrtc4j.sctp.tx.SendQueue;
import org.webrtc4j.sctp.tx.Sender;

/** Puts the parts of an association together; the public face is {@code SctpAssociation}. */
public final class AssociationEngine {

    /** Invariants over many chunks are checked at each of the first entries, and then at a share of them. */
    private static final int EVERY_CHECK = 4096;

    private static final int CHECKED_SHARE = 61;

    private final ControlBlock block;
    private final Handshake handshake;
    private final Shutdown shutdown;
    private final StreamResets resets;
    private final Heartbeats heartbeats;
    private final PathMtu path;
    private final Dispatcher dispatcher;
    private final Emitter emitter;
    private long checks;

    public AssociationEngine(SctpOptions options, SctpSink sink, RandomGenerator random) {
        block = new ControlBlock(options, sink, random);
        resets = new StreamResets(block);
        path = new PathMtu(block);
        handshake = new Handshake(block, resets, path);
        shutdown = new Shutdown(block);
        heartbeats = new Heartbeats(block);
        dispatcher = new Dispatcher(block, handshake, shutdown, resets, heartbeats, path);
        emitter = new Emitter(block, handshake, path, sink);
    }

    public void connect(long nowNanos) {
        if (block.state == SctpState.CLOSED && !block.over) {
            handshake.connect(nowNanos);
        }
    }

    public void connect(byte[] remoteInit, long nowNanos) {
        InitChunk init = SignalledInit.parse(remoteInit);
        if (init == null || SignalledInit.refusal(remoteInit).isPresent()) {
            throw new IllegalArgumentException("not an INIT chunk to begin with");
        }
        if (block.state == SctpState.CLOSED && !block.over) {
            handshake.begin(init, nowNanos);
            heartbeats.restart(nowNanos);
            finish();
        }
    }

    public void handlePacket(ByteBuffer packet, long nowNanos) {
        dispatcher.onPacket(packet, nowNanos);
        finish();
    }

    public void handleTimeout(long nowNanos) {
        boolean fired = expired(SctpTimer.T1, nowNanos) && timedOut(() -> handshake.onTimeout(nowNanos));
        fired |= expired(SctpTimer.T2, nowNanos) && timedOut(() -> shutdown.onTimeout(nowNanos));
        fired |= expired(SctpTimer.SHUTDOWN_GUARD, nowNanos) && timedOut(shutdown::onGuard);
        fired |= expired(SctpTimer.RECONFIG, nowNanos)
                && timedOut(() -> resets.outgoing().onTimeout(nowNanos));
        fired |= expired(SctpTimer.HEARTBEAT, nowNanos) && timedOut(() -> heartbeats.onTimeout(nowNanos));
        fired |= expired(SctpTimer.PATH_MTU, nowNanos) && timedOut(() -> path.onTimeout(nowNanos));
        fired |= expired(SctpTimer.SACK, nowNanos) && timedOut(block.receiver::onSackTimeout);
        fired |= expired(SctpTimer.PACING, nowNanos);
        fired |= expired(SctpTimer.REORDERING, nowNanos) && timedOut(() -> block.sender.onReorderingTimeout(nowNanos));
        fired |= expired(SctpTimer.PROBE, nowNanos) && timedOut(() -> block.sender.onProbeTimeout(nowNanos));
        fired |= expired(SctpTimer.T3, nowNanos) && timedOut(() -> onT3(nowNanos));
        if (fired) {
            handleBatchEnd(nowNanos);
        }
    }

    private boolean expired(SctpTimer timer, long nowNanos) {
        return block.timers.expire(timer, nowNanos);
    }

    private static boolean timedOut(Runnable action) {
        action.run();
        return true;
    }

    private void onT3(long nowNanos) {
        if (block.state == SctpState.COOKIE_ECHOED) {
            return; // during the set-up T1 stands for both
        }
        if (!block.sender.isAllAcked()) {
            path.validate();
        }
        if (block.sender.onT3Timeout(nowNanos)) {
            block.tooManyRetries("data is not acknowledged");
        }
    }

    public void handleBatchEnd(long nowNanos) {
        block.receiver.handOut();
        resets.outgoing().proceed(nowNanos);
        shutdown.proceed(nowNanos);
        path.proceed();
        emitter.emit(nowNanos);
        // A stream may have become quiet, or the queue empty, by what has just left.
        resets.outgoing().proceed(nowNanos);
        if (!block.replies.isEmpty()) {
            emitter.emit(nowNanos);
        }
        finish();
    }

    public long nextTimeout() {
        return block.timers.nextTimeout();
    }

    public SendStatus send(int streamId, int ppid, byte[] payload, SendOptions options, long nowNanos) {
        if (block.over || block.state.compareTo(SctpState.ESTABLISHED) > 0) {
            return SendStatus.CLOSED;
        }
        boolean connected = block.state == SctpState.ESTABLISHED;
        int streams = connected ? block.outboundStreams : block.options.outboundStreams();
        if (streamId < 0 || streamId >= streams) {
            return SendStatus.NO_SUCH_STREAM;
        }
        if (payload.length == 0) {
            return SendStatus.EMPTY;
        }
        int limit = block.options.maxSendMessageSize();
        if (limit > 0 && payload.length > limit) {
            return SendStatus.TOO_LARGE;
        }
        return block.sender.queue().add(streamId, ppid, payload, options, nowNanos);
    }

    public void resetStreams(int[] streamIds) {
        for (int id : streamIds) {
            if (!block.over) {
                resets.outgoing().add(id);
            }
        }
    }

    public void setStreaming(int streamId, boolean on) {
        if (!block.over) {
            block.receiver.setStreaming(streamId, on);
        }
    }

    public void consumed(int bytes) {
        if (!block.over) {
            block.receiver.consumed(bytes);
        }
    }

    public void shutdown(long nowNanos) {
        if (!block.over) {
            shutdown.request(nowNanos);
            finish();
        }
    }

    public void abort(String reason) {
        if (!block.over) {
            block.abort(SctpCloseCause.Kind.LOCAL_ABORT, CauseCode.USER_INITIATED_ABORT, reason);
            finish();
        }
    }

    public void pathChanged() {
        if (!block.over) {
            path.reset();
        }
    }

    public SendQueue queue() {
        return block.sender.queue();
    }

    public SctpState state() {
        return block.state;
    }

    public SctpStats stats() {
        Counters c = block.counters;
        Sender sender = block.sender;
        Receiver receiver = block.receiver;
        return new SctpStats(
                c.packetsSent,
                c.packetsReceived,
                c.chunksSent,
                c.chunksReceived,
                c.chunksRetransmitted,
                c.fastRecoveries,
                c.spuriousRecoveries,
                c.timeouts,
                c.probes,
                c.messagesSent,
                c.messagesReceived,
                c.messagesAbandoned,
                c.bytesSent,
                c.bytesReceived,
                sender.congestion().window(),
                sender.congestion().slowStartThreshold(),
                sender.bytesInFlight(),
                sender.peerWindow(),
                path.packetSize(),
                receiver.freeWindow(),
                sender.queue().totalQueued(),
                sender.timeout().smoothedNanos(),
                sender.timeout().timeoutNanos(),
                block.negotiated.interleaving(),
                block.negotiated.zeroChecksum(),
                block.negotiated.skips(),
                c.drops());
    }

    private void finish() {
        assert consistent();
        block.events.deliver();
    }

    /** Invariants at the end of an entry point; sums over many chunks are checked while there are few. */
    private boolean consistent() {
        if (block.over && (block.timers.nextTimeout() != Long.MAX_VALUE || !block.sender.isAllAcked())) {
            return false;
        }
        checks++;
        boolean deep = block.sender.isSmall() && (checks < EVERY_CHECK || checks % CHECKED_SHARE == 0);
        if (!deep) {
            return true;
        }
        // T1 stands for T3 during the set-up.
        boolean sending = block.state == SctpState.COOKIE_ECHOED || block.sender.consistent();
        return sending && block.sender.queue().consistent() && block.receiver.consistent();
    }
}
