package org.webrtc4j.sctp.association;

import java.util.ArrayList;
import java.util.List;
import org.webrtc4j.common.ByteWriter;
import org.webrtc4j.sctp.SctpDrop;
import org.webrtc4j.sctp.SctpEvent;
import org.webrtc4j.sctp.SctpEvent.StreamsReset.Direction;
import org.webrtc4j.sctp.SctpState;
import org.webrtc4j.sctp.packet.ChunkType;
import org.webrtc4j.sctp.packet.ControlChunks;
import org.webrtc4j.sctp.packet.ParameterType;
import org.webrtc4j.sctp.shared.SctpTimer;

/**
 * Resets of the streams we send on (RFC 6525 section 5.1).
 *
 * <p>A stream to be reset begins no new message; when it is between messages it joins the next request. One request is
 * outstanding; streams that come later gather for the next.
 */
final class OutgoingResets {

    private static final int REQUEST_FIXED = 12;
    private static final int OVERHEAD = 64;

    private final ControlBlock block;
    private final List<Integer> waiting = new ArrayList<>();
    private List<Integer> requested = List.of();
    private byte[] request = new byte[0];
    private int sequenceNumber;
    private int peerSequenceNumber;
    private long timeoutNanos;

    OutgoingResets(ControlBlock block) {
        this.block = block;
    }

    void start(int localInitialTsn, int peerInitialTsn) {
        sequenceNumber = localInitialTsn;
        peerSequenceNumber = peerInitialTsn - 1;
        // What a set-up or a restart interrupts is asked for again: those streams begin at zero anyway.
        List<Integer> all = new ArrayList<>(requested);
        all.addAll(waiting);
        requested = List.of();
        waiting.clear();
        all.forEach(this::add);
    }

    void add(int streamId) {
        if (!waiting.contains(streamId) && !requested.contains(streamId)) {
            waiting.add(streamId);
            block.sender.queue().pause(streamId);
        }
    }

    void setPeerSequenceNumber(int number) {
        peerSequenceNumber = number;
    }

    /** At the end of a turn: a request for the streams that are between messages, if none is outstanding. */
    void proceed(long nowNanos) {
        if (waiting.isEmpty() || !requested.isEmpty() || block.state != SctpState.ESTABLISHED) {
            return;
        }
        int limit = (block.options.maxPacketSize() - OVERHEAD) / 2;
        List<Integer> ready = new ArrayList<>();
        for (int id : waiting) {
            if (ready.size() < limit && block.sender.queue().isQuiet(id)) {
                ready.add(id);
            }
        }
        if (ready.isEmpty()) {
            return;
        }
        waiting.removeAll(ready);
        requested = ready;
        if (!block.negotiated.reconfig()) {
            finish(Direction.OUTGOING_DENIED);
            return;
        }
        ByteWriter value = new ByteWriter(REQUEST_FIXED + 2 * ready.size());
        value.i32(sequenceNumber).i32(peerSequenceNumber).i32(block.sender.lastAssignedTsn());
        ready.forEach(value::u16);
        request = ControlChunks.withParameter(ChunkType.RE_CONFIG, ParameterType.OUTGOING_RESET, value.array());
        timeoutNanos = block.sender.timeout().timeoutNanos();
        send(nowNanos);
    }

    private void send(long nowNanos) {
        block.replies.request(block.peerTag, request, false);
        block.timers.start(SctpTimer.RECONFIG, nowNanos + timeoutNanos);
    }

    void onTimeout(long nowNanos) {
        if (requested.isEmpty()) {
            return;
        }
        if (block.errors.increment()) {
            block.tooManyRetries("no answer to a stream reset");
            return;
        }
        timeoutNanos = block.sender.timeout().backedOff(timeoutNanos);
        send(nowNanos);
    }

    void onResponse(int number, int result, long nowNanos) {
        if (requested.isEmpty() || number != sequenceNumber) {
            block.counters.drop(SctpDrop.INVALID_RECONFIG);
            return;
        }
        block.errors.clear();
        switch (result) {
            case ReconfigResult.IN_PROGRESS -> {
                // Asked again later, with the same number (section 5.2.7).
                timeoutNanos = block.sender.timeout().timeoutNanos();
                block.timers.start(SctpTimer.RECONFIG, nowNanos + timeoutNanos);
            }
            case ReconfigResult.PERFORMED, ReconfigResult.NOTHING_TO_DO -> finish(Direction.OUTGOING);
            default -> finish(Direction.OUTGOING_DENIED);
        }
    }

    private void finish(Direction direction) {
        block.timers.stop(SctpTimer.RECONFIG);
        sequenceNumber++;
        List<Integer> done = requested;
        requested = List.of();
        for (int id : done) {
            block.sender.queue().resume(id, direction == Direction.OUTGOING);
        }
        block.events.add(new SctpEvent.StreamsReset(direction, List.copyOf(done)));
    }
}
