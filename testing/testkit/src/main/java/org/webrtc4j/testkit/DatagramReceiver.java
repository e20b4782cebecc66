package org.webrtc4j.testkit;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** Takes the datagrams that arrive at a {@link VirtualSocket}. */
@FunctionalInterface
public interface DatagramReceiver {

    /**
     * Takes one datagram.
     *
     * @param from the sender as this socket sees it, behind any NAT
     * @param packet a writable heap buffer, borrowed for the call
     * @param nowNanos the virtual time
     */
    void onDatagram(InetSocketAddress from, ByteBuffer packet, long nowNanos);

    /**
     * Tells that no further datagram arrives at this instant.
     *
     * @param nowNanos the virtual time
     */
    default void onBatchEnd(long nowNanos) {}
}
