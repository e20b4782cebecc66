package org.webrtc4j.rtp.rtcp;

import java.util.Objects;
import org.webrtc4j.rtp.wire.Bytes;

/**
 * Builds one datagram of RTCP packets, of at most a given size: what does not fit is not written, and the method says so;
 * the caller transmits and goes on with an empty one. Reused; nothing is allocated after construction.
 */
public final class RtcpWriter extends RtcpReportWriter {

    private static final int NACK_SPAN = 16;

    private int reportRun = NONE;

    /**
     * Creates a writer.
     *
     * @param capacity the largest datagram, in bytes
     */
    public RtcpWriter(int capacity) {
        super(capacity);
    }

    /**
     * Starts an empty datagram.
     *
     * @return this
     */
    public RtcpWriter clear() {
        empty();
        reportRun = NONE;
        return this;
    }

    /**
     * Writes a NACK of one packet, to be followed by {@link #nackNext}.
     *
     * @param senderSsrc who asks
     * @param mediaSsrc the stream
     * @param sequence the lost packet
     * @return false when it does not fit
     */
    public boolean nack(int senderSsrc, int mediaSsrc, int sequence) {
        if (!beginFeedback(RtcpKind.NACK, senderSsrc, mediaSsrc, 16)) {
            return false;
        }
        put32(sequence << 16);
        return true;
    }

    /**
     * Adds a packet to the NACK written last; packets come in rising order.
     *
     * @param sequence a lost packet
     * @return false when it does not fit
     */
    public boolean nackNext(int sequence) {
        int distance = (sequence - Bytes.u16(array, position - 4)) & 0xffff;
        if (distance <= NACK_SPAN) {
            if (distance > 0) {
                Bytes.setU16(array, position - 2, Bytes.u16(array, position - 2) | 1 << (distance - 1));
            }
            return true;
        }
        if (!grow(4)) {
            return false;
        }
        put32(sequence << 16);
        return true;
    }

    /**
     * Writes a picture loss indication.
     *
     * @param senderSsrc who asks
     * @param mediaSsrc the stream
     * @return false when it does not fit
     */
    public boolean pictureLoss(int senderSsrc, int mediaSsrc) {
        return beginFeedback(RtcpKind.PICTURE_LOSS, senderSsrc, mediaSsrc, 12);
    }

    /**
     * Writes a full intra request.
     *
     * @param senderSsrc who asks
     * @param mediaSsrc the stream
     * @param sequence number of the request: the same when it is repeated
     * @return false when it does not fit
     */
    public boolean fullIntraRequest(int senderSsrc, int mediaSsrc, int sequence) {
        // RFC 5104 section 4.3.1.2: the media source in the header is 0.
        if (!beginFeedback(RtcpKind.FULL_INTRA_REQUEST, senderSsrc, 0, 20)) {
            return false;
        }
        put32(mediaSsrc);
        put32(sequence << 24);
        return true;
    }

    /**
     * Writes a receiver's estimate of the bit rate.
     *
     * @param senderSsrc who estimates
     * @param bitsPerSecond rounded down to 18 bits of precision
     * @param ssrcs streams it is about, at most 255
     * @return false when it does not fit
     */
    public boolean receiverEstimatedBitrate(int senderSsrc, long bitsPerSecond, int... ssrcs) {
        int size = HEADER + 16 + 4 * ssrcs.length;
        if (!beginFeedback(RtcpKind.RECEIVER_ESTIMATED_BITRATE, senderSsrc, 0, size)) {
            return false;
        }
        int exponent = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(bitsPerSecond) - 18);
        put32(0x52454d42);
        put32(ssrcs.length << 24 | exponent << 18 | (int) (bitsPerSecond >>> exponent));
        for (int ssrc : ssrcs) {
            put32(ssrc);
        }
        return true;
    }

    /**
     * Writes a congestion control feedback (RFC 8888) without streams, to be followed by {@link #congestionStream}.
     *
     * @param senderSsrc who reports
     * @param timestamp middle 32 bits of the NTP time of the report
     * @return false when it does not fit
     */
    public boolean congestionFeedback(int senderSsrc, int timestamp) {
        if (!begin(RtcpKind.CONGESTION_FEEDBACK, RtcpKind.CONGESTION_FEEDBACK.format(), 12)) {
            return false;
        }
        put32(senderSsrc);
        put32(timestamp);
        reportRun = NONE;
        return true;
    }

    /**
     * Adds a stream to the congestion control feedback written last, to be followed by {@link #congestionReport}.
     *
     * @param ssrc the stream
     * @param firstSequence its first packet reported
     * @return false when it does not fit
     */
    public boolean congestionStream(int ssrc, int firstSequence) {
        // A stream without a report says nothing, and libwebrtc takes it for a fault of the whole packet.
        if (remaining() < 12 || !grow(8)) {
            return false;
        }
        int timestamp = Bytes.i32(array, position - 4);
        position -= 4;
        put32(ssrc);
        reportRun = position;
        put32((firstSequence & 0xffff) << 16);
        put32(timestamp);
        return true;
    }

    /**
     * Adds the next packet of the stream to the congestion control feedback.
     *
     * @param received whether it was
     * @param ecn its ECN bits
     * @param arrivalOffset in 1/1024 seconds before the report, held to {@link CongestionFeedbackReader#OFFSET_TOO_LARGE};
     *     negative for not known
     * @return false when it does not fit or the stream has 16384 reports
     */
    public boolean congestionReport(boolean received, int ecn, int arrivalOffset) {
        Objects.checkIndex(reportRun, position);
        int count = Bytes.u16(array, reportRun + 2);
        boolean odd = (count & 1) != 0;
        if (count == CongestionFeedbackReader.MAX_REPORTS || (!odd && !grow(4))) {
            return false;
        }
        int offset = arrivalOffset < 0
                ? CongestionFeedbackReader.OFFSET_UNAVAILABLE
                : Math.min(arrivalOffset, CongestionFeedbackReader.OFFSET_TOO_LARGE);
        int report = received ? 0x8000 | (ecn & 3) << 13 | offset : 0;
        Bytes.setU16(array, reportRun + 2, count + 1);
        if (odd) {
            Bytes.setU16(array, position - 6, report);
        } else {
            int timestamp = Bytes.i32(array, position - 4);
            position -= 4;
            put32(report << 16);
            put32(timestamp);
        }
        return true;
    }

    /**
     * Writes a transport-wide feedback.
     *
     * @param senderSsrc who reports
     * @param mediaSsrc any stream received
     * @param feedback what to say; it must have a packet
     * @return false when it does not fit
     */
    public boolean transportFeedback(int senderSsrc, int mediaSsrc, TransportFeedbackBuilder feedback) {
        int body = feedback.size();
        int size = HEADER + 8 + body;
        int padded = (size + 3) & ~3;
        if (!beginFeedback(RtcpKind.TRANSPORT_FEEDBACK, senderSsrc, mediaSsrc, padded)) {
            return false;
        }
        int end = open + padded;
        feedback.copyTo(array, position);
        position += body;
        if (position < end) {
            // The draft pads with zeros and has the count of padding in the last byte, as RTCP has it.
            array[open] |= 0x20;
            while (position < end) {
                array[position++] = 0;
            }
            array[end - 1] = (byte) (padded - size);
        }
        return true;
    }
}
