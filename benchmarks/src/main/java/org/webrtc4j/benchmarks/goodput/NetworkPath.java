package org.webrtc4j.benchmarks.goodput;

import java.time.Duration;
import org.webrtc4j.testkit.Impairments;

/**
 * A path with one bottleneck on the way there, before which packets wait in a queue that drops what does not fit.
 *
 * @param rttMillis round-trip time while nothing waits
 * @param loss probability that a packet is lost, in either direction
 * @param bitsPerSecond of the bottleneck
 * @param queueProducts length of the queue in bandwidth-delay products
 */
record NetworkPath(int rttMillis, double loss, long bitsPerSecond, double queueProducts) {

    private static final int LEAST_QUEUE_BYTES = 16 * 1024;
    private static final int BITS = 8;

    Duration rtt() {
        return Duration.ofMillis(rttMillis);
    }

    int queueBytes() {
        double product = bitsPerSecond / (double) BITS * rttMillis / 1e3;
        return (int) Math.max(LEAST_QUEUE_BYTES, queueProducts * product);
    }

    /** What happens on the way there. */
    Impairments there() {
        return back().withRate(bitsPerSecond, queueBytes(), Duration.ofHours(1));
    }

    /** What happens on the way back, which no queue is on. */
    Impairments back() {
        return Impairments.NONE.withDelay(rtt().dividedBy(2)).withLoss(loss);
    }

    @Override
    public String toString() {
        return String.format("%d Mbit/s, %d ms, queue %.2g BDP", bitsPerSecond / 1_000_000, rttMillis, queueProducts);
    }
}
