package org.webrtc4j.sctp.tx;

import org.webrtc4j.sctp.packet.PacketBuilder;

/**
 * DATA chunks sent and not yet cumulatively acknowledged: a ring by TSN of parallel arrays, no object per chunk.
 *
 * <p>A chunk is (message, offset, length); its bytes stay in the message. TSNs are unwrapped. A chunk is <em>in flight</em>,
 * held <em>lost</em> and waiting to be sent again, <em>acked</em> by a gap block (which the peer may take back, RFC 9260
 * section 6.2.1), or <em>abandoned</em> (RFC 3758). This class moves chunks between these states and keeps the sums;
 * {@link Acknowledgements} and {@link LossDetection} decide which.
 */
final class OutstandingData {

    static final byte IN_FLIGHT = 1;
    static final byte LOST = 2;
    static final byte ACKED = 3;
    static final byte ABANDONED = 4;

    /** Gap blocks reach 65535 beyond the cumulative TSN; further chunks could not be reported. */
    static final int MAX_SPAN = 65_535;

    final ChunkRing ring = new ChunkRing();
    /** Chunks in flight in the order in which they left. */
    final SendOrder sendOrder = new SendOrder(ring);

    private final DeliveryRate rate = new DeliveryRate(ring);
    private final SkipPoint skipPoint = new SkipPoint(ring);

    /** The lowest TSN not cumulatively acknowledged. */
    private long base;
    /** The next TSN to assign. */
    private long next;

    private long flightBytes;
    private long flightPayload;
    private int lostCount;
    private int ackedCount;
    private long ackedBytes;
    private int abandonedCount;
    /** No chunk below this TSN is lost. */
    private long lostHint;
    /** What is held lost at or beyond this TSN may have arrived all the same. */
    private long sureBelow;
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
        sureBelow = Long.MAX_VALUE;
        flightBytes = 0;
        flightPayload = 0;
        lostCount = 0;
        ackedCount = 0;
        ackedBytes = 0;
        abandonedCount = 0;
        skipPoint.start(initialTsn);
        sendOrder.clear();
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

    /** How many chunks have arrived beyond a gap. */
    int ackedCount() {
        return ackedCount;
    }

    /** Their serialized bytes. */
    long ackedBytes() {
        return ackedBytes;
    }

    int abandonedCount() {
        return abandonedCount;
    }

    /** The number of the last transmission. */
    long transmissions() {
        return transmissions;
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
        long tsn = append(message, offset, length);
        int slot = slot(tsn);
        ring.horizon[slot] = next;
        leaves(slot, nowNanos);
        enterFlight(tsn, slot);
        return tsn;
    }

    /** Adds the end marker of an abandoned message: a TSN that is never sent, so that there is one to skip to. */
    void addAbandonedEnd(OutboundMessage message) {
        long tsn = append(message, message.payload.length, 0);
        ring.states[slot(tsn)] = ABANDONED;
        abandonedCount++;
    }

    private long append(OutboundMessage message, int offset, int length) {
        if (next - base == ring.capacity()) {
            ring.grow(base, next);
        }
        int slot = slot(next);
        ring.messages[slot] = message;
        ring.offsets[slot] = offset;
        ring.lengths[slot] = length;
        ring.fragments[slot] = message.fragment(next);
        ring.sends[slot] = 1;
        return next++;
    }

    private void leaves(int slot, long nowNanos) {
        ring.sentAt[slot] = nowNanos;
        ring.order[slot] = ++transmissions;
        rate.sent(slot, flightBytes, nowNanos);
    }

    private void enterFlight(long tsn, int slot) {
        ring.states[slot] = IN_FLIGHT;
        ring.misses[slot] = 0;
        sendOrder.append((int) tsn);
        flightBytes += serialized(ring.lengths[slot]);
        flightPayload += ring.lengths[slot];
    }

    private void leaveFlight(long tsn, int slot) {
        sendOrder.remove((int) tsn);
        flightBytes -= serialized(ring.lengths[slot]);
        flightPayload -= ring.lengths[slot];
    }

    private void leaveAcked(int slot) {
        ackedCount--;
        ackedBytes -= serialized(ring.lengths[slot]);
    }

