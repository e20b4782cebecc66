package org.webrtc4j.sctp.tx;

/** Whether the congestion window was what held the sender back; only then may it grow (RFC 9260 section 7.2.1). */
final class Utilisation {

    private final OutstandingData outstanding;
    private final int packetSize;

    /** What was sent below this TSN was sent with the window full. */
    private long fullBelow;
    /** What was sent below this TSN was sent as fast as the pacer allowed. */
    private long pacedBelow;

    Utilisation(OutstandingData outstanding, int packetSize) {
        this.outstanding = outstanding;
        this.packetSize = packetSize;
    }

    void start(long initialTsn) {
        fullBelow = initialTsn;
        pacedBelow = initialTsn;
    }

    /** There is more to send, and the window is full. */
    void onWindowFull() {
        fullBelow = outstanding.next();
    }

    /** There is more to send, and the pacer holds it back. */
    void onPaced() {
        pacedBelow = outstanding.next();
    }

    /**
     * Whether the window was full within the last round trip, or nearly is. In slow start, which doubles it, half of it is
     * enough where the pacer spread the rest.
     */
    boolean isFull(CongestionControl congestion) {
        long flight = outstanding.flightBytes();
        long window = congestion.window();
        boolean spread =
                outstanding.base() < pacedBelow && window < congestion.slowStartThreshold() && 2 * flight >= window;
        return outstanding.base() < fullBelow || flight + packetSize >= window || spread;
    }
}
