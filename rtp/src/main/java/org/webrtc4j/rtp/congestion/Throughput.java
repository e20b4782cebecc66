package org.webrtc4j.rtp.congestion;

/**
 * What gets through: the lesser of the rates at which the last packets left and arrived. The longest pause between arrivals
 * is taken for an accident of the path, which delivers in bursts.
 */
final class Throughput {

    static final long UNKNOWN = -1;

    private static final int SIZE = 512;
    private static final int LEAST_PACKETS = 20;
    private static final int REQUIRED_PACKETS = 10;
    private static final long WINDOW_NANOS = 500_000_000L;
    private static final long MAX_WINDOW_NANOS = 5_000_000_000L;

    private static final long RECENT_NANOS = 150_000_000L;
    private static final int RECENT_PACKETS = 8;

    /** In the order of arrival. */
    private final long[] sent = new long[SIZE];

    private final long[] arrived = new long[SIZE];
    private final int[] bytes = new int[SIZE];
    private int first;
    private int count;

    /** Takes a packet that arrived. */
    void add(long sentNanos, long arrivalNanos, int packetBytes) {
        if (count == SIZE) {
            removeFirst();
        }
        int at = count++;
        while (at > 0 && arrived[slot(at - 1)] > arrivalNanos) {
            set(at, sent[slot(at - 1)], arrived[slot(at - 1)], bytes[slot(at - 1)]);
            at--;
        }
        set(at, sentNanos, arrivalNanos, packetBytes);
        while (isTooLong()) {
            removeFirst();
        }
    }

    /** A probe has found that the path carries more: what was sent before says nothing about it. */
    void restart() {
        count = 0;
    }

    private int slot(int index) {
        return (first + index) & (SIZE - 1);
    }

    private void set(int index, long sentNanos, long arrivalNanos, int packetBytes) {
        int slot = slot(index);
        sent[slot] = sentNanos;
        arrived[slot] = arrivalNanos;
        bytes[slot] = packetBytes;
    }

    private void removeFirst() {
        first = slot(1);
        count--;
    }

    private boolean isTooLong() {
        long span = arrived[slot(count - 1)] - arrived[slot(0)];
        return span > MAX_WINDOW_NANOS || (count > LEAST_PACKETS && span > WINDOW_NANOS);
    }

    /** Bits per second, or {@link #UNKNOWN}. */
    long rate() {
        if (count < REQUIRED_PACKETS) {
            return UNKNOWN;
        }
        long longest = 0;
        long second = 0;
        long firstSent = Long.MAX_VALUE;
        long lastSent = Long.MIN_VALUE;
        int lastSentBytes = 0;
        long total = 0;
        for (int i = 0; i < count; i++) {
            int slot = slot(i);
            if (i > 0) {
                long gap = arrived[slot] - arrived[slot(i - 1)];
                second = Math.max(second, Math.min(gap, longest));
                longest = Math.max(longest, gap);
            }
            firstSent = Math.min(firstSent, sent[slot]);
            if (sent[slot] > lastSent) {
                lastSent = sent[slot];
                lastSentBytes = bytes[slot];
            }
            total += bytes[slot];
        }
        long receiving = arrived[slot(count - 1)] - arrived[slot(0)] - longest + second;
        return Math.min(rate(total - bytes[slot(0)], receiving), rate(total - lastSentBytes, lastSent - firstSent));
    }

    /** The rate at which the last packets arrived, in bits per second, or {@link #UNKNOWN}: a path that became slower shows here first. */
    long recent() {
        int last = count - 1;
        int from = last;
        long total = 0;
        while (from > 0 && arrived[slot(last)] - arrived[slot(from)] < RECENT_NANOS) {
            total += bytes[slot(from)];
            from--;
        }
        long span = last < 0 ? 0 : arrived[slot(last)] - arrived[slot(from)];
        return span < RECENT_NANOS || last - from < RECENT_PACKETS ? UNKNOWN : rate(total, span);
    }

    private static long rate(long bytes, long nanos) {
        return (long) (bytes * 8e9 / Math.max(nanos, 1_000_000L));
    }
}
