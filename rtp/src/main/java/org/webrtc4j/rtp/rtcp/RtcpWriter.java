package org.webrtc4j.rtp.rtcp;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.webrtc4j.rtp.wire.Bytes;

/**
 * Builds one datagram of RTCP packets, of at most a given size: what does not fit is not written, and the method says so;
 * the caller transmits and goes on with an empty one. Reused; nothing is allocated after construction.
 */
public final class RtcpWriter {

    /** Blocks of one SR or RR (RFC 3550 section 6.4.1). */
    public static final int MAX_REPORT_BLOCKS = 31;

    private static final int HEADER = 4;
    private static final int BLOCK = 24;
    private static final int NACK_SPAN = 16;
    private static final int MAX_TEXT = 255;
    private static final int NONE = -1;

    private final byte[] array;
    private final ByteBuffer view;
    private int position;
    /** Where the packet starts that may still grow, or NONE. */
    private int open = NONE;

    private int reportRun = NONE;

    /**
     * Creates a writer.
     *
     * @param capacity the largest datagram, in bytes
     */
    public RtcpWriter(int capacity) {
        array = new byte[capacity];
        view = ByteBuffer.wrap(array);
    }

    /**
     * Starts an empty datagram.
     *
     * @return this
     */
    public RtcpWriter clear() {
        position = 0;
        open = NONE;
        reportRun = NONE;
        return this;
    }

    /**
     * Returns how many bytes are written.
     *
     * @return 0 when nothing is
     */
    public int size() {
        return position;
    }

    /**
     * Returns how many bytes still fit.
     *
     * @return capacity less size
     */
    public int remaining() {
        return array.length - position;
    }

    /**
     * Returns what is written.
     *
     * @return the same heap buffer each time, valid until the next write
     */
    public ByteBuffer packet() {
        return view.limit(position).position(0);
    }

    /** Opens a packet of a size known from the start; false when it does not fit. */
    private boolean begin(RtcpKind kind, int count, int size) {
        if (size > remaining()) {
            return false;
        }
        open = position;
        array[position] = (byte) (0x80 | count);
        array[position + 1] = (byte) kind.type();
        Bytes.setU16(array, position + 2, size / 4 - 1);
        position += HEADER;
        return true;
    }

    private boolean beginFeedback(RtcpKind kind, int senderSsrc, int mediaSsrc, int size) {
        if (!begin(kind, kind.format(), size)) {
            return false;
        }
        put32(senderSsrc);
        put32(mediaSsrc);
        return true;
    }

    /** Makes the open packet longer by whole words; false when they do not fit. */
    private boolean grow(int size) {
        if (size > remaining()) {
            return false;
        }
        Bytes.setU16(array, open + 2, Bytes.u16(array, open + 2) + size / 4);
        return true;
    }

    private void put32(int value) {
        Bytes.setI32(array, position, value);
        position += 4;
    }

    private void put64(long value) {
        Bytes.setI64(array, position, value);
        position += 8;
    }

    /**
     * Writes a sender report, to be followed by its {@link #reportBlock}s.
     *
     * @param ssrc whose report
     * @param ntp wall time
     * @param rtpTimestamp the same moment on the stream's clock
     * @param packets sent
     * @param octets of payload sent
     * @return false when it does not fit
     */
    public boolean senderReport(int ssrc, long ntp, int rtpTimestamp, long packets, long octets) {
        if (!begin(RtcpKind.SENDER_REPORT, 0, 28)) {
            return false;
        }
        put32(ssrc);
        put64(ntp);
        put32(rtpTimestamp);
        put32((int) packets);
        put32((int) octets);
        return true;
    }

    /**
     * Writes a receiver report, to be followed by its {@link #reportBlock}s.
     *
     * @param ssrc whose report
     * @return false when it does not fit
     */
    public boolean receiverReport(int ssrc) {
        if (!begin(RtcpKind.RECEIVER_REPORT, 0, 8)) {
            return false;
        }
        put32(ssrc);
        return true;
    }

    /**
     * Writes a block of the report written last.
     *
     * @param ssrc the stream it is about
     * @param fractionLost in 1/256
     * @param cumulativeLost held to signed 24 bits
     * @param extendedHighest highest sequence number with wraps above it
     * @param jitter units of the RTP timestamp
     * @param lastSenderReport middle 32 bits of its NTP time, or 0
     * @param delaySinceLast in 1/65536 seconds
     * @return false when it does not fit or the report has {@value #MAX_REPORT_BLOCKS} blocks
     */
    public boolean reportBlock(
            int ssrc,
            int fractionLost,
            int cumulativeLost,
            long extendedHighest,
            long jitter,
            int lastSenderReport,
            long delaySinceLast) {
        int blocks = array[open] & 0x1f;
        if (blocks == MAX_REPORT_BLOCKS || !grow(BLOCK)) {
            return false;
        }
        array[open]++;
        put32(ssrc);
        // RFC 3550 section 6.4.1: the loss is clamped at 0x7fffff; appendix A.3.
        int lost = Math.max(-0x80_0000, Math.min(0x7f_ffff, cumulativeLost));
        put32(fractionLost << 24 | (lost & 0xff_ffff));
        put32((int) extendedHighest);
        put32((int) jitter);
        put32(lastSenderReport);
        put32((int) delaySinceLast);
        return true;
    }

