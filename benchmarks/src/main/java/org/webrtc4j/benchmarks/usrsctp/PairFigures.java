package org.webrtc4j.benchmarks.usrsctp;

import java.time.Duration;

/**
 * What one round of a pair gave.
 *
 * @param nanos how long it was watched
 * @param bytes of messages that the receiver has counted meanwhile
 * @param senderCpu of the sender's process meanwhile
 * @param receiverCpu of the receiver's process meanwhile
 */
record PairFigures(long nanos, long bytes, Duration senderCpu, Duration receiverCpu) {

    private static final double GIB = 1L << 30;

    double megabytesPerSecond() {
        return bytes * 1e3 / nanos;
    }

    double senderCpuPerGib() {
        return perGib(senderCpu);
    }

    double receiverCpuPerGib() {
        return perGib(receiverCpu);
    }

    double cpuPerGib() {
        return perGib(senderCpu.plus(receiverCpu));
    }

    private double perGib(Duration cpu) {
        return cpu.toNanos() / 1e9 / (bytes / GIB);
    }
}
