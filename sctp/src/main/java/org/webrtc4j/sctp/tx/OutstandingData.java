package org.webrtc4j.sctp.tx;

import org.webrtc4j.sctp.packet.PacketBuilder;

/**
 * DATA chunks sent and not yet cumulatively acknowledged: a ring by TSN of parallel arrays, no object per chunk.
 *
 * <p>A chunk is (message, offset, length); its bytes stay in the message. TSNs are unwrapped. A chunk is <em>in flight</em>,
 * found <em>lost</em> and waiting to be sent again, <em>acked</em> by a gap block (which the peer may take back, RFC 9260
 * section 6.2.1), or <em>abandoned</em> (RFC 3758).
 */
final class OutstandingData {

    static final byte IN_FLIGHT = 1;
    static final byte LOST = 2;
    static final byte ACKED = 3;
    static final byte ABANDONED = 4;

    /** Gap blocks reach 65535 beyond the cumulative TSN; further chunks could not be reported. */
    static final int MAX_SPAN = 65_535;

    /** Reports after which a chunk is held lost (RFC 9260 section 7.2.4). */
    static final int REPORTS = 3;

    private final ChunkRing ring = new ChunkRing();
    private final DeliveryRate rate = new DeliveryRate(ring);

    /** The lowest TSN not cumulatively acknowledged. */
    private long base;
    /** The next TSN to assign. */
    private long next;

    private long flightBytes;
    private long flightPayload;
    private int lostCount;
    private int ackedCount;
    private int abandonedCount;
    private long highestAcked;
    /** No chunk below this TSN is lost. */
    private long lostHint;
    /** Transmissions so far. */
    private long transmissions;

    /** Bytes of a chunk that are not payload. */
    private int headerSize = PacketBuilder.DATA_HEADER_SIZE;

    /** Forgets everything and starts at an initial TSN, with chunks whose headers have this size. */
    void start(long initialTsn, int headerSize) {
        this.headerSize = headerSize;
        base = initialTsn;
        next = initialTsn;
        lostHint = initialTsn;
        highestAcked = initialTsn - 1;
        flightBytes = 0;
        flightPayload = 0;
        lostCount = 0;
        ackedCount = 0;
        abandonedCount = 0;
        rate.start();
        ring.clear();
    }

    DeliveryRate rate() {
        return rate;
    }

    long base() {
        return base;
    }

    long next() {
        return next;
    }

    boolean isEmpty() {
        return base == next;
    }

    boolean isFull() {
        return next - base >= MAX_SPAN;
    }

    long flightBytes() {
        return flightBytes;
    }

    long flightPayload() {
        return flightPayload;
    }

    int lostCount() {
        return lostCount;
    }

    int abandonedCount() {
        return abandonedCount;
    }

    /** Nearest unwrapped TSN to the cumulative one. */
    long unwrap(int tsn) {
        long cumulative = base - 1;
        return cumulative + (tsn - (int) cumulative);
    }

    private int slot(long tsn) {
        return ring.slot(tsn);
    }

    OutboundMessage message(long tsn) {
        OutboundMessage message = ring.messages[slot(tsn)];
        if (message == null) {
            throw new IllegalStateException("no chunk at this TSN");
        }
        return message;
    }

    int offset(long tsn) {
        return ring.offsets[slot(tsn)];
    }

    int length(long tsn) {
        return ring.lengths[slot(tsn)];
    }

    int sends(long tsn) {
        return ring.sends[slot(tsn)];
    }

    byte state(long tsn) {
        return ring.states[slot(tsn)];
    }

    int fragment(long tsn) {
        return ring.fragments[slot(tsn)];
    }

    /** What a chunk with so much payload takes in a packet. */
    int serialized(int length) {
        return headerSize + ((length + 3) & ~3);
    }

    /** Adds a chunk sent for the first time, and returns its TSN. */
    long add(OutboundMessage message, int offset, int length, long nowNanos) {
        long tsn = append(message, offset, length, IN_FLIGHT, nowNanos);
        leaves(slot(tsn), nowNanos);
        flightBytes += serialized(length);
        flightPayload += length;
        return tsn;
    }

    private void leaves(int slot, long nowNanos) {
        ring.sentAt[slot] = nowNanos;
        ring.order[slot] = ++transmissions;
        rate.sent(slot, flightBytes, nowNanos);
    }

    /** Adds the end marker of an abandoned message: a TSN that is never sent, so that there is one to skip to. */
    void addAbandonedEnd(OutboundMessage message, long nowNanos) {
        append(message, message.payload.length, 0, ABANDONED, nowNanos);
        abandonedCount++;
    }

