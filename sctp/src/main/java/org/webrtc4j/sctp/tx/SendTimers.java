package org.webrtc4j.sctp.tx;

import org.webrtc4j.common.ProtocolEngine;
import org.webrtc4j.common.TimerTable;
import org.webrtc4j.sctp.shared.SctpTimer;

/** How long to wait for an acknowledgement: T3 (RFC 9260 section 6.3.2), the tail loss probe, and round-trip samples. */
final class SendTimers {

    private static final long PROBE_SLACK_NANOS = 2_000_000L;
    /** A lone packet's acknowledgement may be delayed by the peer, unless it was told not to. */
    private static final long PROBE_LONE_PACKET_NANOS = 200_000_000L;

    private final TimerTable<SctpTimer> timers;
    private final RetransmissionTimeout timeout;
    private final OutstandingData outstanding;
    private final int packetSize;

    /** One probe for a tail; the next acknowledgement allows another. */
    private boolean probed;
    /** The chunk sent last asked for an acknowledgement without delay. */
    private boolean immediate;
    /** One round-trip sample per train: none from a chunk sent before this time. */
    private long sampleFrom;

    private boolean sampled;

    SendTimers(
            TimerTable<SctpTimer> timers, RetransmissionTimeout timeout, OutstandingData outstanding, int packetSize) {
        this.timers = timers;
        this.timeout = timeout;
        this.outstanding = outstanding;
        this.packetSize = packetSize;
    }

    void start() {
        probed = false;
        sampled = false;
        timers.stop(SctpTimer.T3);
        timers.stop(SctpTimer.PROBE);
        timers.stop(SctpTimer.REORDERING);
        timers.stop(SctpTimer.PACING);
    }

    /** Rule R1: starts T3 unless it runs. */
    void await(long nowNanos) {
        if (!timers.isRunning(SctpTimer.T3)) {
            restart(nowNanos);
        }
    }

    void restart(long nowNanos) {
        timers.start(SctpTimer.T3, nowNanos + timeout.timeoutNanos());
    }

    boolean isAwaiting() {
        return timers.isRunning(SctpTimer.T3);
    }

    void takeSample(AckResult result, long nowNanos) {
        if (result.hasSample && (!sampled || result.sampleSentAt - sampleFrom >= 0)) {
            timeout.observe(nowNanos - result.sampleSentAt);
            ignoreSamplesBefore(nowNanos);
        }
    }

    /**
     * What was sent before a timer fired may have arrived long ago, its report lost: the next report would measure the
     * timer, and a longer timer makes the next sample longer still.
     */
    private void ignoreSamplesBefore(long nowNanos) {
        sampled = true;
        sampleFrom = nowNanos;
    }

    /** The timer fired too soon: what is still to be acknowledged tells by how much. */
    void onSpuriousTimeout() {
        sampled = false;
    }

    /** Rule R2 stops T3 when all is acknowledged, R3 restarts it when the earliest chunk was. */
    void onAcknowledged(AckResult result, boolean probing, long nowNanos) {
        if (outstanding.isEmpty()) {
            timers.stop(SctpTimer.T3);
            timers.stop(SctpTimer.PROBE);
        } else if (result.cumulativeAdvanced) {
            restart(nowNanos);
        }
        if (result.bytes > 0) {
            probed = false;
            if (!outstanding.isEmpty()) {
                armProbe(probing, nowNanos);
            }
        }
    }

    /** A chunk left, with or without the request to acknowledge it at once. */
    void onSent(boolean immediately) {
        immediate = immediately;
    }

    /**
     * A tail whose last packet is lost gets no reports; one probe costs less than T3, before which it always comes (RFC
     * 8985 section 7.2).
     */
    void armProbe(boolean probing, long nowNanos) {
        boolean useful = probing
                && timeout.smoothedNanos() > 0
                && !probed
                && outstanding.flightBytes() > 0
                && outstanding.lostCount() == 0;
        if (useful) {
            boolean delayed = outstanding.flightBytes() <= packetSize && !immediate;
            long wait = 2 * timeout.smoothedNanos() + PROBE_SLACK_NANOS + (delayed ? PROBE_LONE_PACKET_NANOS : 0);
            timers.start(SctpTimer.PROBE, Math.min(nowNanos + wait, timers.deadline(SctpTimer.T3)));
        } else {
            timers.stop(SctpTimer.PROBE);
        }
    }

    /** The probe leaves now; T3 waits for its answer. */
    void onProbe(long nowNanos) {
        probed = true;
        ignoreSamplesBefore(nowNanos);
        restart(nowNanos);
    }

    /** T3 has expired: the next wait is longer. */
    void onTimeout(long nowNanos) {
        timeout.backOff();
        ignoreSamplesBefore(nowNanos);
        timers.stop(SctpTimer.PROBE);
        timers.stop(SctpTimer.REORDERING);
    }

    /** When the next chunk will be overdue, or {@link ProtocolEngine#NEVER}. */
    void awaitReordered(long deadlineNanos) {
        timers.start(SctpTimer.REORDERING, deadlineNanos);
    }

    /** When the pacer lets the next packet leave, or {@link ProtocolEngine#NEVER}. */
    void awaitPacer(long deadlineNanos) {
        timers.start(SctpTimer.PACING, deadlineNanos);
    }
}
