package org.webrtc4j.benchmarks.forward;

/**
 * What one point of the sweep gave.
 *
 * @param scenario the point
 * @param packetsIn taken in
 * @param packetsOut protected and given out
 * @param dropped not given out
 * @param cpuNanos of the thread that did the work
 * @param wallNanos that passed meanwhile
 * @param delays of packets from the way in to the last way out, in nanoseconds
 * @param allocatedBytes by that thread
 * @param cipherBytes of these, what the ciphers of the JDK allocate for the same packets
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ForwardResult(
        ForwardScenario scenario,
        long packetsIn,
        long packetsOut,
        long dropped,
        long cpuNanos,
        long wallNanos,
        double[] delays,
        long allocatedBytes,
        long cipherBytes) {

    private static final double NANOS = 1e9;

    double outPerCpuSecond() {
        return packetsOut * NANOS / cpuNanos;
    }

    double outPerWallSecond() {
        return packetsOut * NANOS / wallNanos;
    }

    /** Bytes of our own for each packet out. */
    double ownBytesPerPacket() {
        return Math.max(0, allocatedBytes - cipherBytes) / (double) packetsOut;
    }

    double cipherBytesPerPacket() {
        return cipherBytes / (double) packetsOut;
    }
}