    private long append(OutboundMessage message, int offset, int length, byte state, long nowNanos) {
        if (next - base == ring.capacity()) {
            ring.grow(base, next);
        }
        int slot = slot(next);
        ring.sentAt[slot] = nowNanos;
        ring.horizon[slot] = Long.MIN_VALUE;
        ring.messages[slot] = message;
        ring.offsets[slot] = offset;
        ring.lengths[slot] = length;
        ring.fragments[slot] = message.fragment(next);
        ring.sends[slot] = 1;
        ring.states[slot] = state;
        ring.misses[slot] = 0;
        return next++;
    }

    /**
     * Applies a SACK (RFC 9260 section 6.2.1). A SACK that names a TSN never sent, or has an impossible block, changes
     * nothing. Blocks out of order or overlapping are ignored one by one, so that the work is linear.
     *
     * @param cumulative the cumulative TSN, unwrapped
     * @param gaps where the gap blocks lie, two offsets of 16 bits each
     * @param cumulativeCounts whether misses count for every gap because a recovery is on and the cumulative TSN moves
     */
    AckResult.Verdict acknowledge(
            long cumulative, byte[] gaps, int gapsAt, int gapCount, boolean cumulativeCounts, AckResult result) {
        result.clear();
        if (cumulative < base - 1) {
            return AckResult.Verdict.OLD;
        }
        if (cumulative >= next || !blocksPossible(cumulative, gaps, gapsAt, gapCount)) {
            return AckResult.Verdict.INVALID;
        }
        result.cumulativeAdvanced = cumulative >= base;
        removeThrough(cumulative, result);
        long highestInGaps = base - 1;
        if (gapCount > 0 || ackedCount > 0) {
            highestInGaps = applyGaps(cumulative, gaps, gapsAt, gapCount, result);
        }
        boolean everyGap = cumulativeCounts && result.cumulativeAdvanced;
        countMisses(everyGap ? highestInGaps : Math.min(result.highestNewlyAcked, highestInGaps), result);
        return AckResult.Verdict.APPLIED;
    }

    private boolean blocksPossible(long cumulative, byte[] gaps, int gapsAt, int gapCount) {
        for (int i = 0; i < gapCount; i++) {
            int start = u16(gaps, gapsAt + 4 * i);
            int end = u16(gaps, gapsAt + 4 * i + 2);
            // The chunk after the cumulative TSN cannot have come: it would have moved it.
            if (start < 2 || end < start || cumulative + end >= next) {
                return false;
            }
        }
        return true;
    }

    private static int u16(byte[] array, int at) {
        return (array[at] & 0xff) << 8 | (array[at + 1] & 0xff);
    }

    /** Removes chunks up to and including a TSN. */
    private void removeThrough(long cumulative, AckResult result) {
        for (; base <= cumulative; base++) {
            int slot = slot(base);
            switch (ring.states[slot]) {
                case IN_FLIGHT, LOST -> newlyAcked(base, slot, result);
                default -> {
                    // Counted as acknowledged, or given up, before.
                }
            }
            if (ring.states[slot] == ACKED) {
                ackedCount--;
            } else {
                abandonedCount--;
            }
            ring.messages[slot] = null;
        }
        lostHint = Math.max(lostHint, base);
        highestAcked = Math.max(highestAcked, base - 1);
    }

    private void newlyAcked(long tsn, int slot, AckResult result) {
        int size = serialized(ring.lengths[slot]);
        if (ring.states[slot] == IN_FLIGHT) {
            flightBytes -= size;
            flightPayload -= ring.lengths[slot];
        } else {
            lostCount--;
        }
        ring.states[slot] = ACKED;
        ackedCount++;
        result.bytes += size;
        result.highestNewlyAcked = Math.max(result.highestNewlyAcked, tsn);
        // Karn: what was sent more than once tells nothing.
        if (ring.sends[slot] == 1 && (!result.hasSample || ring.sentAt[slot] - result.sampleSentAt > 0)) {
            result.hasSample = true;
            result.sampleSentAt = ring.sentAt[slot];
        }
        if (!result.hasNewest || ring.order[slot] > result.newestOrder) {
            result.hasNewest = true;
            result.newestOrder = ring.order[slot];
            result.newestSentAt = ring.sentAt[slot];
            result.newestDelivered = ring.delivered[slot];
            result.newestDeliveredAt = ring.deliveredAt[slot];
            result.newestFirstSentAt = ring.firstSentAt[slot];
            result.newestLimited = ring.limited[slot];
        }
    }

    private long applyGaps(long cumulative, byte[] gaps, int gapsAt, int gapCount, AckResult result) {
        long done = cumulative;
        for (int i = 0; i < gapCount; i++) {
            long start = cumulative + u16(gaps, gapsAt + 4 * i);
            long end = cumulative + u16(gaps, gapsAt + 4 * i + 2);
            if (start <= done) {
                continue;
            }
            renege(done + 1, start - 1);
            for (long tsn = start; tsn <= end; tsn++) {
                int slot = slot(tsn);
                if (ring.states[slot] == IN_FLIGHT || ring.states[slot] == LOST) {
                    newlyAcked(tsn, slot, result);
                }
            }
            done = end;
        }
        renege(done + 1, highestAcked);
        highestAcked = done;
        return done;
    }

