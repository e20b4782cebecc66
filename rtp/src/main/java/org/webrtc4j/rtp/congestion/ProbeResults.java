package org.webrtc4j.rtp.congestion;

/** The rates of probes: the lesser of what left and what arrived, when most of a probe did. */
final class ProbeResults {

    private static final int KEPT = 8;
    private static final double REQUIRED_SHARE = 0.8;
    /** A probe that arrives twice as fast as it left was held back on its way. */
    private static final double MOST_COMPRESSION = 2;

    private static final double SATURATION = 0.9;
    private static final double SATURATED_SHARE = 0.95;

    private final int[] probes = new int[KEPT];
    private final int[] packets = new int[KEPT];
    private final long[] bytes = new long[KEPT];
    private final long[] firstSent = new long[KEPT];
    private final long[] lastSent = new long[KEPT];
    private final int[] lastSentBytes = new int[KEPT];
    private final long[] firstArrival = new long[KEPT];
    private final int[] firstArrivalBytes = new int[KEPT];
    private final long[] lastArrival = new long[KEPT];

    /** Takes a packet of a probe that arrived; answers the rate, or {@link Throughput#UNKNOWN} while too few have. */
    long add(int probe, long sentNanos, long arrivalNanos, int size, int leastPackets, long leastBytes) {
        int slot = probe % KEPT;
        if (probes[slot] != probe) {
            probes[slot] = probe;
            packets[slot] = 0;
            bytes[slot] = 0;
            firstSent[slot] = Long.MAX_VALUE;
            lastSent[slot] = Long.MIN_VALUE;
            firstArrival[slot] = Long.MAX_VALUE;
            lastArrival[slot] = Long.MIN_VALUE;
        }
        packets[slot]++;
        bytes[slot] += size;
        firstSent[slot] = Math.min(firstSent[slot], sentNanos);
        if (sentNanos >= lastSent[slot]) {
            lastSent[slot] = sentNanos;
            lastSentBytes[slot] = size;
        }
        if (arrivalNanos < firstArrival[slot]) {
            firstArrival[slot] = arrivalNanos;
            firstArrivalBytes[slot] = size;
        }
        lastArrival[slot] = Math.max(lastArrival[slot], arrivalNanos);
        if (packets[slot] < REQUIRED_SHARE * leastPackets || bytes[slot] < REQUIRED_SHARE * leastBytes) {
            return Throughput.UNKNOWN;
        }
        return rate(slot);
    }

    private long rate(int slot) {
        long sending = lastSent[slot] - firstSent[slot];
        long arriving = lastArrival[slot] - firstArrival[slot];
        if (sending <= 0 || arriving <= 0) {
            return Throughput.UNKNOWN;
        }
        double left = (bytes[slot] - lastSentBytes[slot]) * 8e9 / sending;
        double came = (bytes[slot] - firstArrivalBytes[slot]) * 8e9 / arriving;
        if (came > MOST_COMPRESSION * left) {
            return Throughput.UNKNOWN;
        }
        return (long) (came < SATURATION * left ? SATURATED_SHARE * came : Math.min(left, came));
    }
}
