package org.webrtc4j.testkit;

import java.nio.ByteBuffer;

/** Takes the packets that arrive at one end of a {@link VirtualLink}. */
@FunctionalInterface
public interface LinkReceiver {

    /**
     * Takes one packet.
     *
     * @param packet a writable heap buffer, borrowed for the call
     * @param nowNanos the virtual time
     */
    void onPacket(ByteBuffer packet, long nowNanos);

    /**
     * Tells that no further packet arrives at this instant.
     *
     * @param nowNanos the virtual time
     */
    default void onBatchEnd(long nowNanos) {}
}
