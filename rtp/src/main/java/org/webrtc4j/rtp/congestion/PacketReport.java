package org.webrtc4j.rtp.congestion;

import java.util.Arrays;

/** What became of packets, in the order in which they left: parallel arrays, filled anew with each report of the receiver. */
public final class PacketReport {

    /** The time of arrival of a packet that did not arrive. */
    public static final long LOST = Long.MIN_VALUE;

    private static final int INITIAL = 64;

    private long[] sent = new long[INITIAL];
    private long[] received = new long[INITIAL];
    private int[] bytes = new int[INITIAL];
    private int[] probes = new int[INITIAL];
    private int size;

    /** Creates an empty report. */
    public PacketReport() {}

    /** Forgets everything. */
    public void clear() {
        size = 0;
    }

    /**
     * Adds a packet that left after those before.
     *
     * @param sentNanos when it left
     * @param receivedNanos when it arrived, on the receiver's clock, or {@link #LOST}
     * @param packetBytes its size
     * @param probe the probe that it belonged to
     */
    public void add(long sentNanos, long receivedNanos, int packetBytes, int probe) {
        if (size == sent.length) {
            sent = Arrays.copyOf(sent, 2 * size);
            received = Arrays.copyOf(received, 2 * size);
            bytes = Arrays.copyOf(bytes, 2 * size);
            probes = Arrays.copyOf(probes, 2 * size);
        }
        sent[size] = sentNanos;
        received[size] = receivedNanos;
        bytes[size] = packetBytes;
        probes[size] = probe;
        size++;
    }

    /**
     * Returns how many packets are spoken of.
     *
     * @return their number
     */
    public int size() {
        return size;
    }

    /**
     * Returns when a packet left.
     *
     * @param index of the packet
     * @return nanoseconds
     */
    public long sentNanos(int index) {
        return sent[index];
    }

    /**
     * Returns when a packet arrived.
     *
     * @param index of the packet
     * @return nanoseconds on a clock of the receiver, or {@link #LOST}
     */
    public long receivedNanos(int index) {
        return received[index];
    }

    /**
     * Tells whether a packet arrived.
     *
     * @param index of the packet
     * @return false when it is lost
     */
    public boolean isReceived(int index) {
        return received[index] != LOST;
    }

    /**
     * Returns the size of a packet.
     *
     * @param index of the packet
     * @return bytes
     */
    public int bytes(int index) {
        return bytes[index];
    }

    /**
     * Returns the probe of a packet.
     *
     * @param index of the packet
     * @return its number, or {@link BandwidthEstimator#NO_PROBE}
     */
    public int probe(int index) {
        return probes[index];
    }
}
