package org.webrtc4j.rtp.rtcp;

import org.webrtc4j.rtp.wire.Bytes;

/**
 * A cursor over the reports of a congestion control feedback (RFC 8888 section 3.1): for each stream a run of packets, with
 * two bytes each.
 *
 * <pre>
 * |                           SSRC                                |
 * |          begin_seq            |          num_reports          |
 * |R|ECN|  Arrival time offset    | ...                           |
 * </pre>
 */
public final class CongestionFeedbackReader {

    /** An offset of at least 8 seconds less two steps. */
    public static final int OFFSET_TOO_LARGE = 0x1ffe;

    /** The time of arrival is not known, or after the time of the report. */
    public static final int OFFSET_UNAVAILABLE = 0x1fff;

    /** Reports of one stream that a packet may have (RFC 8888 section 3.1). */
    public static final int MAX_REPORTS = 16_384;

    private static final int STREAM_HEADER = 8;

    private byte[] array = new byte[0];
    private int position;
    private int end;
    private int timestamp;
    private int ssrc;
    private int begin;
    private int count;
    private int index;
    private int reports;
    private boolean failed;

    /** Creates a reader of nothing; see {@link #reset}. */
    public CongestionFeedbackReader() {}

    /**
     * Points the cursor before the first stream.
     *
     * @param reader at a packet of {@link RtcpKind#CONGESTION_FEEDBACK} without a problem
     * @return this
     */
    public CongestionFeedbackReader reset(RtcpReader reader) {
        array = reader.array();
        position = reader.body() + 4;
        end = reader.body() + reader.bodyLength() - 4;
        timestamp = Bytes.i32(array, end);
        count = 0;
        index = 0;
        failed = false;
        return this;
    }

    /**
     * Moves to the next stream, past what is left of the one before.
     *
     * @return false at the end, and where reports go past it
     */
    public boolean nextStream() {
        if (position == end || failed) {
            return false;
        }
        if (end - position < STREAM_HEADER) {
            failed = true;
            return false;
        }
        ssrc = Bytes.i32(array, position);
        begin = Bytes.u16(array, position + 4);
        count = Bytes.u16(array, position + 6);
        reports = position + STREAM_HEADER;
        // An odd count is padded to a whole word.
        int size = 2 * (count + (count & 1));
        if (count > MAX_REPORTS || size > end - reports) {
            failed = true;
            count = 0;
            return false;
        }
        position = reports + size;
        index = -1;
        return true;
    }

    /**
     * Moves to the next packet of the stream.
     *
     * @return false at the stream's end
     */
    public boolean next() {
        if (index + 1 >= count) {
            return false;
        }
        index++;
        return true;
    }

    private int report() {
        return Bytes.u16(array, reports + 2 * index);
    }

    /**
     * Tells whether reports go past the end.
     *
     * @return true once {@link #nextStream} has found it so
     */
    public boolean failed() {
        return failed;
    }

    /**
     * Returns when the report was made.
     *
     * @return the middle 32 bits of an NTP time
     */
    public int timestamp() {
        return timestamp;
    }

    /**
     * Returns the stream under the cursor.
     *
     * @return an SSRC
     */
    public int ssrc() {
        return ssrc;
    }

    /**
     * Returns how many packets of the stream are spoken of.
     *
     * @return 0 to 16384
     */
    public int reportCount() {
        return count;
    }

    /**
     * Returns the packet under the cursor.
     *
     * @return its sequence number, 0 to 65535
     */
    public int sequenceNumber() {
        return (begin + index) & 0xffff;
    }

    /**
     * Tells whether the packet was received.
     *
     * @return true when it was
     */
    public boolean received() {
        return report() >= 0x8000;
    }

    /**
     * Returns the ECN bits that the packet came with.
     *
     * @return 0 to 3
     */
    public int ecn() {
        return report() >>> 13 & 3;
    }

    /**
     * Returns how long before the report the packet arrived.
     *
     * @return in 1/1024 seconds, or {@link #OFFSET_TOO_LARGE}, or {@link #OFFSET_UNAVAILABLE}
     */
    public int arrivalOffset() {
        return report() & 0x1fff;
    }
}
