package org.webrtc4j.sctp.tx;

import org.webrtc4j.sctp.shared.Counters;

/**
 * What follows from acknowledgements, reports and timers: recoveries begin and end, the controller is told, and what was a
 * mistake is taken back (RFC 9260 section 7.2.4, RFC 8985).
 */
final class LossRecovery {

    private static final long NONE = -1;
    /** A SACK with so many gap blocks may not have room for all; what it leaves out are the highest ones. */
    private static final int FULL_REPORT = 20;
    /** Of one SACK; what is beyond says nothing that the next one would not. */
    private static final int MAX_DUPLICATES = 256;

    private final OutstandingData outstanding;
    private final Acknowledgements acknowledgements;
    private final LossDetection detection;
    private final SendTimers timers;
    private final RetransmissionTimeout timeout;
    private final Counters counters;
    private final Retransmissions retransmissions = new Retransmissions();
    private final AckResult result = new AckResult();
    private final AckSample sample = new AckSample();
    private CongestionControl congestion;

    private boolean recovering;
    /** After T3, until what was outstanding then is acknowledged: losses are no news. */
    private boolean timedOut;

    private long timedOutAt;
    private long exit;
    /** The packet that answers a loss ignores the window once (section 7.2.4, step 3). */
    private boolean retransmitNow;

    /** A chunk sent again by the tail loss probe, until it is known whether that repaired a loss. */
    private long probedTsn = NONE;

    private long probeOrder;
    private int probedBytes;

    LossRecovery(
            OutstandingData outstanding,
            int packetSize,
            SendTimers timers,
            RetransmissionTimeout timeout,
            Counters counters,
            CongestionControl congestion) {
        this.outstanding = outstanding;
        this.timers = timers;
        this.timeout = timeout;
        this.counters = counters;
        this.congestion = congestion;
        acknowledgements = new Acknowledgements(outstanding);
        detection = new LossDetection(outstanding, packetSize);
    }

    void start(long initialTsn, CongestionControl congestion) {
        this.congestion = congestion;
        acknowledgements.start(initialTsn);
        detection.start(initialTsn);
        retransmissions.end();
        recovering = false;
        timedOut = false;
        retransmitNow = false;
        probedTsn = NONE;
    }

    CongestionControl congestion() {
        return congestion;
    }

    /** What the last SACK has changed. */
    AckResult result() {
        return result;
    }

    /** Whether the next chunk sent again may ignore window and pace. */
    boolean mayIgnoreWindow() {
        return retransmitNow;
    }

    /** Whether a tail may be probed: not while T3 repairs. */
    boolean mayProbe() {
        return !timedOut;
    }

    /**
     * Applies a SACK whose gap blocks, and the duplicates behind them, lie in an array.
     *
     * @param full whether the window was what held the sender back
     */
    AckResult.Verdict onSack(
            long cumulative, byte[] array, int gapsAt, int gaps, int duplicates, boolean full, long nowNanos) {
        long flight = outstanding.flightBytes();
        AckResult.Verdict verdict =
                acknowledgements.apply(cumulative, array, gapsAt, gaps, detection.leastRttNanos(), nowNanos, result);
        if (verdict != AckResult.Verdict.APPLIED) {
            return verdict;
        }
        timers.takeSample(result, nowNanos);
        outstanding.setSureBelow(gaps < FULL_REPORT ? Long.MAX_VALUE : result.highestReported);
        detection.onAcked(result, nowNanos);
        describe(flight, full, nowNanos);
        unmask(array, gapsAt + 4 * gaps, duplicates, nowNanos);
        boolean over = (recovering || timedOut) && cumulative >= exit;
        boolean before = recovering;
        if (over) {
            leave(nowNanos);
        }
        detection.begin();
        detection.countReports(result, recovering && result.cumulativeAdvanced);
        detect(nowNanos);
        before |= hadToProbe(nowNanos);
        if (result.bytes > 0) {
            sample.recovering = before || recovering;
            sample.flightAfter = outstanding.flightBytes();
            congestion.onAcked(sample, nowNanos);
        }
        timers.onAcknowledged(result, mayProbe(), nowNanos);
        return verdict;
    }

    private void describe(long flightBefore, boolean full, long nowNanos) {
        DeliveryRate rate = outstanding.rate();
        sample.clear(flightBefore, rate.delivered(), timeout.smoothedNanos());
        sample.bytes = result.bytes;
        if (result.hasSample) {
            sample.rttNanos = nowNanos - result.sampleSentAt;
        }
        sample.cumulativeAdvanced = result.cumulativeAdvanced;
        sample.fullyUtilised = full;
        rate.onAcked(result, sample, detection.leastRttNanos(), nowNanos);
    }

