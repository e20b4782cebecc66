package org.webrtc4j.rtp.rtcp;

import org.webrtc4j.rtp.wire.Bytes;

/**
 * A cursor over the received packets of a transport-wide feedback (draft-holmer-rmcat-transport-wide-cc-extensions-01
 * section 3.1): those not received are the gaps between them, so that a reading is never longer than the packet.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |      base sequence number     |      packet status count      |
 * |                 reference time                | fb pkt. count |
 * |          packet chunk         |  ...     receive deltas  ...  |
 * </pre>
 */
public final class TransportFeedbackReader {

    /** Microseconds of a tick of receive times. */
    public static final int TICK_MICROS = 250;

    /** Ticks of a unit of the reference time, 64 ms. */
    public static final int TICKS_PER_REFERENCE = 256;

    private static final int HEADER = 16;
    private static final int LARGE = 2;

    private byte[] array = new byte[0];
    private int base;
    private int statusCount;
    private int reference;
    private int feedbackCount;
    private int chunk;
    private int delta;
    /** How the chunk under the cursor is read: bits per symbol, or 0 for a run. */
    private int symbolBits;

    private int symbols;
    private int left;
    private int index;
    private int ticks;
    private int statusesLeft;

    /** Creates a reader of nothing; see {@link #reset}. */
    public TransportFeedbackReader() {}

    /**
     * Points the cursor before the first received packet.
     *
     * @param reader at a packet of {@link RtcpKind#TRANSPORT_FEEDBACK} without a problem
     * @return false when statuses or deltas do not fit the packet: there is then nothing to read
     */
    public boolean reset(RtcpReader reader) {
        array = reader.array();
        int body = reader.body();
        int end = body + reader.bodyLength();
        base = Bytes.u16(array, body + 8);
        statusCount = Bytes.u16(array, body + 10);
        reference = Bytes.i24(array, body + 12);
        feedbackCount = Bytes.u8(array, body + 15);
        int deltas = measure(body + HEADER, end);
        chunk = body + HEADER;
        left = 0;
        index = -1;
        ticks = 0;
        statusesLeft = deltas < 0 ? 0 : statusCount;
        delta = deltas;
        return deltas >= 0;
    }

    /** Walks over the chunks; returns where deltas start, or -1 where something does not fit. */
    private int measure(int chunks, int end) {
        int at = chunks;
        int bytes = 0;
        for (int rest = statusCount; rest > 0; at += 2) {
            if (end - at < 2) {
                return -1;
            }
            open(Bytes.u16(array, at));
            int n = Math.min(left, rest);
            rest -= n;
            if (symbolBits == 0) {
                if (symbols > LARGE) {
                    return -1;
                }
                bytes += n * symbols;
            } else {
                for (int i = 0; i < n; i++) {
                    int symbol = take();
                    if (symbol > LARGE) {
                        return -1;
                    }
                    bytes += symbol;
                }
            }
        }
        return bytes <= end - at ? at : -1;
    }

    private void open(int word) {
        if ((word & 0x8000) == 0) {
            symbolBits = 0;
            symbols = word >>> 13 & 3;
            left = word & 0x1fff;
        } else if ((word & 0x4000) == 0) {
            symbolBits = 1;
            symbols = word & 0x3fff;
            left = 14;
        } else {
            symbolBits = 2;
            symbols = word & 0x3fff;
            left = 7;
        }
    }

    /** Takes the next symbol of a vector: for one bit, received with a small delta or not. */
    private int take() {
        left--;
        return symbols >>> (left * symbolBits) & (symbolBits == 1 ? 1 : 3);
    }

    /**
     * Moves to the next packet that was received.
     *
     * @return false at the end
     */
    public boolean next() {
        while (statusesLeft > 0) {
            if (left == 0) {
                open(Bytes.u16(array, chunk));
                chunk += 2;
                continue;
            }
            int symbol;
            if (symbolBits == 0 && symbols == 0) {
                int skipped = Math.min(left, statusesLeft);
                statusesLeft -= skipped;
                index += skipped;
                left = 0;
                continue;
            } else if (symbolBits == 0) {
                left--;
                symbol = symbols;
            } else {
                symbol = take();
            }
            statusesLeft--;
            index++;
            if (symbol == 0) {
                continue;
            }
            if (symbol == LARGE) {
                ticks += (short) Bytes.u16(array, delta);
                delta += 2;
            } else {
                ticks += Bytes.u8(array, delta);
                delta++;
            }
            return true;
        }
        return false;
    }

    /**
     * Returns the number of the first packet spoken of.
     *
     * @return 0 to 65535
     */
    public int baseSequence() {
        return base;
    }

    /**
     * Returns how many packets are spoken of, received or not.
     *
     * @return 0 to 65535
     */
    public int statusCount() {
        return statusCount;
    }

    /**
     * Returns the time that arrivals count from.
     *
     * @return signed 24 bits in units of 64 ms, on a clock of the receiver
     */
    public int referenceTime() {
        return reference;
    }

    /**
     * Returns the number of this feedback, by which lost ones are found.
     *
     * @return 0 to 255
     */
    public int feedbackCount() {
        return feedbackCount;
    }

    /**
     * Returns how far after the first packet spoken of the one under the cursor is.
     *
     * @return 0 to {@link #statusCount} - 1
     */
    public int index() {
        return index;
    }

    /**
     * Returns when the packet under the cursor arrived.
     *
     * @return ticks of {@value #TICK_MICROS} microseconds since the reference time; may fall
     */
    public int ticks() {
        return ticks;
    }
}
