package org.webrtc4j.dtls.contract;

import java.util.List;

/** What becomes of each datagram between two endpoints. Called on the loop. */
@FunctionalInterface
public interface Link {

    /**
     * Carries a datagram.
     *
     * @param fromClient its direction
     * @param index of the datagram in its direction, from 0
     * @param datagram its bytes
     * @return what arrives, and when: nothing, once, several times
     */
    List<Arrival> carry(boolean fromClient, int index, byte[] datagram);

    /**
     * A datagram that arrives.
     *
     * @param delayNanos how long after it was sent; 0 keeps the order
     * @param datagram its bytes
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Arrival(long delayNanos, byte[] datagram) {}

    /**
     * A link that changes nothing.
     *
     * @return the link
     */
    static Link perfect() {
        return (fromClient, index, datagram) -> List.of(new Arrival(0, datagram));
    }
}
