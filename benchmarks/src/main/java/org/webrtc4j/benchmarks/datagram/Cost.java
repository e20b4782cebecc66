package org.webrtc4j.benchmarks.datagram;

/**
 * What a burst has cost.
 *
 * @param nanos CPU time of the threads that carried it
 * @param allocatedBytes that they allocated meanwhile
 */
record Cost(long nanos, long allocatedBytes) {}