    /**
     * Writes an SDES packet of one chunk with one item.
     *
     * @param ssrc whose
     * @param itemType as in {@link SourceDescriptionReader}
     * @param text UTF-8, at most 255 bytes
     * @return false when it does not fit
     * @throws IllegalArgumentException when the text is too long
     */
    public boolean sourceDescription(int ssrc, int itemType, byte[] text) {
        if (text.length > MAX_TEXT) {
            throw new IllegalArgumentException("SDES item of " + text.length + " bytes");
        }
        // At least one zero ends the items.
        int size = HEADER + 4 + (2 + text.length + 4) / 4 * 4;
        if (!begin(RtcpKind.SOURCE_DESCRIPTION, 1, size)) {
            return false;
        }
        int end = open + size;
        put32(ssrc);
        array[position++] = (byte) itemType;
        array[position++] = (byte) text.length;
        System.arraycopy(text, 0, array, position, text.length);
        position += text.length;
        while (position < end) {
            array[position++] = 0;
        }
        return true;
    }

    /**
     * Writes a BYE of one stream.
     *
     * @param ssrc which ends
     * @return false when it does not fit
     */
    public boolean bye(int ssrc) {
        if (!begin(RtcpKind.BYE, 1, 8)) {
            return false;
        }
        put32(ssrc);
        return true;
    }

    /**
     * Writes an APP packet.
     *
     * @param ssrc whose
     * @param subtype 0 to 31
     * @param name four ASCII characters
     * @param data a multiple of four bytes
     * @return false when it does not fit
     * @throws IllegalArgumentException when the data is not whole words
     */
    public boolean application(int ssrc, int subtype, int name, byte[] data) {
        if ((data.length & 3) != 0) {
            throw new IllegalArgumentException("APP data of " + data.length + " bytes");
        }
        if (!begin(RtcpKind.APPLICATION, subtype & 0x1f, HEADER + 8 + data.length)) {
            return false;
        }
        put32(ssrc);
        put32(name);
        System.arraycopy(data, 0, array, position, data.length);
        position += data.length;
        return true;
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
     * Writes an extended report with a reference time (RFC 3611 section 4.4).
     *
     * @param senderSsrc whose
     * @param ntp wall time
     * @return false when it does not fit
     */
    public boolean referenceTime(int senderSsrc, long ntp) {
        if (!begin(RtcpKind.EXTENDED_REPORT, 0, 20)) {
            return false;
        }
        put32(senderSsrc);
        put32(ExtendedReportReader.REFERENCE_TIME << 24 | 2);
        put64(ntp);
        return true;
    }

    /**
     * Writes an extended report that answers a reference time (RFC 3611 section 4.5).
     *
     * @param senderSsrc whose
     * @param ssrc whose reference time is answered
     * @param lastReferenceTime middle 32 bits of it
     * @param delay since it arrived, in 1/65536 seconds
     * @return false when it does not fit
     */
    public boolean delaySinceReferenceTime(int senderSsrc, int ssrc, int lastReferenceTime, long delay) {
        if (!begin(RtcpKind.EXTENDED_REPORT, 0, 24)) {
            return false;
        }
        put32(senderSsrc);
        put32(ExtendedReportReader.DELAY_SINCE_REFERENCE_TIME << 24 | 3);
        put32(ssrc);
        put32(lastReferenceTime);
        put32((int) delay);
        return true;
    }

    /**
     * Writes an extended report with a target bit rate, to be followed by {@link #targetBitrateNext}.
     *
     * @param senderSsrc whose
     * @param spatial layer, 0 to 15
     * @param temporal layer, 0 to 15
     * @param kbps kbit/s
     * @return false when it does not fit
     */
    public boolean targetBitrate(int senderSsrc, int spatial, int temporal, int kbps) {
        if (!begin(RtcpKind.EXTENDED_REPORT, 0, 16)) {
            return false;
        }
        put32(senderSsrc);
        put32(ExtendedReportReader.TARGET_BITRATE << 24 | 1);
        put32(spatial << 28 | temporal << 24 | (kbps & 0xff_ffff));
        return true;
    }

    /**
     * Adds a layer to the target bit rates written last.
     *
     * @param spatial layer, 0 to 15
     * @param temporal layer, 0 to 15
     * @param kbps kbit/s
     * @return false when it does not fit
     */
    public boolean targetBitrateNext(int spatial, int temporal, int kbps) {
        if (!grow(4)) {
            return false;
        }
        Bytes.setU16(array, open + 10, Bytes.u16(array, open + 10) + 1);
        put32(spatial << 28 | temporal << 24 | (kbps & 0xff_ffff));
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
        if (!grow(8)) {
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
