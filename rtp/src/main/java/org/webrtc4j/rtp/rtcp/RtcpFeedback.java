package org.webrtc4j.rtp.rtcp;

import java.util.Objects;
import org.webrtc4j.rtp.wire.Bytes;

/** The packet that a {@link RtcpReader} stands on: the fields of feedback with entries and of REMB (RFC 4585, RFC 5104). */
abstract sealed class RtcpFeedback extends RtcpBody permits RtcpReader {

    /** The two SSRCs that all feedback begins with. */
    static final int FEEDBACK = 8;

    static final int FIR_ENTRY = 8;
    static final int TMMBR_ENTRY = 8;

    private static final int REMB_NAME = 0x52454d42;

    RtcpFeedback() {}

    /** Whether application layer feedback is a REMB rather than somebody else's (RFC 4585 section 6.4). */
    boolean isRemb() {
        return Bytes.i32(array(), body() + FEEDBACK) == REMB_NAME;
    }

    /**
     * Returns how many entries a NACK, FIR, TMMBR or TMMBN has.
     *
     * @return 1 or more, for TMMBN 0 or more
     */
    public int entryCount() {
        return (bodyLength() - FEEDBACK) / (kind() == RtcpKind.NACK ? 4 : FIR_ENTRY);
    }

    private int entry(int index) {
        return body() + FEEDBACK + Objects.checkIndex(index, entryCount()) * (kind() == RtcpKind.NACK ? 4 : FIR_ENTRY);
    }

    /**
     * Returns the first lost packet of a NACK's entry.
     *
     * @param index from 0 to {@link #entryCount} - 1
     * @return a sequence number, 0 to 65535
     */
    public int nackPacketId(int index) {
        return Bytes.u16(array(), entry(index));
    }

    /**
     * Returns which of the sixteen packets after the first are lost too.
     *
     * @param index from 0 to {@link #entryCount} - 1
     * @return a bit for each, the lowest for the next packet
     */
    public int nackBitmask(int index) {
        return Bytes.u16(array(), entry(index) + 2);
    }

    /**
     * Returns the stream of an entry of FIR, TMMBR or TMMBN.
     *
     * @param index from 0 to {@link #entryCount} - 1
     * @return an SSRC
     */
    public int entrySsrc(int index) {
        return Bytes.i32(array(), entry(index));
    }

    /**
     * Returns the number of a FIR; the same number is the same request repeated.
     *
     * @param index from 0 to {@link #entryCount} - 1
     * @return 0 to 255
     */
    public int firSequence(int index) {
        return Bytes.u8(array(), entry(index) + 4);
    }

    /**
     * Returns the bit rate of an entry of TMMBR or TMMBN.
     *
     * @param index from 0 to {@link #entryCount} - 1
     * @return bit/s, held to what a long can say
     */
    public long maximumBitrate(int index) {
        int word = Bytes.i32(array(), entry(index) + 4);
        return shifted(word >>> 9 & 0x1_ffff, word >>> 26);
    }

    /**
     * Returns the overhead of an entry of TMMBR or TMMBN.
     *
     * @param index from 0 to {@link #entryCount} - 1
     * @return bytes per packet
     */
    public int packetOverhead(int index) {
        return Bytes.i32(array(), entry(index) + 4) & 0x1ff;
    }

    /**
     * Returns the bit rate of a REMB.
     *
     * @return bit/s, held to what a long can say
     */
    public long rembBitrate() {
        int word = Bytes.i32(array(), body() + FEEDBACK + 4);
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
        return Bytes.u8(array(), body() + FEEDBACK + 4);
    }

    /**
     * Returns a stream that a REMB speaks of.
     *
     * @param index from 0 to {@link #rembSsrcCount} - 1
     * @return an SSRC
     */
    public int rembSsrc(int index) {
        return Bytes.i32(array(), body() + FEEDBACK + 8 + 4 * Objects.checkIndex(index, rembSsrcCount()));
    }
}
