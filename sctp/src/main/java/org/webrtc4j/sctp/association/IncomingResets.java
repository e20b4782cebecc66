package org.webrtc4j.sctp.association;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.webrtc4j.common.ByteWriter;
import org.webrtc4j.sctp.SctpDrop;
import org.webrtc4j.sctp.SctpEvent;
import org.webrtc4j.sctp.packet.ChunkType;
import org.webrtc4j.sctp.packet.ControlChunks;
import org.webrtc4j.sctp.packet.ParameterType;

/** Resets of the streams the peer sends on (RFC 6525 section 5.2). One request is remembered: the last. */
final class IncomingResets {

    private final ControlBlock block;
    /** The number expected next; the one before it has been answered. */
    private int expected;

    private int lastResult;

    IncomingResets(ControlBlock block) {
        this.block = block;
    }

    void start(int peerInitialTsn) {
        expected = peerInitialTsn;
        lastResult = ReconfigResult.BAD_SEQUENCE_NUMBER;
    }

    /**
     * Says what to do with a request by its number: a repeat gets the same answer, a wrong one is refused.
     *
     * @return whether the request is new
     */
    boolean isNew(int sequenceNumber) {
        if (sequenceNumber == expected) {
            return true;
        }
        boolean repeated = sequenceNumber == expected - 1;
        if (!repeated) {
            block.counters.drop(SctpDrop.INVALID_RECONFIG);
        }
        respond(sequenceNumber, repeated ? lastResult : ReconfigResult.BAD_SEQUENCE_NUMBER);
        return false;
    }

    /** Outgoing SSN Reset Request of the peer: resets what comes in, once everything before it is here. */
    void onOutgoingReset(int sequenceNumber, int lastTsn, int[] streamIds) {
        expected = sequenceNumber + 1;
        for (int id : streamIds) {
            if (id >= block.receiver.streamCount()) {
                block.counters.drop(SctpDrop.INVALID_RECONFIG);
                answer(sequenceNumber, ReconfigResult.WRONG_STREAM);
                return;
            }
        }
        lastResult = ReconfigResult.IN_PROGRESS;
        block.receiver.resetAfter(block.receiver.unwrap(lastTsn), streamIds, () -> {
            lastResult = ReconfigResult.PERFORMED;
            List<Integer> ids = Arrays.stream(streamIds).boxed().collect(Collectors.toList());
            block.events.add(new SctpEvent.StreamsReset(SctpEvent.StreamsReset.Direction.INCOMING, ids));
            respond(sequenceNumber, lastResult);
        });
        if (lastResult == ReconfigResult.IN_PROGRESS) {
            respond(sequenceNumber, lastResult);
        }
    }

    /** Answers a request for good. */
    void answer(int sequenceNumber, int result) {
        expected = sequenceNumber + 1;
        lastResult = result;
        respond(sequenceNumber, result);
    }

    private void respond(int sequenceNumber, int result) {
        byte[] value = new ByteWriter(8).i32(sequenceNumber).i32(result).array();
        block.answer(ControlChunks.withParameter(ChunkType.RE_CONFIG, ParameterType.RECONFIG_RESPONSE, value));
    }
}
