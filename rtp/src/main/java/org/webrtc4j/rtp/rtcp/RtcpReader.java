package org.webrtc4j.rtp.rtcp;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.rtp.RtpDrop;
import org.webrtc4j.rtp.wire.Bytes;

/**
 * A cursor over the RTCP packets of one datagram (RFC 3550 section 6.4).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |V=2|P|count/fmt|      type     |      length in words - 1      |
 * |                        SSRC of the sender                     |
 * |                              ...                              |
 * </pre>
 *
 * <p>{@link #next} moves on; then {@link #kind} and {@link #problem} say what is there, and the accessors of that kind may
 * be used when there is no problem: everything they reach is then within the packet. The bytes are borrowed until the next
 * reset. Reused; nothing is allocated.
 */
public final class RtcpReader {

    private static final int HEADER = 4;
    private static final int BLOCK = 24;
    private static final int SENDER_INFO = 20;
    private static final int FEEDBACK = 8;
    private static final int REMB_NAME = 0x52454d42;
    private static final int FIR_ENTRY = 8;
    private static final int TMMBR_ENTRY = 8;

    private byte[] array = new byte[0];
    private int position;
    private int end;
    private int body;
    private int bodyLength;
    private int count;
    private int type;
    private boolean malformed;
    private RtcpKind kind = RtcpKind.UNKNOWN;
    private @Nullable RtpDrop problem;

    /** Creates a reader of nothing; see {@link #reset(ByteBuffer)}. */
    public RtcpReader() {}

    /**
     * Points the cursor before the first packet of a datagram.
     *
     * @param packet the bytes between position and limit of a heap buffer, borrowed until the next reset
     * @return this
     */
    public RtcpReader reset(ByteBuffer packet) {
        return reset(packet.array(), packet.arrayOffset() + packet.position(), packet.remaining());
    }

    /**
     * Points the cursor before the first packet of a datagram.
     *
     * @param bytes the array, borrowed until the next reset
     * @param offset where the datagram starts
     * @param length its size
     * @return this
     * @throws IndexOutOfBoundsException when the range is not within the array
     */
    public RtcpReader reset(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        array = bytes;
        position = offset;
        end = offset + length;
        malformed = false;
        problem = null;
        kind = RtcpKind.UNKNOWN;
        bodyLength = 0;
        count = 0;
        return this;
    }

    /**
     * Moves to the next packet.
     *
     * @return false at the end, and where the rest is {@link #malformed()}
     */
    public boolean next() {
        if (position == end || malformed) {
            return false;
        }
        if (end - position < HEADER || (array[position] & 0xc0) != 0x80) {
            malformed = true;
            return false;
        }
        int size = HEADER + 4 * Bytes.u16(array, position + 2);
        if (size > end - position) {
            malformed = true;
            return false;
        }
        boolean padded = (array[position] & 0x20) != 0;
        count = array[position] & 0x1f;
        type = array[position + 1] & 0xff;
        body = position + HEADER;
        bodyLength = size - HEADER;
        position += size;
        if (padded) {
            // RFC 3550 section 6.4.1 wants whole words, and of the last packet only; transport feedback is padded by
            // single bytes wherever it stands.
            int padding = bodyLength == 0 ? 0 : array[position - 1] & 0xff;
            if (padding == 0 || padding > bodyLength) {
                malformed = true;
                return false;
            }
            bodyLength -= padding;
        }
        kind = RtcpKind.of(type, count);
        problem = check();
        return true;
    }

    private @Nullable RtpDrop check() {
        return switch (kind) {
            case SENDER_REPORT -> atLeast(4 + SENDER_INFO + BLOCK * count);
            case RECEIVER_REPORT -> atLeast(4 + BLOCK * count);
            case SOURCE_DESCRIPTION -> atLeast(4 * count);
            case BYE -> atLeast(4 * count);
            case APPLICATION -> atLeast(8);
            case NACK -> entries(4);
            case PICTURE_LOSS -> atLeast(FEEDBACK);
            case FULL_INTRA_REQUEST -> entries(FIR_ENTRY);
            case TMMBR, TMMBN ->
                bodyLength >= FEEDBACK && (bodyLength - FEEDBACK) % TMMBR_ENTRY == 0 ? null : RtpDrop.RTCP_BAD_COUNT;
            case RECEIVER_ESTIMATED_BITRATE -> checkRemb();
            case TRANSPORT_FEEDBACK -> atLeast(FEEDBACK + 8);
            case CONGESTION_FEEDBACK -> atLeast(8);
            case EXTENDED_REPORT -> atLeast(4);
            case UNKNOWN -> RtpDrop.RTCP_UNKNOWN_TYPE;
        };
    }

    private @Nullable RtpDrop atLeast(int length) {
        return bodyLength < length ? RtpDrop.RTCP_BAD_COUNT : null;
    }

