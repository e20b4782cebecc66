package org.webrtc4j.rtp;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.rtp.send.RetransmissionBudget;
import org.webrtc4j.rtp.send.SentRecords;
import org.webrtc4j.rtp.wire.Bytes;

/**
 * Sends again what a stream's receiver asks for, and padding, in a stream of their own (RFC 4588), within a budget. Where
 * that was not negotiated and NACK was, the packet itself leaves again (RFC 4585 section 6.2.1), byte for byte.
 */
final class Retransmitter {

    /** What RTX puts before the payload (RFC 4588 section 4). */
    static final int ORIGINAL_NUMBER_BYTES = 2;

    /** Numbers that a receiver may ask for again; those further back are gone. */
    private static final int RECORDS = 1024;

    /** Packets that wait for the end of the turn to be sent again; more are not. */
    private static final int MAX_PENDING = 256;

    private static final int PAYLOAD_TYPES = 128;
    static final int MAX_PADDING = 255;

    /** Of so many packets sent last one is sent again to probe with, if it is so large. */
    private static final int PADDING_CHOICE = 8;

    private static final int LEAST_PROBE_BYTES = 500;

    private static final long MIN_RESEND_NANOS = 5_000_000L;

    private final RtpSession session;
    private final OutboundPath path;
    private final SendStream stream;
    private final SendHeaders headers;
    private final SendCounters counters;
    private int ssrc;
    private boolean known;
    private final int[] payloadTypes = new int[PAYLOAD_TYPES];
    private final boolean[] repeated = new boolean[PAYLOAD_TYPES];
    private int nextSequence;

    private @Nullable PacketHistory ownHistory;
    /** Packets as they left, encrypted, of the payload types that are repeated. */
    private @Nullable PacketHistory leftHistory;

    /** What encryption adds to a packet. */
    private int overheadBytes;

    private @Nullable SentRecords records;
    private final RetransmissionBudget budget;
    private final long[] pending = new long[MAX_PENDING];
    private int pendingCount;

    Retransmitter(
            RtpSession session, OutboundPath path, SendStream stream, SendHeaders headers, SendCounters counters) {
        this.session = session;
        this.path = path;
        this.stream = stream;
        this.headers = headers;
        this.counters = counters;
        RtpSessionOptions options = session.options();
        budget = new RetransmissionBudget(options.retransmissionShare(), options.retransmissionBurst());
        nextSequence = session.random().nextInt(1 << 15);
    }

    void apply(SendParameters parameters) {
        known = parameters.rtxSsrc() != SignalledSsrc.NONE;
        ssrc = (int) parameters.rtxSsrc();
        Arrays.fill(payloadTypes, -1);
        boolean repairs = false;
        for (PayloadFormat format : parameters.formats()) {
            if (format.isRtx()) {
                payloadTypes[format.associatedPayloadType()] = known ? format.payloadType() : -1;
                repairs |= known;
            }
        }
        Arrays.fill(repeated, false);
        for (PayloadFormat format : parameters.formats()) {
            boolean plain = !format.isRtx() && format.nack() && payloadTypes[format.payloadType()] < 0;
            repeated[format.payloadType()] = plain;
            repairs |= plain;
        }
        if (repairs && records == null) {
            records = new SentRecords(RECORDS);
        }
    }

    /** Where the stream's own packets are kept; null before the first. */
    @Nullable
    PacketHistory ownHistory() {
        return ownHistory;
    }

    /** Keeps an own packet, whose header was just written. */
    void keep(byte[] payload, int offset, int length, long sequence, int timestamp, int payloadType, long nowNanos) {
        if (records == null || payloadTypes[payloadType] < 0) {
            return;
        }
        PacketHistory history = ownHistory;
        if (history == null) {
            history = new PacketHistory();
            ownHistory = history;
            headers.keepIn(history);
        }
        history.put(path.header(), path.headerLength(), payload, offset, length, sequence, nowNanos);
        records.put(sequence, sequence, history, timestamp, payloadType, 0, 0);
    }

    /** Remembers what became of a forwarded packet, which its source keeps. */
    void remember(
            long sequence,
            long sourceSequence,
            @Nullable PacketHistory history,
            int timestamp,
            int payloadType,
            long patch,
            int patchLength) {
        if (records != null && payloadTypes[payloadType] >= 0) {
            records.put(sequence, sourceSequence, history, timestamp, payloadType, patch, patchLength);
        }
    }

    /** Whether packets of a payload type are asked for by NACK, and not repaired by RTX. */
    boolean isRepeated(int payloadType) {
        return repeated[payloadType];
    }

    /** Keeps a packet as it left. */
    void keepAsLeft(ByteBuffer left, int payloadLength, long sequence, int payloadType, long nowNanos) {
        PacketHistory history = leftHistory;
        if (history == null) {
            history = new PacketHistory();
            leftHistory = history;
        }
        int size = left.remaining();
        overheadBytes = size - path.headerLength() - payloadLength;
        history.put(left.array(), left.arrayOffset() + left.position(), size, sequence, 0, nowNanos);
        if (records != null) {
            records.put(sequence, sequence, history, 0, payloadType, 0, 0);
        }
    }

    /** Takes note of a packet sent for the first time, of which retransmissions may be a share. */
    void onSent(int bytes) {
        budget.onSent(bytes);
    }

