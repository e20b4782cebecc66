package org.webrtc4j.sctp.association;

import org.webrtc4j.common.ByteReader;
import org.webrtc4j.sctp.SctpDrop;
import org.webrtc4j.sctp.packet.ParameterType;

/**
 * RE-CONFIG (RFC 6525 section 3.1): one or two parameters, requests of the peer and responses to ours.
 *
 * <pre>
 * | Type = 130    |  Chunk Flags  |      Chunk Length             |
 * |                  Re-configuration Parameter                   |
 * |             Re-configuration Parameter (optional)             |
 * </pre>
 */
final class StreamResets {

    private static final int PARAMETER_HEADER = 4;
    private static final int MAX_PARAMETERS = 2;
    private static final int OUTGOING_FIXED = 12;
    private static final int NUMBER = 4;
    private static final int RESPONSE = 8;

    private final ControlBlock block;
    private final OutgoingResets outgoing;
    private final IncomingResets incoming;
    private final ByteReader reader = new ByteReader();

    StreamResets(ControlBlock block) {
        this.block = block;
        outgoing = new OutgoingResets(block);
        incoming = new IncomingResets(block);
    }

    void start(int localInitialTsn, int peerInitialTsn) {
        outgoing.start(localInitialTsn, peerInitialTsn);
        incoming.start(peerInitialTsn);
    }

    OutgoingResets outgoing() {
        return outgoing;
    }

    void onReconfig(byte[] array, int offset, int length, long nowNanos) {
        int at = offset;
        int end = offset + length;
        int parameters = 0;
        while (end - at >= PARAMETER_HEADER && parameters < MAX_PARAMETERS) {
            int type = (array[at] & 0xff) << 8 | (array[at + 1] & 0xff);
            int size = (array[at + 2] & 0xff) << 8 | (array[at + 3] & 0xff);
            if (size < PARAMETER_HEADER || size > end - at) {
                break;
            }
            parameters++;
            reader.reset(array, at + PARAMETER_HEADER, size - PARAMETER_HEADER);
            if (!onParameter(type, nowNanos)) {
                block.counters.drop(SctpDrop.INVALID_RECONFIG);
            }
            at = Math.min(end, at + ((size + 3) & ~3));
        }
        if (parameters == 0) {
            block.counters.drop(SctpDrop.INVALID_RECONFIG);
        }
    }

    private boolean onParameter(int type, long nowNanos) {
        int size = reader.remaining();
        int number = reader.i32();
        switch (type) {
            case ParameterType.OUTGOING_RESET -> {
                if (size < OUTGOING_FIXED || (size & 1) != 0) {
                    return false;
                }
                reader.i32();
                int lastTsn = reader.i32();
                if (incoming.isNew(number)) {
                    incoming.onOutgoingReset(number, lastTsn, streamIds());
                }
            }
            case ParameterType.INCOMING_RESET -> {
                if (size < NUMBER || (size & 1) != 0) {
                    return false;
                }
                if (incoming.isNew(number)) {
                    onIncomingReset(number, streamIds());
                }
            }
            case ParameterType.SSN_TSN_RESET,
                    ParameterType.ADD_OUTGOING_STREAMS,
                    ParameterType.ADD_INCOMING_STREAMS -> {
                if (size < NUMBER) {
                    return false;
                }
                if (incoming.isNew(number)) {
                    incoming.answer(number, ReconfigResult.DENIED);
                }
            }
            case ParameterType.RECONFIG_RESPONSE -> {
                if (size < RESPONSE) {
                    return false;
                }
                outgoing.onResponse(number, reader.i32(), nowNanos);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /** The peer asks us to reset what we send (section 5.2.3): our own request follows. */
    private void onIncomingReset(int number, int[] streamIds) {
        for (int id : streamIds) {
            if (id >= block.outboundStreams) {
                incoming.answer(number, ReconfigResult.WRONG_STREAM);
                return;
            }
        }
        if (streamIds.length == 0) {
            // All of 65535 streams, of which this side has used a few: not offered.
            incoming.answer(number, ReconfigResult.DENIED);
            return;
        }
        incoming.answer(number, ReconfigResult.IN_PROGRESS);
        outgoing.setPeerSequenceNumber(number);
        for (int id : streamIds) {
            outgoing.add(id);
        }
    }

    private int[] streamIds() {
        int[] ids = new int[reader.remaining() / 2];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = reader.u16();
        }
        return ids;
    }
}
