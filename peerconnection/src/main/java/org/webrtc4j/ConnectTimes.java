package org.webrtc4j;

/**
 * How long a connection took to come up, by phase. Phases follow each other.
 *
 * @param iceNanos from the constructor until a pair was usable: signalling is in it
 * @param dtlsNanos from then until the handshake was over
 * @param sctpNanos from then until channels could carry messages
 */
public record ConnectTimes(long iceNanos, long dtlsNanos, long sctpNanos) {

    /**
     * Returns the whole time.
     *
     * @return nanoseconds from the constructor until channels could carry messages
     */
    public long totalNanos() {
        return iceNanos + dtlsNanos + sctpNanos;
    }
}