    /** Chunks are overdue, by the reordering timer. */
    void onReorderingTimeout(long nowNanos) {
        sample.clear(outstanding.flightBytes(), outstanding.rate().delivered(), timeout.smoothedNanos());
        detection.begin();
        detect(nowNanos);
        timers.armProbe(mayProbe(), nowNanos);
    }

    private void detect(long nowNanos) {
        timers.awaitReordered(detection.detect(recovering || timedOut, timeout.smoothedNanos(), nowNanos));
        if (detection.losses() == 0) {
            return;
        }
        sample.recoveryBegins = !recovering && !timedOut;
        if (sample.recoveryBegins) {
            counters.fastRecoveries++;
            recovering = true;
            exit = outstanding.next() - 1;
            retransmitNow = true;
            probedTsn = NONE;
            retransmissions.begin(false);
        }
        sample.recovering = recovering;
        sample.lostBytes = detection.lostBytes();
        sample.flightAfter = outstanding.flightBytes();
        congestion.onLoss(sample, sample.lostBytes, nowNanos);
    }

    private void leave(long nowNanos) {
        if (recovering) {
            congestion.onRecoveryExit(nowNanos);
        }
        recovering = false;
        timedOut = false;
        retransmitNow = false;
        detection.onRecoveryExit();
    }

    /** Looks for signs that what was sent again had arrived. */
    private void unmask(byte[] array, int duplicatesAt, int duplicates, long nowNanos) {
        boolean news = false;
        for (int i = 0; i < Math.min(duplicates, MAX_DUPLICATES); i++) {
            int at = duplicatesAt + 4 * i;
            int tsn = (array[at] & 0xff) << 24
                    | (array[at + 1] & 0xff) << 16
                    | (array[at + 2] & 0xff) << 8
                    | (array[at + 3] & 0xff);
            if (probedTsn != NONE && tsn == (int) probedTsn) {
                probedTsn = NONE;
            } else {
                news |= retransmissions.onNeedless(tsn);
            }
        }
        for (int i = 0; i < result.overtakenCount; i++) {
            if (result.overtaken[i] == probedTsn) {
                probedTsn = NONE;
            } else {
                news |= retransmissions.onNeedless((int) result.overtaken[i]);
            }
        }
        if (!news) {
            return;
        }
        boolean byTimeout = retransmissions.isByTimeout();
        if (!byTimeout) {
            detection.onNeedlessRetransmission();
        }
        if (retransmissions.wereAllNeedless() && (byTimeout || outstanding.lostCount() == 0)) {
            undo(byTimeout, nowNanos);
        }
    }

    private void undo(boolean byTimeout, long nowNanos) {
        counters.spuriousRecoveries++;
        retransmissions.end();
        if (byTimeout) {
            outstanding.restoreLost();
            timers.onSpuriousTimeout();
        }
        congestion.onSpurious(nowNanos);
        if (recovering || timedOut) {
            leave(nowNanos);
        }
    }

    /** T3 has expired with something outstanding; tells the controller unless the peer's closed window is all that waits. */
    void onTimeout(boolean congested, long nowNanos) {
        if (congested) {
            congestion.onTimeout(nowNanos);
        }
        if (recovering) {
            congestion.onRecoveryExit(nowNanos);
        }
        // The second of a row without progress in between: it takes all that both sent again to be a mistake.
        if (!timedOut || outstanding.base() != timedOutAt) {
            retransmissions.begin(true);
        }
        timedOutAt = outstanding.base();
        recovering = false;
        timedOut = true;
        exit = outstanding.next() - 1;
        retransmitNow = false;
        probedTsn = NONE;
        outstanding.markAllLost();
    }

    /** A chunk held lost has just been sent again, by the tail loss probe or because it is lost. */
    void onSentAgain(long tsn, boolean probe) {
        retransmitNow = false;
        if (probe) {
            probedTsn = tsn;
            probeOrder = outstanding.transmissions();
            probedBytes = outstanding.serialized(outstanding.length(tsn));
        } else {
            retransmissions.onSentAgain(tsn);
        }
    }

    /**
     * RFC 8985 section 7.4: a probe that was needed has hidden a loss, which the controller is to know of. Something sent
     * after it has arrived, too, and no duplicate was told of.
     */
    private boolean hadToProbe(long nowNanos) {
        if (probedTsn == NONE || recovering || !result.hasNewest || result.newestOrder <= probeOrder) {
            return false;
        }
        boolean arrived = probedTsn < outstanding.base() || outstanding.state(probedTsn) == OutstandingData.ACKED;
        if (!arrived) {
            return false;
        }
        probedTsn = NONE;
        sample.recoveryBegins = true;
        sample.recovering = true;
        sample.lostBytes = probedBytes;
        retransmissions.end();
        congestion.onLoss(sample, probedBytes, nowNanos);
        congestion.onRecoveryExit(nowNanos);
        return true;
    }
}
