package org.webrtc4j.rtp;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.rtp.extension.AbsoluteSendTime;
import org.webrtc4j.rtp.extension.ExtensionWriter;
import org.webrtc4j.rtp.extension.HeaderExtensionMap;
import org.webrtc4j.rtp.extension.HeaderExtensionType;
import org.webrtc4j.rtp.extension.TransportSequence;
import org.webrtc4j.rtp.wire.Bytes;

/** Writes headers and hands packets to the sink, with what is known only then: the send time and the transport's number. */
final class OutboundPath {

    /** The largest header with its extension; elements that do not fit are left out. */
    static final int MAX_HEADER = 512;

    /** Payloads come from few arrays, over and over: what is received into, what is packetised into, what is sent again. */
    private static final int VIEWS = 4;

    private static final int SEQUENCE = 2;
    private static final int TIMESTAMP = 4;
    private static final int SSRC = 8;

    private static final OutboundTap[] NO_TAPS = {};

    private final RtpSink sink;
    private final SendControl control;
    private final DropCounters drops;
    private final byte[] header = new byte[MAX_HEADER];
    private final ByteBuffer headerView = ByteBuffer.wrap(header);
    private final ExtensionWriter extensions = new ExtensionWriter();
    private OutboundTap[] taps = NO_TAPS;
    private final byte[][] viewed = new byte[VIEWS][0];
    private final ByteBuffer[] views = new ByteBuffer[VIEWS];
    private int nextView;
    private int headerLength;
    private int sendTime;
    private int transportSequence;
    private long nextTransportSequence;

    OutboundPath(RtpSink sink, SendControl control, DropCounters drops, int firstTransportSequence) {
        this.sink = sink;
        this.control = control;
        this.drops = drops;
        nextTransportSequence = firstTransportSequence;
    }

    void addTap(OutboundTap tap) {
        OutboundTap[] more = Arrays.copyOf(taps, taps.length + 1);
        more[taps.length] = tap;
        taps = more;
    }

    void removeTap(OutboundTap tap) {
        taps = Arrays.stream(taps).filter(other -> other != tap).toArray(OutboundTap[]::new);
    }

    byte[] header() {
        return header;
    }

    int headerLength() {
        return headerLength;
    }

    /** Where the send time is written, or -1. */
    int sendTimePosition() {
        return sendTime;
    }

    /** Where the transport's number is written, or -1. */
    int transportSequencePosition() {
        return transportSequence;
    }

    /** Takes a header back that was written before. */
    void restore(byte[] from, int offset, int length, int sendTimeAt, int transportSequenceAt) {
        System.arraycopy(from, offset, header, 0, length);
        headerLength = length;
        sendTime = sendTimeAt;
        transportSequence = transportSequenceAt;
    }

    /** Unwrapped; its low 16 bits are on the wire. */
    long nextTransportSequence() {
        return nextTransportSequence;
    }

    /** Begins a header with the contributing sources of another packet, and its extension. */
    ExtensionWriter begin(
            RtpPacket csrcs,
            boolean marker,
            int payloadType,
            int sequence,
            int timestamp,
            int ssrc,
            boolean twoByteForm) {
        int count = csrcs.csrcCount();
        System.arraycopy(
                csrcs.array(), csrcs.offset() + RtpPacket.FIXED_HEADER, header, RtpPacket.FIXED_HEADER, 4 * count);
        return begin(count, marker, payloadType, sequence, timestamp, ssrc, twoByteForm);
    }

    ExtensionWriter begin(
            int csrcCount,
            boolean marker,
            int payloadType,
            int sequence,
            int timestamp,
            int ssrc,
            boolean twoByteForm) {
        header[0] = (byte) (0x80 | csrcCount);
        header[1] = (byte) (marker ? 0x80 | payloadType : payloadType);
        Bytes.setU16(header, SEQUENCE, sequence);
        Bytes.setI32(header, TIMESTAMP, timestamp);
        Bytes.setI32(header, SSRC, ssrc);
        headerLength = RtpPacket.FIXED_HEADER + 4 * csrcCount;
        return extensions.begin(header, headerLength, MAX_HEADER - headerLength, twoByteForm);
    }