    /** Chunks that were acked by a gap block and are not any more are on the way again. */
    private void renege(long from, long to) {
        for (long tsn = from; ackedCount > 0 && tsn <= to; tsn++) {
            int slot = slot(tsn);
            if (ring.states[slot] == ACKED) {
                ring.states[slot] = IN_FLIGHT;
                ring.misses[slot] = 0;
                ackedCount--;
                flightBytes += serialized(ring.lengths[slot]);
                flightPayload += ring.lengths[slot];
            }
        }
    }

    /** RFC 9260 section 7.2.4: a chunk below a newly acknowledged one was missed once more; the third time it is lost. */
    private void countMisses(long below, AckResult result) {
        for (long tsn = base; tsn < below; tsn++) {
            int slot = slot(tsn);
            // A chunk sent again is missed only by what was first sent after that.
            if (ring.states[slot] == IN_FLIGHT && result.highestNewlyAcked >= ring.horizon[slot]) {
                ring.misses[slot]++;
                if (ring.misses[slot] == REPORTS) {
                    markLost(tsn, slot);
                    result.losses++;
                    result.lostBytes += serialized(ring.lengths[slot]);
                }
            }
        }
    }

    private void markLost(long tsn, int slot) {
        ring.states[slot] = LOST;
        ring.misses[slot] = 0;
        flightBytes -= serialized(ring.lengths[slot]);
        flightPayload -= ring.lengths[slot];
        lostCount++;
        lostHint = Math.min(lostHint, tsn);
    }

    /** T3: everything in flight is held lost. */
    void markAllLost() {
        for (long tsn = base; tsn < next; tsn++) {
            int slot = slot(tsn);
            if (ring.states[slot] == IN_FLIGHT) {
                markLost(tsn, slot);
            }
            ring.misses[slot] = 0;
        }
    }

    /** Holds the highest chunk in flight lost, for a probe; tells whether there was one. */
    boolean markLastLost() {
        for (long tsn = next - 1; tsn >= base; tsn--) {
            int slot = slot(tsn);
            if (ring.states[slot] == IN_FLIGHT) {
                markLost(tsn, slot);
                return true;
            }
        }
        return false;
    }

    /** The lowest lost chunk; there is one while {@link #lostCount} is positive. */
    long nextLost() {
        while (lostHint < next && ring.states[slot(lostHint)] != LOST) {
            lostHint++;
        }
        return lostHint;
    }

    /** A lost chunk was sent again. */
    void sentAgain(long tsn, long nowNanos) {
        int slot = slot(tsn);
        ring.states[slot] = IN_FLIGHT;
        ring.misses[slot] = 0;
        ring.horizon[slot] = next;
        leaves(slot, nowNanos);
        if (ring.sends[slot] < Short.MAX_VALUE) {
            ring.sends[slot]++;
        }
        lostCount--;
        flightBytes += serialized(ring.lengths[slot]);
        flightPayload += ring.lengths[slot];
    }

    /** Gives up every fragment of the message that has the chunk at this TSN. */
    void abandon(long tsn) {
        OutboundMessage message = message(tsn);
        for (long at = Math.max(base, message.firstTsn); at <= message.lastTsn; at++) {
            int slot = slot(at);
            if (ring.messages[slot] != message) {
                continue;
            }
            switch (ring.states[slot]) {
                case IN_FLIGHT -> {
                    flightBytes -= serialized(ring.lengths[slot]);
                    flightPayload -= ring.lengths[slot];
                }
                case LOST -> lostCount--;
                case ACKED -> ackedCount--;
                default -> abandonedCount--;
            }
            ring.states[slot] = ABANDONED;
            abandonedCount++;
        }
    }

    /** The highest TSN up to which everything is given up (RFC 3758 section 3.5: Advanced.Peer.Ack.Point). */
    long advancedPoint() {
        long point = base - 1;
        while (abandonedCount > 0 && point + 1 < next && ring.states[slot(point + 1)] == ABANDONED) {
            point++;
        }
        return point;
    }

    /** Invariant: the sums equal what the ring holds. */
    boolean consistent() {
        long bytes = 0;
        long payload = 0;
        int lost = 0;
        int acked = 0;
        int abandoned = 0;
        for (long tsn = base; tsn < next; tsn++) {
            int slot = slot(tsn);
            if (ring.messages[slot] == null) {
                return false;
            }
            switch (ring.states[slot]) {
                case IN_FLIGHT -> {
                    bytes += serialized(ring.lengths[slot]);
                    payload += ring.lengths[slot];
                }
                case LOST -> lost++;
                case ACKED -> acked++;
                default -> abandoned++;
            }
        }
        return bytes == flightBytes
                && payload == flightPayload
                && lost == lostCount
                && acked == ackedCount
                && abandoned == abandonedCount
                && base <= next;
    }
}
