package org.webrtc4j.benchmarks.forward;

/**
 * What one point of the sweep gave.
 *
 * @param scenario the point
 * @param packetsIn taken in
 * @param packetsOut protected and given out; over loopback those that arrived
 * @param dropped not given out, or not arrived
 * @param cpuNanos of the thread that did the work in memory, of the server's whole process over loopback, its compilers and
 *     collectors included
 * @param loopCpuNanos of these, the loop's
 * @param wallNanos that passed meanwhile
 * @param delays in nanoseconds: in memory from the read of a batch to the last way out, over loopback from the sender to the
 *     receiver's tap at half the rate
 * @param allocatedBytes by the server's loop
 * @param cipherBytes of these, what the ciphers of the JDK allocate for the same packets
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ForwardResult(
        ForwardScenario scenario,
        long packetsIn,
        long packetsOut,
        long dropped,
        long cpuNanos,
        long loopCpuNanos,
        long wallNanos,
        double[] delays,
        long allocatedBytes,
        long cipherBytes) {

    private static final double NANOS = 1e9;

    double outPerCpuSecond() {
        return packetsOut * NANOS / cpuNanos;
    }

    double outPerLoopSecond() {
        return packetsOut * NANOS / loopCpuNanos;
    }

    double outPerWallSecond() {
        return packetsOut * NANOS / wallNanos;
    }

    /** Bytes for each packet out that the ciphers are not to blame for: our own, and over sockets Netty's and the JDK's. */
    double otherBytesPerPacket() {
        return Math.max(0, allocatedBytes - cipherBytes) / (double) packetsOut;
    }

    double cipherBytesPerPacket() {
        return cipherBytes / (double) packetsOut;
    }
}
