package org.webrtc4j.sctp.tx;

import org.webrtc4j.common.ProtocolEngine;

/**
 * Which chunks are lost: by time since something sent later arrived (RACK, RFC 8985), and as long as nothing has changed
 * places on this path, by three reports (RFC 9260 section 7.2.4).
 */
final class LossDetection {

    /** Reports after which a chunk is held lost. */
    static final int REPORTS = 3;

    /** Chunks of one turn have one time, and a turn of the peer has a length: nothing less than this is held for late. */
    static final long LEAST_WINDOW_NANOS = 1_000_000L;

    private static final int REORDER_DIVISOR = 4;
    /** Recoveries without a needless retransmission after which the window is the narrow one again. */
    private static final int PERSISTENCE = 16;

    private static final int MAX_MULTIPLIER = 1000;

    private final OutstandingData outstanding;
    private final ChunkRing ring;
    private final long packetSize;
    private final LeastRtt leastRtt = new LeastRtt();

    /** The transmission that arrived and was the last to leave of all that did. */
    private long newestOrder;

    private long newestRttNanos;
    private boolean reorderingSeen;
    private int multiplier;
    private int persistence;
    /** Duplicates are held for one sign until this TSN is acknowledged. */
    private long widenedUntil;

    private int losses;
    private long lostBytes;

    LossDetection(OutstandingData outstanding, int packetSize) {
        this.outstanding = outstanding;
        this.packetSize = packetSize;
        ring = outstanding.ring;
    }

    void start(long initialTsn) {
        newestOrder = 0;
        newestRttNanos = 0;
        reorderingSeen = false;
        multiplier = 1;
        persistence = 0;
        widenedUntil = initialTsn;
        leastRtt.clear();
    }

    /** The least round-trip time of late, 0 before the first sample. */
    long leastRttNanos() {
        return leastRtt.nanos();
    }

    /** Counts anew. */
    void begin() {
        losses = 0;
        lostBytes = 0;
    }

    /** Chunks found lost since {@link #begin}. */
    int losses() {
        return losses;
    }

    long lostBytes() {
        return lostBytes;
    }

    /** Learns from a SACK that was applied. */
    void onAcked(AckResult result, long nowNanos) {
        if (result.hasSample) {
            leastRtt.observe(nowNanos - result.sampleSentAt, nowNanos);
        }
        reorderingSeen |= result.reordered;
        if (result.hasNewest && result.newestOrder > newestOrder) {
            newestOrder = result.newestOrder;
            newestRttNanos = nowNanos - result.newestSentAt;
        }
    }

    /** Something was sent again that had arrived: wait longer (RFC 8985 section 6.2, step 4). */
    void onNeedlessRetransmission() {
        reorderingSeen = true;
        persistence = PERSISTENCE;
        if (outstanding.base() > widenedUntil) {
            widenedUntil = outstanding.next();
            multiplier = Math.min(multiplier + 1, MAX_MULTIPLIER);
        }
    }

    /** A recovery is over. */
    void onRecoveryExit() {
        if (multiplier > 1 && --persistence <= 0) {
            multiplier = 1;
        }
    }

    /** How much later than something sent after it a chunk may arrive. */
    long windowNanos(boolean recovering, long smoothedRttNanos) {
        if (!reorderingSeen && (recovering || outstanding.ackedBytes() > (REPORTS - 1) * packetSize)) {
            return 0;
        }
        long window = Math.min(multiplier * leastRtt.nanos() / REORDER_DIVISOR, smoothedRttNanos);
        return Math.max(window, LEAST_WINDOW_NANOS);
    }

    /**
     * Holds lost what is overdue.
     *
     * @return when the next chunk will be, or {@link ProtocolEngine#NEVER}
     */
    long detect(boolean recovering, long smoothedRttNanos, long nowNanos) {
        SendOrder sent = outstanding.sendOrder;
        long allowed = newestRttNanos + windowNanos(recovering, smoothedRttNanos);
        while (sent.size() > 0) {
            int slot = ring.slot(sent.first());
            if (ring.order[slot] >= newestOrder) {
                break;
            }
            long due = ring.sentAt[slot] + allowed;
            if (due - nowNanos > 0) {
                return due;
            }
            lose(sent.first());
        }
        return ProtocolEngine.NEVER;
    }

    /**
     * Counts reports: a chunk is missed by one of a TSN first sent after it left. The third time it is lost.
     *
     * @param everyGap whether what was reported before counts, too: in a recovery when the cumulative TSN moves
     */
    void countReports(AckResult result, boolean everyGap) {
        if (reorderingSeen) {
            return;
        }
        long limit = everyGap ? result.highestReported : Math.min(result.highestNewlyAcked, result.highestReported);
        SendOrder sent = outstanding.sendOrder;
        int tsn = sent.first();
        // Horizons rise along the list, but for what a timeout took for lost: this ends at the first chunk not missed.
        for (int left = sent.size(); left > 0; left--) {
            int slot = ring.slot(tsn);
            if (ring.horizon[slot] > limit) {
                return;
            }
            int following = sent.after(tsn);
            if (++ring.misses[slot] == REPORTS) {
                lose(tsn);
            }
            tsn = following;
        }
    }

    private void lose(int tsn) {
        losses++;
        lostBytes += outstanding.markLost(outstanding.unwrap(tsn));
    }
}
