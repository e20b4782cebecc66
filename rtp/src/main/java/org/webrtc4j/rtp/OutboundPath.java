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
    private static final int MAX_HEADER = 512;

    /** Payloads come from few arrays, over and over: what is received into, what is packetised into, what is sent again. */
    private static final int VIEWS = 4;

    private static final OutboundTap[] NO_TAPS = {};

    private final RtpSink sink;
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
    private int nextTransportSequence;

    OutboundPath(RtpSink sink, int firstTransportSequence) {
        this.sink = sink;
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

    int nextTransportSequence() {
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
        Bytes.setU16(header, 2, sequence);
        Bytes.setI32(header, 4, timestamp);
        Bytes.setI32(header, 8, ssrc);
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

    void transmit(SendStream stream, byte[] payload, int offset, int length, boolean retransmission, long nowNanos) {
        sink.transmitRtp(headerView, complete(stream, payload, offset, length, retransmission, nowNanos));
    }

    /** Answers the bytes that left, good until the next call; null when they cannot leave again. */
    @Nullable
    ByteBuffer transmitRepeatable(SendStream stream, byte[] payload, int offset, int length, long nowNanos) {
        return sink.transmitRepeatable(headerView, complete(stream, payload, offset, length, false, nowNanos));
    }

    /** What left before leaves again. */
    void repeat(byte[] packet, int offset, int length) {
        sink.repeat(view(packet).limit(offset + length).position(offset));
    }

    /** Writes what is known only now into the header, and shows it with its payload. */
    private ByteBuffer complete(
            SendStream stream, byte[] payload, int offset, int length, boolean retransmission, long nowNanos) {
        if (sendTime >= 0) {
            Bytes.setU24(header, sendTime, AbsoluteSendTime.ofNanos(nowNanos));
        }
        if (transportSequence >= 0) {
            Bytes.setU16(header, transportSequence, nextTransportSequence);
            nextTransportSequence = (nextTransportSequence + 1) & 0xffff;
        }
        ByteBuffer payloadView = view(payload).limit(offset + length).position(offset);
        headerView.limit(headerLength).position(0);
        for (OutboundTap tap : taps) {
            tap.onPacket(stream, headerView, payloadView, retransmission);
        }
        return payloadView;
    }

    /** Takes back what was written last, once the packet has left: repair packets protect it as zero. */
    void clearWrittenLast() {
        if (sendTime >= 0) {
            Bytes.setU24(header, sendTime, 0);
        }
        if (transportSequence >= 0) {
            Bytes.setU16(header, transportSequence, 0);
        }
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
