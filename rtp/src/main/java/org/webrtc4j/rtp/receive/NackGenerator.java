package org.webrtc4j.rtp.receive;

import java.util.Arrays;
import org.webrtc4j.common.ProtocolEngine;

/**
 * Which packets of a stream are missing, and when to ask for each (RFC 4585 section 6.2.1).
 *
 * <p>A packet is asked for at once, or, on a path that reorders, when as many have come after it as packets were seen to
 * be late by, or after {@link #REORDER_NANOS}. It is asked for again after a round trip; after {@link #MAX_REQUESTS} times
 * it is given up, and with it the stream until a key frame. So it is when more than {@link #MAX_MISSING} are missing, and when
 * nothing came for {@link #KEPT_NANOS}, but more than {@link #FEW}: senders do not keep packets for so long, and asking in vain
 * would take the time in which a key frame comes.
 */
public final class NackGenerator {

    /** Packets that may be missing at once. */
    public static final int MAX_MISSING = 1000;

    /** How often a packet is asked for. */
    public static final int MAX_REQUESTS = 10;

    /** The least time between two requests for a packet. */
    public static final long MIN_INTERVAL_NANOS = 33_000_000L;

    /** How long a packet may be late before it is asked for, on a path that reorders. */
    public static final long REORDER_NANOS = 20_000_000L;

    /** How long senders keep packets, about. */
    public static final long KEPT_NANOS = 1_000_000_000L;

    /** So many may be missing after a silence of a stream that is slow. */
    public static final int FEW = 8;

    private static final int SLOTS = 1024;
    private static final int MASK = SLOTS - 1;
    private static final int MAX_REORDERING = 32;
    private static final long FORGET_REORDERING_NANOS = 2_000_000_000L;

    /** Takes the packets to ask for. */
    @FunctionalInterface
    public interface Requests {

        /**
         * Takes one.
         *
         * @param sequence unwrapped, above the one before
         */
        void request(long sequence);
    }

    private final long[] missing = new long[SLOTS];
    private final long[] noticed = new long[SLOTS];
    private final long[] asked = new long[SLOTS];
    private final byte[] requests = new byte[SLOTS];
    private boolean started;
    private long highest;
    private long lowest;
    private int count;
    private int reordering;
    private long reorderingNanos;
    private boolean givenUp;
    private long heardNanos;

    /** Creates a generator before the first packet. */
    public NackGenerator() {
        Arrays.fill(missing, -1);
    }

    /**
     * Takes note of a packet.
     *
     * @param sequence unwrapped
     * @param repaired whether it came as a retransmission
     * @param nowNanos when it came
     */
    public void onPacket(long sequence, boolean repaired, long nowNanos) {
        if (!started) {
            started = true;
            highest = sequence;
            lowest = sequence;
            heardNanos = nowNanos;
            return;
        }
        if (sequence <= highest) {
            onLate(sequence, repaired, nowNanos);
            return;
        }
        boolean silent = nowNanos - heardNanos >= KEPT_NANOS;
        heardNanos = nowNanos;
        long gap = sequence - highest - 1;
        if (count + gap > MAX_MISSING || (silent && gap > FEW)) {
            clear();
            givenUp = true;
        } else {
            if (count == 0) {
                lowest = highest + 1;
            }
            // What is further back than there are slots has been given up long ago.
            dropBefore(sequence - MASK);
            for (long lost = highest + 1; lost < sequence; lost++) {
                int slot = (int) lost & MASK;
                missing[slot] = lost;
                noticed[slot] = nowNanos;
                requests[slot] = 0;
                count++;
            }
        }
        highest = sequence;
    }

    private void onLate(long sequence, boolean repaired, long nowNanos) {
        int slot = (int) sequence & MASK;
        if (missing[slot] != sequence) {
            return;
        }
        missing[slot] = -1;
        count--;
        if (!repaired) {
            int late = (int) Math.min(MAX_REORDERING, highest - sequence);
            reordering = Math.max(reordering, late);
            reorderingNanos = nowNanos;
        }
    }

    /**
     * Gives the packets to ask for now.
     *
     * @param roundTripNanos how long an answer takes
     * @param nowNanos the time of this turn
     * @param out takes them in rising order
     */
    public void collect(long roundTripNanos, long nowNanos, Requests out) {
        if (count == 0) {
            return;
        }
        if (reordering > 0 && nowNanos - reorderingNanos > FORGET_REORDERING_NANOS) {
            reordering = 0;
        }
        long interval = Math.max(MIN_INTERVAL_NANOS, roundTripNanos);
        advanceLowest();
        for (long lost = lowest; lost < highest && count > 0; lost++) {
            int slot = (int) lost & MASK;
            if (missing[slot] != lost || dueNanos(slot, interval) - nowNanos > 0) {
                continue;
            }
            if (requests[slot] == MAX_REQUESTS) {
                missing[slot] = -1;
                count--;
                givenUp = true;
            } else {
                requests[slot]++;
                asked[slot] = nowNanos;
                out.request(lost);
            }
        }
    }

    private long dueNanos(int slot, long interval) {
        if (requests[slot] > 0) {
            return asked[slot] + interval;
        }
        boolean overtaken = highest - missing[slot] > reordering;
        return overtaken ? noticed[slot] : noticed[slot] + REORDER_NANOS;
    }

    private void advanceLowest() {
        while (lowest < highest && missing[(int) lowest & MASK] != lowest) {
            lowest++;
        }
    }

    /**
     * Returns when {@link #collect} has something to give.
     *
     * @param roundTripNanos how long an answer takes
     * @return absolute nanoseconds, or {@link ProtocolEngine#NEVER}
     */
    public long nextTimeout(long roundTripNanos) {
        if (count == 0) {
            return ProtocolEngine.NEVER;
        }
        advanceLowest();
        long interval = Math.max(MIN_INTERVAL_NANOS, roundTripNanos);
        long next = ProtocolEngine.NEVER;
        for (long lost = lowest; lost < highest; lost++) {
            int slot = (int) lost & MASK;
            if (missing[slot] == lost) {
                long due = dueNanos(slot, interval);
                next = next == ProtocolEngine.NEVER || due - next < 0 ? due : next;
            }
        }
        return next;
    }

    /**
     * Forgets packets that nobody needs any more.
     *
     * @param sequence the first that is needed
     */
    public void dropBefore(long sequence) {
        for (; lowest < sequence && lowest < highest && count > 0; lowest++) {
            int slot = (int) lowest & MASK;
            if (missing[slot] == lowest) {
                missing[slot] = -1;
                count--;
            }
        }
    }

    /** Forgets all that is missing. */
    public void clear() {
        Arrays.fill(missing, -1);
        count = 0;
    }

    /**
     * Notes that numbers were jumped over.
     *
     * @param sequence the packet after the jump
     */
    public void restart(long sequence) {
        clear();
        highest = sequence;
        lowest = sequence;
        started = true;
    }

    /**
     * Tells, once, that packets were given up.
     *
     * @return true when a key frame is needed to go on
     */
    public boolean takeGivenUp() {
        boolean was = givenUp;
        givenUp = false;
        return was;
    }

    /**
     * Returns how many packets are missing and not given up.
     *
     * @return 0 to {@link #MAX_MISSING}
     */
    public int missingCount() {
        return count;
    }
}