    /** A chunk in flight or held lost has arrived. */
    void acked(long tsn) {
        int slot = slot(tsn);
        if (ring.states[slot] == IN_FLIGHT) {
            leaveFlight(tsn, slot);
        } else {
            lostCount--;
        }
        ring.states[slot] = ACKED;
        ackedCount++;
        ackedBytes += serialized(ring.lengths[slot]);
    }

    /** A chunk that had arrived is not there any more: on the way again, as if sent after all others. */
    void reneged(long tsn) {
        int slot = slot(tsn);
        leaveAcked(slot);
        skipPoint.onChanged(tsn);
        ring.order[slot] = ++transmissions;
        ring.horizon[slot] = next;
        enterFlight(tsn, slot);
        rate.onReneged(serialized(ring.lengths[slot]));
    }

    /** Takes the lowest chunk out, which has arrived or is abandoned. */
    void removeFirst() {
        int slot = slot(base);
        if (ring.states[slot] == ACKED) {
            leaveAcked(slot);
        } else {
            abandonedCount--;
        }
        ring.messages[slot] = null;
        base++;
        lostHint = Math.max(lostHint, base);
    }

    /** Holds a chunk in flight lost, and returns its size. */
    int markLost(long tsn) {
        int slot = slot(tsn);
        leaveFlight(tsn, slot);
        ring.states[slot] = LOST;
        ring.misses[slot] = 0;
        lostCount++;
        lostHint = Math.min(lostHint, tsn);
        return serialized(ring.lengths[slot]);
    }

    /**
     * A SACK had no room to report what may have arrived beyond a TSN: what is overdue there is on the way no more, but not
     * to be sent again yet. {@link Long#MAX_VALUE}: it has told all.
     */
    void setSureBelow(long tsn) {
        sureBelow = tsn;
    }

    /** Whether something held lost is to be sent again. */
    boolean hasLostToSend() {
        return lostCount > 0 && nextLost() < sureBelow;
    }

    /** T3: everything in flight is held lost. */
    void markAllLost() {
        sureBelow = Long.MAX_VALUE;
        while (sendOrder.size() > 0) {
            markLost(unwrap(sendOrder.first()));
        }
    }

    /** Holds the highest chunk in flight lost, for a probe; tells whether there was one. */
    boolean markLastLost() {
        for (long tsn = next - 1; tsn >= base; tsn--) {
            if (state(tsn) == IN_FLIGHT) {
                markLost(tsn);
                return true;
            }
        }
        return false;
    }

    /** What is held lost is on its way after all: it left before everything in flight, in the order of TSNs. */
    void restoreLost() {
        for (long tsn = next - 1; lostCount > 0 && tsn >= base; tsn--) {
            int slot = slot(tsn);
            if (ring.states[slot] == LOST) {
                ring.states[slot] = IN_FLIGHT;
                ring.order[slot] = 0;
                ring.horizon[slot] = tsn + 1;
                lostCount--;
                sendOrder.prepend((int) tsn);
                flightBytes += serialized(ring.lengths[slot]);
                flightPayload += ring.lengths[slot];
            }
        }
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
        ring.horizon[slot] = next;
        leaves(slot, nowNanos);
        if (ring.sends[slot] < Short.MAX_VALUE) {
            ring.sends[slot]++;
        }
        lostCount--;
        enterFlight(tsn, slot);
    }

    /** Gives up every fragment of the message that has the chunk at this TSN. */
    void abandon(long tsn) {
        OutboundMessage message = message(tsn);
        skipPoint.onChanged(message.firstTsn);
        for (long at = Math.max(base, message.firstTsn); at <= message.lastTsn; at++) {
            int slot = slot(at);
            if (ring.messages[slot] != message) {
                continue;
            }
            switch (ring.states[slot]) {
                case IN_FLIGHT -> leaveFlight(at, slot);
                case LOST -> lostCount--;
                case ACKED -> leaveAcked(slot);
                default -> abandonedCount--;
            }
            ring.states[slot] = ABANDONED;
            abandonedCount++;
        }
    }

    /** The highest TSN up to which the peer may skip; below the base when there is nothing to skip. */
    long advancedPoint() {
        return abandonedCount == 0 ? base - 1 : skipPoint.advance(base, next);
    }

    /** Invariant: the sums equal what the ring holds, and what is in flight is in the order in which it left. */
    boolean consistent() {
        return OutstandingSums.agree(this);
    }
}
