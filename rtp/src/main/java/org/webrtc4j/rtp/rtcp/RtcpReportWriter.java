package org.webrtc4j.rtp.rtcp;

import org.webrtc4j.rtp.wire.Bytes;

/** Writes what members of a session tell of themselves: reports, names, goodbyes (RFC 3550 section 6), XR (RFC 3611). */
abstract sealed class RtcpReportWriter extends RtcpDatagram permits RtcpWriter {

    /** Blocks of one SR or RR (RFC 3550 section 6.4.1). */
    public static final int MAX_REPORT_BLOCKS = 31;

    private static final int BLOCK = 24;
    private static final int MAX_TEXT = 255;

    RtcpReportWriter(int capacity) {
        super(capacity);
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
}