    /** Ends the extension, with room for what is written last. */
    void finish(HeaderExtensionMap map, boolean padded) {
        int time = map.id(HeaderExtensionType.ABSOLUTE_SEND_TIME);
        int number = map.id(HeaderExtensionType.TRANSPORT_SEQUENCE_NUMBER);
        if (number == 0) {
            number = map.id(HeaderExtensionType.TRANSPORT_SEQUENCE_NUMBER_02);
        }
        extensions.reserve(time, AbsoluteSendTime.SIZE);
        extensions.reserve(number, TransportSequence.SIZE);
        int size = extensions.finish();
        if (size > 0) {
            header[0] |= 0x10;
            headerLength += size;
        }
        if (padded) {
            header[0] |= 0x20;
        }
        sendTime = time == 0 ? -1 : extensions.positionOf(time);
        transportSequence = number == 0 ? -1 : extensions.positionOf(number);
    }

    /** Lets the packet wait whose header was written last, when it has to; false when it may leave at once. */
    boolean waits(
            SendStream stream,
            Urgency urgency,
            byte[] payload,
            int offset,
            int length,
            long sequence,
            int payloadType,
            long nowNanos) {
        if (!control.holds(urgency, nowNanos)) {
            return false;
        }
        if (!control.queue().put(this, stream, urgency, payload, offset, length, sequence, payloadType, nowNanos)) {
            drops.count(RtpDrop.PACER_FULL);
        }
        return true;
    }

    void transmit(SendStream stream, Urgency urgency, byte[] payload, int offset, int length, long nowNanos) {
        sink.transmitRtp(headerView, complete(stream, urgency, payload, offset, length, nowNanos));
    }

    /** Answers the bytes that left, good until the next call; null when they cannot leave again. */
    @Nullable
    ByteBuffer transmitRepeatable(
            SendStream stream, Urgency urgency, byte[] payload, int offset, int length, long nowNanos) {
        return sink.transmitRepeatable(headerView, complete(stream, urgency, payload, offset, length, nowNanos));
    }

    /** What left before leaves again. */
    void repeat(byte[] packet, int offset, int length) {
        sink.repeat(view(packet).limit(offset + length).position(offset));
    }

    /** Writes what is known only now into the header, and shows it with its payload. */
    private ByteBuffer complete(
            SendStream stream, Urgency urgency, byte[] payload, int offset, int length, long nowNanos) {
        if (sendTime >= 0) {
            Bytes.setU24(header, sendTime, AbsoluteSendTime.ofNanos(nowNanos));
        }
        if (transportSequence >= 0) {
            Bytes.setU16(header, transportSequence, (int) nextTransportSequence);
        }
        if (transportSequence >= 0 || control.countsAll()) {
            control.onSent(
                    urgency,
                    nextTransportSequence++,
                    Bytes.i32(header, SSRC),
                    Bytes.u16(header, SEQUENCE),
                    headerLength + length,
                    nowNanos);
        }
        ByteBuffer payloadView = view(payload).limit(offset + length).position(offset);
        headerView.limit(headerLength).position(0);
        for (OutboundTap tap : taps) {
            tap.onPacket(stream, headerView, payloadView, !urgency.isMedia());
        }
        return payloadView;
    }

    private ByteBuffer view(byte[] array) {
        for (int i = 0; i < VIEWS; i++) {
            if (viewed[i] == array) {
                return views[i];
            }
        }
        int slot = nextView;
        nextView = (slot + 1) % VIEWS;
        viewed[slot] = array;
        views[slot] = ByteBuffer.wrap(array);
        return views[slot];
    }
}
