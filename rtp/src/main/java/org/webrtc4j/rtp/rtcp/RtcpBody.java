package org.webrtc4j.rtp.rtcp;

import java.util.Objects;
import org.webrtc4j.rtp.wire.Bytes;

/**
 * The packet that a {@link RtcpReader} stands on: what it is, and the fields of reports, BYE and APP (RFC 3550 sections 6.4,
 * 6.6 and 6.7).
 */
abstract sealed class RtcpBody permits RtcpFeedback {

    static final int HEADER = 4;
    static final int BLOCK = 24;
    static final int SENDER_INFO = 20;

    private byte[] array = new byte[0];
    private int body;
    private int bodyLength;
    private int count;
    private RtcpKind kind = RtcpKind.UNKNOWN;

    RtcpBody() {}

    /** Stands on nothing of a datagram. */
    void clear(byte[] bytes) {
        array = bytes;
        kind = RtcpKind.UNKNOWN;
        bodyLength = 0;
        count = 0;
    }

    /** Stands on the packet whose body is the given range. */
    void stand(RtcpKind what, int number, int offset, int length) {
        kind = what;
        count = number;
        body = offset;
        bodyLength = length;
    }

    /**
     * Returns what the packet is.
     *
     * @return its kind
     */
    public RtcpKind kind() {
        return kind;
    }

    /**
     * Returns the five bits of count, feedback format or subtype.
     *
     * @return 0 to 31
     */
    public int count() {
        return count;
    }

    byte[] array() {
        return array;
    }

    int body() {
        return body;
    }

    int bodyLength() {
        return bodyLength;
    }

    /**
     * Returns who sent the packet; of any kind but SDES and BYE.
     *
     * @return an SSRC
     */
    public int senderSsrc() {
        return Bytes.i32(array, body);
    }

    /**
     * Returns the stream that feedback is about; of NACK, PLI, REMB (0), transport feedback.
     *
     * @return an SSRC
     */
    public int mediaSsrc() {
        return Bytes.i32(array, body + 4);
    }

    /**
     * Returns the wall time of a sender report.
     *
     * @return NTP time, 32 bits of seconds and 32 of fraction
     */
    public long ntp() {
        return Bytes.i64(array, body + 4);
    }

    /**
     * Returns the RTP timestamp of a sender report, of the same moment as {@link #ntp}.
     *
     * @return all 32 bits
     */
    public int rtpTimestamp() {
        return Bytes.i32(array, body + 12);
    }

    /**
     * Returns how many packets the sender of a report has sent.
     *
     * @return 0 to 4294967295
     */
    public long packetCount() {
        return Bytes.u32(array, body + 16);
    }

    /**
     * Returns how many bytes of payload the sender of a report has sent.
     *
     * @return 0 to 4294967295
     */
    public long octetCount() {
        return Bytes.u32(array, body + 20);
    }

    private int block(int index) {
        Objects.checkIndex(index, count);
        return body + 4 + (kind == RtcpKind.SENDER_REPORT ? SENDER_INFO : 0) + BLOCK * index;
    }

    /**
     * Returns the stream that a block of SR or RR is about.
     *
     * @param index from 0 to {@link #count} - 1
     * @return an SSRC
     */
    public int reportSsrc(int index) {
        return Bytes.i32(array, block(index));
    }

    /**
     * Returns the share of packets lost since the report before.
     *
     * @param index from 0 to {@link #count} - 1
     * @return 0 to 255, in 1/256
     */
    public int fractionLost(int index) {
        return Bytes.u8(array, block(index) + 4);
    }

    /**
     * Returns the packets lost in all; negative when duplicates outnumber losses.
     *
     * @param index from 0 to {@link #count} - 1
     * @return signed 24 bits
     */
    public int cumulativeLost(int index) {
        return Bytes.i24(array, block(index) + 5);
    }

    /**
     * Returns the highest sequence number received, with the count of wraps above it.
     *
     * @param index from 0 to {@link #count} - 1
     * @return 0 to 4294967295
     */
    public long extendedHighestSequence(int index) {
        return Bytes.u32(array, block(index) + 8);
    }

    /**
     * Returns the interarrival jitter.
     *
     * @param index from 0 to {@link #count} - 1
     * @return units of the RTP timestamp
     */
    public long jitter(int index) {
        return Bytes.u32(array, block(index) + 12);
    }

    /**
     * Returns the middle 32 bits of the NTP time of the last SR received.
     *
     * @param index from 0 to {@link #count} - 1
     * @return 0 when none was received
     */
    public int lastSenderReport(int index) {
        return Bytes.i32(array, block(index) + 16);
    }

    /**
     * Returns how long ago the last SR was received.
     *
     * @param index from 0 to {@link #count} - 1
     * @return in 1/65536 seconds
     */
    public long delaySinceLastSenderReport(int index) {
        return Bytes.u32(array, block(index) + 20);
    }

    /**
     * Returns who says goodbye; of BYE.
     *
     * @param index from 0 to {@link #count} - 1
     * @return an SSRC
     */
    public int byeSsrc(int index) {
        return Bytes.i32(array, body + 4 * Objects.checkIndex(index, count));
    }

    /**
     * Returns the name of an APP packet.
     *
     * @return four ASCII characters
     */
    public int applicationName() {
        return Bytes.i32(array, body + 4);
    }

    /**
     * Returns how much data an APP packet has.
     *
     * @return bytes
     */
    public int applicationDataLength() {
        return bodyLength - 8;
    }

    /**
     * Returns a byte of the data of an APP packet.
     *
     * @param index from 0
     * @return 0 to 255
     */
    public int applicationData(int index) {
        return Bytes.u8(array, body + 8 + Objects.checkIndex(index, applicationDataLength()));
    }
}