    /** Sends padding with the payload type that repairs another; false where that is not negotiated. */
    boolean sendPadding(int length, int repairedPayloadType, int timestamp, long nowNanos) {
        if (repairedPayloadType < 0 || payloadTypes[repairedPayloadType] < 0) {
            return false;
        }
        int size = Math.max(1, Math.min(MAX_PADDING, length));
        byte[] padding = session.scratch();
        Arrays.fill(padding, 0, size, (byte) 0);
        padding[size - 1] = (byte) size;
        headers.writePadding(payloadTypes[repairedPayloadType], nextSequence(), timestamp, ssrc);
        counters.paddingPackets++;
        counters.resentHeaderBytes += path.headerLength() + size;
        path.transmit(stream, Urgency.PADDING, padding, 0, size, nowNanos);
        return true;
    }

    /** Whether packets of a payload type are repaired by RTX. */
    boolean repairs(int payloadType) {
        return payloadType >= 0 && payloadTypes[payloadType] >= 0;
    }

    /** Sends one of the latest packets again, unasked; false when none that is large enough to probe with is kept. */
    boolean sendAgain(long last, long nowNanos) {
        SentRecords sent = records;
        if (sent == null) {
            return false;
        }
        RtpPacket view = session.historyView();
        for (long sequence = last; sequence > last - PADDING_CHOICE; sequence--) {
            int index = sent.find(sequence);
            PacketHistory history = index < 0 ? null : sent.history(index);
            if (history != null
                    && history != leftHistory
                    && repairs(sent.payloadType(index))
                    && history.read(sent.source(index), view, nowNanos)
                    && view.payloadLength() >= LEAST_PROBE_BYTES
                    && view.payloadLength() + ORIGINAL_NUMBER_BYTES <= RtpPacket.MAX_SIZE - RtpPacket.FIXED_HEADER) {
                repair(Urgency.PADDING, sent, index, history, view, sequence, nowNanos);
                return true;
            }
        }
        return false;
    }

    private int nextSequence() {
        int sequence = nextSequence;
        nextSequence = (sequence + 1) & 0xffff;
        return sequence;
    }

    /** Takes a request for a packet; it is sent again at the end of the turn. */
    void onNack(int wireSequence, long lastSequence, long nowNanos) {
        counters.nacks++;
        long sequence = lastSequence + (short) (wireSequence - (int) lastSequence);
        SentRecords sent = records;
        int index = sent == null ? -1 : sent.find(sequence);
        PacketHistory history = index < 0 || sent == null ? null : sent.history(index);
        if (sent == null || history == null || !history.contains(sent.source(index), nowNanos)) {
            session.drop(RtpDrop.NACK_NOT_IN_HISTORY);
            return;
        }
        long interval = Math.max(MIN_RESEND_NANOS, session.roundTripNanos() / 2);
        if (pendingCount == MAX_PENDING || !sent.mayResend(index, interval, nowNanos)) {
            session.drop(RtpDrop.NACK_LIMITED);
            return;
        }
        pending[pendingCount++] = sequence;
    }

    boolean isPending() {
        return pendingCount > 0;
    }

    /** Sends again what was asked for, within the budget. */
    void resend(long nowNanos) {
        for (int i = 0; i < pendingCount; i++) {
            resend(pending[i], nowNanos);
        }
        pendingCount = 0;
    }

    private void resend(long sequence, long nowNanos) {
        SentRecords sent = records;
        int index = sent == null ? -1 : sent.find(sequence);
        RtpPacket view = session.historyView();
        PacketHistory history = index < 0 || sent == null ? null : sent.history(index);
        if (sent == null || history == null || !history.read(sent.source(index), view, nowNanos)) {
            session.drop(RtpDrop.NACK_NOT_IN_HISTORY);
            return;
        }
        if (history == leftHistory) {
            repeat(view);
            return;
        }
        int rtx = payloadTypes[sent.payloadType(index)];
        if (rtx < 0 || view.payloadLength() + 2 > RtpPacket.MAX_SIZE - RtpPacket.FIXED_HEADER) {
            session.drop(RtpDrop.NACK_NOT_IN_HISTORY);
            return;
        }
        if (!budget.take(view.size())) {
            session.drop(RtpDrop.NACK_LIMITED);
            return;
        }
        repair(Urgency.RETRANSMISSION, sent, index, history, view, sequence, nowNanos);
    }

    private void repair(
            Urgency urgency,
            SentRecords sent,
            int index,
            PacketHistory history,
            RtpPacket view,
            long sequence,
            long nowNanos) {
        int rtx = payloadTypes[sent.payloadType(index)];
        // RFC 4588 section 4: the original sequence number, then the original payload.
        byte[] payload = session.scratch();
        Bytes.setU16(payload, 0, (int) sequence);
        System.arraycopy(view.array(), view.payloadOffset(), payload, 2, view.payloadLength());
        Bytes.exchange(payload, 2, sent.patch(index), sent.patchLength(index));
        headers.writeRtx(view, history, rtx, nextSequence(), sent.timestamp(index), ssrc);
        counters.resentPackets++;
        counters.resentBytes += view.payloadLength() + ORIGINAL_NUMBER_BYTES;
        counters.resentHeaderBytes += path.headerLength();
        stream.leaveOrWait(urgency, payload, 0, view.payloadLength() + ORIGINAL_NUMBER_BYTES, nowNanos);
    }

    private void repeat(RtpPacket left) {
        if (!budget.take(left.size())) {
            session.drop(RtpDrop.NACK_LIMITED);
            return;
        }
        int payloadLength = left.payloadLength() - overheadBytes;
        counters.repeatedPackets++;
        counters.repeatedBytes += payloadLength;
        counters.resentPackets++;
        counters.resentBytes += payloadLength;
        counters.resentHeaderBytes += left.size() - left.payloadLength();
        path.repeat(left.array(), left.offset(), left.size());
    }
}