    private @Nullable RtpDrop entries(int size) {
        int rest = bodyLength - FEEDBACK;
        return rest <= 0 || rest % size != 0 ? RtpDrop.RTCP_BAD_COUNT : null;
    }

    private @Nullable RtpDrop checkRemb() {
        if (bodyLength < FEEDBACK + 8) {
            return RtpDrop.RTCP_BAD_COUNT;
        }
        if (Bytes.i32(array, body + FEEDBACK) != REMB_NAME) {
            // Application layer feedback of somebody else's (RFC 4585 section 6.4).
            return RtpDrop.RTCP_UNKNOWN_TYPE;
        }
        return atLeast(FEEDBACK + 8 + 4 * rembSsrcCount());
    }

    /**
     * Tells whether the datagram could not be read to its end: a header cut off, a version other than 2, a length past the
     * end, or impossible padding.
     *
     * @return true once {@link #next} has found it so
     */
    public boolean malformed() {
        return malformed;
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
     * Returns why the packet must not be looked into.
     *
     * @return null when it may, else a kind that is not known or counts above the body
     */
    public @Nullable RtpDrop problem() {
        return problem;
    }

    /**
     * Returns the packet type.
     *
     * @return 0 to 255
     */
    public int type() {
        return type;
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

    /**
     * Returns how many entries a NACK, FIR, TMMBR or TMMBN has.
     *
     * @return 1 or more, for TMMBN 0 or more
     */
    public int entryCount() {
        return (bodyLength - FEEDBACK) / (kind == RtcpKind.NACK ? 4 : FIR_ENTRY);
    }

    private int entry(int index) {
        return body + FEEDBACK + Objects.checkIndex(index, entryCount()) * (kind == RtcpKind.NACK ? 4 : FIR_ENTRY);
    }

    /**
     * Returns the first lost packet of a NACK's entry.
     *
     * @param index from 0 to {@link #entryCount} - 1
     * @return a sequence number, 0 to 65535
     */
    public int nackPacketId(int index) {
        return Bytes.u16(array, entry(index));
    }

    /**
     * Returns which of the sixteen packets after the first are lost too.
     *
     * @param index from 0 to {@link #entryCount} - 1
     * @return a bit for each, the lowest for the next packet
     */
    public int nackBitmask(int index) {
        return Bytes.u16(array, entry(index) + 2);
    }

    /**
     * Returns the stream of an entry of FIR, TMMBR or TMMBN.
     *
     * @param index from 0 to {@link #entryCount} - 1
     * @return an SSRC
     */
    public int entrySsrc(int index) {
        return Bytes.i32(array, entry(index));
    }

    /**
     * Returns the number of a FIR; the same number is the same request repeated.
     *
     * @param index from 0 to {@link #entryCount} - 1
     * @return 0 to 255
     */
    public int firSequence(int index) {
        return Bytes.u8(array, entry(index) + 4);
    }

    /**
     * Returns the bit rate of an entry of TMMBR or TMMBN.
     *
     * @param index from 0 to {@link #entryCount} - 1
     * @return bit/s, held to what a long can say
     */
    public long maximumBitrate(int index) {
        int word = Bytes.i32(array, entry(index) + 4);
        return shifted(word >>> 9 & 0x1_ffff, word >>> 26);
    }

    /**
     * Returns the overhead of an entry of TMMBR or TMMBN.
     *
     * @param index from 0 to {@link #entryCount} - 1
     * @return bytes per packet
     */
    public int packetOverhead(int index) {
        return Bytes.i32(array, entry(index) + 4) & 0x1ff;
    }

    /**
     * Returns the bit rate of a REMB.
     *
     * @return bit/s, held to what a long can say
     */
    public long rembBitrate() {
        int word = Bytes.i32(array, body + FEEDBACK + 4);
        return shifted(word & 0x3_ffff, word >>> 18 & 0x3f);
    }

    /** The exponent has six bits, so that the product may have 81. */
    private static long shifted(long mantissa, int exponent) {
        return mantissa != 0 && exponent >= Long.numberOfLeadingZeros(mantissa) ? Long.MAX_VALUE : mantissa << exponent;
    }

    /**
     * Returns how many streams a REMB speaks of.
     *
     * @return 0 to 255
     */
    public int rembSsrcCount() {
        return Bytes.u8(array, body + FEEDBACK + 4);
    }

    /**
     * Returns a stream that a REMB speaks of.
     *
     * @param index from 0 to {@link #rembSsrcCount} - 1
     * @return an SSRC
     */
    public int rembSsrc(int index) {
        return Bytes.i32(array, body + FEEDBACK + 8 + 4 * Objects.checkIndex(index, rembSsrcCount()));
    }
}
