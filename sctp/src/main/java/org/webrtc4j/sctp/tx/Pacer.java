package org.webrtc4j.sctp.tx;

import org.webrtc4j.sctp.SctpOptions;

/**
 * Spreads what the window allows over the round trip: a bucket of bytes that fills at the controller's rate. What leaves
 * in one millisecond leaves together, so that the layers below have runs of packets to work on.
 *
 * <p>Without a rate, and below a millisecond of round-trip time, which no timer divides, acknowledgements are the clock: a
 * turn may send a burst more than twice what it acknowledged.
 */
final class Pacer {

    /** What leaves within this time leaves at once. */
    static final long GRAIN_NANOS = 1_000_000L;

    /** A grain is not more than this part of a round trip. */
    private static final int GRAIN_DIVISOR = 4;

    /** How late a timer may fire without loss of rate. */
    private static final long MAX_LATENESS_NANOS = 10_000_000L;

    private static final double SECOND_NANOS = 1e9;
    private static final double MAX_WAIT_NANOS = 1e9;

    /**
     * At most this much leaves in one turn without pacing: more, after the acknowledgement of a large window, could
     * overrun the queues below, and what they drop would count as lost on the path.
     */
    private static final long MAX_TURN_BYTES = 2 * 1024 * 1024;

    private final long burst;
    private double budget;
    private double bytesPerNano;
    private long grainNanos;
    private long filledAt;
    private long ackedSinceTurn;
    private boolean paced;
    /** The bucket was empty when there was something to send; nothing leaves before this time. */
    private boolean waiting;

    private long waitingUntil;

    Pacer(SctpOptions options, int packetSize) {
        burst = (long) options.maxBurstPackets() * packetSize;
    }

    void start() {
        paced = false;
        waiting = false;
        ackedSinceTurn = 0;
    }

    void onAcked(long bytes) {
        ackedSinceTurn += bytes;
    }

    /**
     * Fills the bucket for a turn.
     *
     * @param rate bytes per second, 0 for none
     * @param smoothedRttNanos smoothed round-trip time
     */
    void beginTurn(long rate, long smoothedRttNanos, long nowNanos) {
        if (rate > 0 && smoothedRttNanos >= GRAIN_NANOS) {
            bytesPerNano = rate / SECOND_NANOS;
            grainNanos = Math.min(GRAIN_NANOS, smoothedRttNanos / GRAIN_DIVISOR);
            fill(nowNanos);
        } else {
            budget = (double) burst + Math.min(2 * ackedSinceTurn, Math.max(0, MAX_TURN_BYTES - burst));
            paced = false;
            waiting = false;
        }
        ackedSinceTurn = 0;
    }

    private void fill(long nowNanos) {
        double depth = Math.max((double) burst, bytesPerNano * grainNanos);
        if (paced) {
            // While something waits a timer that fires late takes nothing away; what was not asked for is not saved.
            double most = waiting ? Math.max(depth, bytesPerNano * MAX_LATENESS_NANOS) : depth;
            budget = Math.min(most, budget + bytesPerNano * Math.max(0, nowNanos - filledAt));
        } else {
            budget = depth;
        }
        paced = true;
        filledAt = nowNanos;
        waiting = waiting && waitingUntil - nowNanos > 0;
    }

    /** Whether a chunk may leave now. */
    boolean allows() {
        return budget > 0 && !waiting;
    }

    void spent(long bytes) {
        budget -= bytes;
    }

    boolean isPaced() {
        return paced;
    }

    /** Something waits for the bucket alone; tells when it may leave. */
    long await(long nowNanos) {
        if (!waiting) {
            waiting = true;
            double refill = Math.min(Math.max(0, -budget) / bytesPerNano, MAX_WAIT_NANOS);
            waitingUntil = nowNanos + Math.max(grainNanos, (long) refill);
        }
        return waitingUntil;
    }
}
