package org.webrtc4j.sctp.tx;

/** Applies SACKs to outstanding data (RFC 9260 section 6.2.1), and says what they changed. */
final class Acknowledgements {

    private final OutstandingData outstanding;
    private final ChunkRing ring;
    private long highestAcked;

    Acknowledgements(OutstandingData outstanding) {
        this.outstanding = outstanding;
        ring = outstanding.ring;
    }

    void start(long initialTsn) {
        highestAcked = initialTsn - 1;
    }

    /**
     * Applies a SACK. One that names a TSN never sent, or has an impossible block, changes nothing. Blocks out of order or
     * overlapping are ignored one by one, so that the work is linear.
     *
     * @param cumulative the cumulative TSN, unwrapped
     * @param gaps where the gap blocks lie, two offsets of 16 bits each
     * @param leastRttNanos what is acknowledged sooner after it was sent again was acknowledged for an earlier transmission
     * @param nowNanos the time of this turn
     */
    AckResult.Verdict apply(
            long cumulative,
            byte[] gaps,
            int gapsAt,
            int gapCount,
            long leastRttNanos,
            long nowNanos,
            AckResult result) {
        result.clear();
        if (cumulative < outstanding.base() - 1) {
            return AckResult.Verdict.OLD;
        }
        if (cumulative >= outstanding.next() || !blocksPossible(cumulative, gaps, gapsAt, gapCount)) {
            return AckResult.Verdict.INVALID;
        }
        result.cumulativeAdvanced = cumulative >= outstanding.base();
        while (outstanding.base() <= cumulative) {
            take(outstanding.base(), leastRttNanos, nowNanos, result);
            outstanding.removeFirst();
        }
        result.highestReported = cumulative;
        if (gapCount > 0 || outstanding.ackedCount() > 0) {
            applyGaps(cumulative, gaps, gapsAt, gapCount, leastRttNanos, nowNanos, result);
        }
        highestAcked = result.highestReported;
        return AckResult.Verdict.APPLIED;
    }

    private boolean blocksPossible(long cumulative, byte[] gaps, int gapsAt, int gapCount) {
        for (int i = 0; i < gapCount; i++) {
            int start = u16(gaps, gapsAt + 4 * i);
            int end = u16(gaps, gapsAt + 4 * i + 2);
            // The chunk after the cumulative TSN cannot have come: it would have moved it.
            if (start < 2 || end < start || cumulative + end >= outstanding.next()) {
                return false;
            }
        }
        return true;
    }

    private static int u16(byte[] array, int at) {
        return (array[at] & 0xff) << 8 | (array[at + 1] & 0xff);
    }

    private void applyGaps(
            long cumulative,
            byte[] gaps,
            int gapsAt,
            int gapCount,
            long leastRttNanos,
            long nowNanos,
            AckResult result) {
        long done = cumulative;
        for (int i = 0; i < gapCount; i++) {
            long start = cumulative + u16(gaps, gapsAt + 4 * i);
            long end = cumulative + u16(gaps, gapsAt + 4 * i + 2);
            if (start <= done) {
                continue;
            }
            renege(done + 1, start - 1);
            for (long tsn = start; tsn <= end; tsn++) {
                take(tsn, leastRttNanos, nowNanos, result);
            }
            done = end;
        }
        renege(done + 1, highestAcked);
        result.highestReported = done;
    }

    /** Chunks that were acked by a gap block and are not any more are on the way again. */
    private void renege(long from, long to) {
        for (long tsn = from; outstanding.ackedCount() > 0 && tsn <= to; tsn++) {
            if (outstanding.state(tsn) == OutstandingData.ACKED) {
                outstanding.reneged(tsn);
            }
        }
    }

    private void take(long tsn, long leastRttNanos, long nowNanos, AckResult result) {
        int slot = ring.slot(tsn);
        byte state = ring.states[slot];
        if (state != OutstandingData.IN_FLIGHT && state != OutstandingData.LOST) {
            // Counted before, or given up.
            return;
        }
        outstanding.acked(tsn);
        result.bytes += outstanding.serialized(ring.lengths[slot]);
        result.highestNewlyAcked = Math.max(result.highestNewlyAcked, tsn);
        long sentAt = ring.sentAt[slot];
        if (ring.sends[slot] > 1) {
            long elapsed = nowNanos - sentAt;
            if (elapsed < leastRttNanos) {
                // An earlier transmission, in all likelihood; with a quarter to spare there is no doubt.
                if (elapsed < leastRttNanos - leastRttNanos / 4) {
                    result.overtaken(tsn);
                }
                return;
            }
        } else {
            result.reordered |= tsn < highestAcked;
            // Karn: what was sent more than once tells nothing.
            if (!result.hasSample || sentAt - result.sampleSentAt > 0) {
                result.hasSample = true;
                result.sampleSentAt = sentAt;
            }
        }
        if (ring.order[slot] > result.newestOrder) {
            result.hasNewest = true;
            result.newestOrder = ring.order[slot];
            result.newestSentAt = sentAt;
            result.newestDelivered = ring.delivered[slot];
            result.newestDeliveredAt = ring.deliveredAt[slot];
            result.newestFirstSentAt = ring.firstSentAt[slot];
            result.newestLimited = ring.limited[slot];
        }
    }
}
