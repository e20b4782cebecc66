package org.webrtc4j.rtp.send;

import org.webrtc4j.rtp.congestion.PacketReport;

/**
 * When packets left, by the transport's number and by SSRC and sequence number, until the feedback that speaks of them. A ring: when it is
 * full, the oldest packet is forgotten and feedback about it is ignored.
 */
public final class SentPackets {

    /** Packets remembered: ten seconds of 4 Mbit/s. */
    public static final int CAPACITY = 4_096;

    /** A packet of which nothing is known. */
    public static final int NONE = -1;

    private static final byte FREE = 0;
    private static final byte UNDER_WAY = 1;
    private static final byte LOST = 2;
    private static final byte RECEIVED = 3;

    private static final int MASK = CAPACITY - 1;
    private static final int GOLDEN = 0x9e37_79b9;

    private final long[] numbers = new long[CAPACITY];
    private final long[] nanos = new long[CAPACITY];
    private final int[] ssrcs = new int[CAPACITY];
    private final short[] sequences = new short[CAPACITY];
    private final int[] bytes = new int[CAPACITY];
    private final int[] probes = new int[CAPACITY];
    private final byte[] states = new byte[CAPACITY];
    private final long[] received = new long[CAPACITY];
    private final boolean[] news = new boolean[CAPACITY];
    private long firstNews = Long.MAX_VALUE;
    private long lastNews = Long.MIN_VALUE;

    /** Packets with the same hash, the latest first, as transport numbers plus one. */
    private final long[] heads = new long[CAPACITY];

    private final long[] chains = new long[CAPACITY];

    /** Creates an empty ring. */
    public SentPackets() {}

    /**
     * Notes a packet.
     *
     * @param number the transport's, unwrapped, one above that of the packet before
     * @param ssrc its source
     * @param sequence its sequence number on the wire
     * @param sizeBytes its size
     * @param probe the number of the probe it belongs to
     * @param nowNanos when it leaves
     */
    public void put(long number, int ssrc, int sequence, int sizeBytes, int probe, long nowNanos) {
        int slot = (int) number & MASK;
        numbers[slot] = number;
        nanos[slot] = nowNanos;
        ssrcs[slot] = ssrc;
        sequences[slot] = (short) sequence;
        bytes[slot] = sizeBytes;
        probes[slot] = probe;
        states[slot] = UNDER_WAY;
        int hash = hash(ssrc, sequence);
        chains[slot] = heads[hash];
        heads[hash] = number + 1;
    }

    private static int hash(int ssrc, int sequence) {
        return ((ssrc * 31 + (sequence & 0xffff)) * GOLDEN) >>> 20 & MASK;
    }

    /**
     * Finds a packet.
     *
     * @param number the transport's, unwrapped
     * @return an index, or {@link #NONE}
     */
    public int find(long number) {
        int slot = (int) number & MASK;
        return states[slot] != FREE && numbers[slot] == number ? slot : NONE;
    }

    /**
     * Finds a packet.
     *
     * @param ssrc its source
     * @param sequence its sequence number on the wire
     * @return an index, or {@link #NONE}
     */
    public int find(int ssrc, int sequence) {
        long link = heads[hash(ssrc, sequence)];
        while (link > 0) {
            int slot = find(link - 1);
            if (slot == NONE) {
                return NONE;
            }
            if (ssrcs[slot] == ssrc && sequences[slot] == (short) sequence) {
                return slot;
            }
            // A chain leads to ever older packets.
            long next = chains[slot];
            link = next < link ? next : 0;
        }
        return NONE;
    }

    /**
     * Takes note that a packet arrived, to be told in the next report.
     *
     * @param index of {@link #find}
     * @param receivedNanos when, on a clock of the receiver
     */
    public void markReceived(int index, long receivedNanos) {
        if (states[index] != RECEIVED) {
            states[index] = RECEIVED;
            touch(index, receivedNanos);
        }
    }

    /**
     * Takes note that a packet arrived, nobody knows when.
     *
     * @param index of {@link #find}
     */
    public void markSettled(int index) {
        states[index] = RECEIVED;
    }

    /**
     * Takes note that a packet did not arrive, to be told in the next report; it may have arrived late all the same.
     *
     * @param index of {@link #find}
     */
    public void markLost(int index) {
        if (states[index] == UNDER_WAY) {
            states[index] = LOST;
            touch(index, PacketReport.LOST);
        }
    }

    private void touch(int index, long receivedNanos) {
        news[index] = true;
        received[index] = receivedNanos;
        firstNews = Math.min(firstNews, numbers[index]);
        lastNews = Math.max(lastNews, numbers[index]);
    }

    /**
     * Tells what was noted since the last time, in the order in which the packets left.
     *
     * @param report is filled anew
     * @return when the last packet left that arrived, or {@link Long#MIN_VALUE}
     */
    public long takeNews(PacketReport report) {
        report.clear();
        long latest = Long.MIN_VALUE;
        for (long number = firstNews; number <= lastNews; number++) {
            int slot = (int) number & MASK;
            if (news[slot]) {
                news[slot] = false;
                report.add(nanos[slot], received[slot], bytes[slot], probes[slot]);
                latest = received[slot] == PacketReport.LOST ? latest : nanos[slot];
            }
        }
        firstNews = Long.MAX_VALUE;
        lastNews = Long.MIN_VALUE;
        return latest;
    }
}
