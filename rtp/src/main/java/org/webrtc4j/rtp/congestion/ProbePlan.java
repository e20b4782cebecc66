package org.webrtc4j.rtp.congestion;

import java.util.ArrayDeque;

/**
 * When to find out by a short burst whether the path carries more: at the start, on from each probe that got through, regularly
 * while the application sends too little to tell, and when the path has become wider or has come back.
 */
final class ProbePlan {

    static final int LEAST_PACKETS = 5;

    private static final long DURATION_NANOS = 15_000_000L;
    private static final long PATIENCE_NANOS = 1_000_000_000L;
    private static final double[] FIRST = {3, 6};
    private static final double NEXT = 2;
    private static final double PASSED = 0.7;
    private static final long LIMITED_INTERVAL_NANOS = 5_000_000_000L;
    private static final long WIDER_INTERVAL_NANOS = 2_000_000_000L;
    private static final double DROP = 0.66;
    private static final double DROP_SHARE = 0.85;
    private static final long DROP_NANOS = 5_000_000_000L;
    private static final int MOST_PENDING = 4;
    private static final int REMEMBERED = 8;

    /** How many bytes the last probes were to have. */
    private final long[] sizes = new long[REMEMBERED];

    private final ArrayDeque<Long> pending = new ArrayDeque<>(MOST_PENDING);
    private long most = Long.MAX_VALUE;
    private int number;
    private boolean active;
    private long rate;
    private long begunNanos;
    private int packets;
    private long bytes;
    /** A result above this leads to the next probe. */
    private long passing = Long.MAX_VALUE;

    private long lastNanos = Long.MIN_VALUE;
    private boolean begun;
    private long dropNanos = Long.MIN_VALUE;
    private long rateBeforeDrop;

    void setMost(long bitsPerSecond) {
        most = bitsPerSecond;
    }

    /** The first packet may leave. */
    void begin(long startRate, long nowNanos) {
        if (!begun) {
            begun = true;
            for (double factor : FIRST) {
                add((long) (factor * startRate), nowNanos);
            }
        }
    }

    boolean isBegun() {
        return begun;
    }

    /** A rate above the bound is probed at the bound, and not on from there. */
    private void add(long wanted, long nowNanos) {
        if (pending.size() < MOST_PENDING) {
            long bounded = Math.min(wanted, most);
            pending.add(bounded);
            passing = bounded < wanted ? Long.MAX_VALUE : (long) (PASSED * bounded);
            lastNanos = nowNanos;
            if (!active) {
                activate();
            }
        }
    }

    private void activate() {
        Long next = pending.poll();
        active = next != null;
        if (next != null) {
            rate = next;
            number++;
            sizes[number % REMEMBERED] = rate * DURATION_NANOS / 8_000_000_000L;
            packets = 0;
            bytes = 0;
        }
    }

    int probe() {
        return active ? number : BandwidthEstimator.NO_PROBE;
    }

    long rate() {
        return rate;
    }

    long leastBytes(int probe) {
        return sizes[probe % REMEMBERED];
    }

    void onSent(int probe, int size, long nowNanos) {
        if (!active || probe != number) {
            return;
        }
        if (packets == 0) {
            begunNanos = nowNanos;
        }
        packets++;
        bytes += size;
        if (packets >= LEAST_PACKETS && bytes >= leastBytes(number)) {
            activate();
        }
    }

    /** A probe got so much through. */
    void onResult(long measured, long nowNanos) {
        if (measured > passing && nowNanos - lastNanos <= PATIENCE_NANOS) {
            add((long) (NEXT * measured), nowNanos);
        }
    }

    /** The estimate has fallen, by a half perhaps because of something that passes. */
    void onDecrease(long before, long after, long nowNanos) {
        if (after < DROP * before) {
            dropNanos = nowNanos;
            rateBeforeDrop = before;
        }
    }

    /** The path is back to normal. */
    void onRecovered(long estimate, long nowNanos) {
        if (dropNanos != Long.MIN_VALUE && nowNanos - dropNanos <= DROP_NANOS) {
            long wanted = (long) (DROP_SHARE * rateBeforeDrop);
            if (wanted > estimate && nowNanos - lastNanos > WIDER_INTERVAL_NANOS) {
                add(wanted, nowNanos);
            }
        }
    }

    /** More gets through than the path was thought to carry. */
    void onWider(long estimate, long nowNanos) {
        if (nowNanos - lastNanos >= WIDER_INTERVAL_NANOS) {
            add((long) (NEXT * estimate), nowNanos);
        }
    }

    void handleTimeout(long estimate, boolean applicationLimited, long nowNanos) {
        if (active && packets > 0 && nowNanos - begunNanos > PATIENCE_NANOS) {
            activate();
        }
        if (begun && applicationLimited && nowNanos - lastNanos >= LIMITED_INTERVAL_NANOS) {
            add((long) (NEXT * estimate), nowNanos);
        }
    }
}
