package org.webrtc4j.rtp.rtcp;

import org.webrtc4j.rtp.wire.Bytes;

/**
 * Puts together what a transport-wide feedback says (draft-holmer-rmcat-transport-wide-cc-extensions-01 section 3.1), for
 * {@link RtcpWriter#transportFeedback}. Packets are added in rising order; those left out are not received.
 *
 * <p>Statuses are packed as they come: a run as long as all are alike, else a vector of fourteen where no delta is large,
 * else one of seven.
 */
public final class TransportFeedbackBuilder {

    private static final int HEADER = 8;
    private static final int ONE_BIT = 14;
    private static final int TWO_BIT = 7;
    private static final int MAX_RUN = 0x1fff;
    private static final int MAX_STATUSES = 0xffff;
    private static final long TICK_NANOS = TransportFeedbackReader.TICK_MICROS * 1_000L;
    private static final int NOT_RECEIVED = 0;
    private static final int SMALL = 1;
    private static final int LARGE = 2;

    private final int capacity;
    private final byte[] chunks;
    private final byte[] deltas;
    private int chunkBytes;
    private int deltaBytes;
    private final int[] pending = new int[ONE_BIT];
    private int pendingCount;
    private boolean alike;
    private boolean anyLarge;
    private int feedbackCount;
    private long base;
    private long next;
    private long reference;
    private long ticks;

    /**
     * Creates a builder.
     *
     * @param capacity the largest size of what is said, in bytes, without RTCP's header
     */
    public TransportFeedbackBuilder(int capacity) {
        this.capacity = capacity;
        chunks = new byte[capacity];
        deltas = new byte[capacity];
    }

    /**
     * Starts a feedback with the first packet it speaks of.
     *
     * @param number of this feedback; its low 8 bits count
     * @param baseSequence the first packet, unwrapped
     * @param firstArrivalNanos when the first received packet arrived, from which the reference time is taken
     */
    public void begin(int number, long baseSequence, long firstArrivalNanos) {
        feedbackCount = number;
        base = baseSequence;
        next = baseSequence;
        chunkBytes = 0;
        deltaBytes = 0;
        pendingCount = 0;
        alike = true;
        anyLarge = false;
        reference = Math.floorDiv(firstArrivalNanos, TICK_NANOS * TransportFeedbackReader.TICKS_PER_REFERENCE);
        ticks = reference * TransportFeedbackReader.TICKS_PER_REFERENCE;
    }

    /**
     * Adds a received packet; those between it and the one before are not received.
     *
     * @param sequence unwrapped, above the one before
     * @param arrivalNanos when it arrived
     * @return false, with nothing added, when it does not fit or is too far from the one before: finish, and begin the next
     *     with it
     */
    public boolean add(long sequence, long arrivalNanos) {
        long tick = Math.floorDiv(arrivalNanos, TICK_NANOS);
        long delta = tick - ticks;
        boolean small = delta >= 0 && delta <= 0xff;
        int size = small ? 1 : 2;
        long missing = sequence - next;
        if (delta != (short) delta || missing < 0 || sequence - base >= MAX_STATUSES || !fits(missing, size)) {
            return false;
        }
        for (long i = 0; i < missing; i++) {
            symbol(NOT_RECEIVED);
        }
        symbol(small ? SMALL : LARGE);
        if (small) {
            deltas[deltaBytes] = (byte) delta;
        } else {
            Bytes.setU16(deltas, deltaBytes, (int) delta);
        }
        deltaBytes += size;
        ticks = tick;
        next = sequence + 1;
        return true;
    }

    /** A gap is a run; before and after it at worst some vectors are ended early. */
    private boolean fits(long missing, int deltaSize) {
        long chunksAtWorst = 5 + missing / MAX_RUN;
        return size() + 2 * chunksAtWorst + deltaSize <= capacity;
    }

    private void symbol(int symbol) {
        boolean runs = alike && pendingCount < MAX_RUN && (pendingCount == 0 || pending[0] == symbol);
        boolean oneBit = pendingCount < ONE_BIT && !anyLarge && symbol != LARGE;
        if (!runs && !oneBit && pendingCount >= TWO_BIT) {
            emit(false);
        }
        if (pendingCount < ONE_BIT) {
            pending[pendingCount] = symbol;
        }
        alike = pendingCount == 0 || (alike && pending[0] == symbol);
        anyLarge |= symbol == LARGE;
        pendingCount++;
    }

    /** Writes the chunk that holds most of what is pending, and keeps the rest; only the last vector may have room left. */
    private void emit(boolean last) {
        if (alike) {
            chunk(pending[0] << 13 | pendingCount);
            restart(pendingCount);
        } else if (!anyLarge && (pendingCount == ONE_BIT || (last && pendingCount > TWO_BIT))) {
            chunk(0x8000 | packed(ONE_BIT, 1));
            restart(Math.min(pendingCount, ONE_BIT));
        } else {
            chunk(0xc000 | packed(TWO_BIT, 2));
            restart(Math.min(pendingCount, TWO_BIT));
        }
    }

    private int packed(int length, int bits) {
        int word = 0;
        for (int i = 0; i < length; i++) {
            word = word << bits | (i < pendingCount ? pending[i] : NOT_RECEIVED);
        }
        return word;
    }

    private void restart(int taken) {
        int rest = pendingCount - taken;
        pendingCount = rest;
        alike = true;
        anyLarge = false;
        for (int i = 0; i < rest; i++) {
            pending[i] = pending[i + taken];
            alike &= pending[i] == pending[0];
            anyLarge |= pending[i] == LARGE;
        }
    }

    private void chunk(int word) {
        Bytes.setU16(chunks, chunkBytes, word);
        chunkBytes += 2;
    }

    /**
     * Returns how many packets are spoken of, received or not.
     *
     * @return 0 before the first
     */
    public int statusCount() {
        return (int) (next - base);
    }

    /** The size of what is said; what is pending fits in one chunk always, as large deltas are never more than seven. */
    int size() {
        return HEADER + chunkBytes + (pendingCount == 0 ? 0 : 2) + deltaBytes;
    }

    /** Writes what {@link #size} counted; the builder must be begun anew afterwards. */
    void copyTo(byte[] array, int at) {
        if (pendingCount > 0) {
            emit(true);
        }
        Bytes.setU16(array, at, (int) base);
        Bytes.setU16(array, at + 2, statusCount());
        Bytes.setU24(array, at + 4, (int) reference);
        array[at + 7] = (byte) feedbackCount;
        System.arraycopy(chunks, 0, array, at + HEADER, chunkBytes);
        System.arraycopy(deltas, 0, array, at + HEADER + chunkBytes, deltaBytes);
    }
}
