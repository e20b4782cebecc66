package org.webrtc4j.ice.port;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.webrtc4j.ice.ConnectionEnd;

/** Takes what arrives at a {@link PacketPort}, on the owner's loop. */
public interface PortOwner {

    /**
     * Takes one packet of any kind.
     *
     * @param port where it arrived
     * @param from the remote address
     * @param packet a writable heap buffer, borrowed for the call
     * @param arrivalNanos when it arrived, on the loop's clock
     */
    void onPacket(PacketPort port, InetSocketAddress from, ByteBuffer packet, long arrivalNanos);

    /**
     * Tells that the batch of packets read together is over.
     *
     * @param nowNanos the time of this turn
     */
    void onBatchEnd(long nowNanos);

    /**
     * Tells that {@link PacketPort#isWritable} changed.
     *
     * @param port which
     * @param writable the new value
     */
    void onWritabilityChanged(PacketPort port, boolean writable);

    /**
     * Tells that the TCP connection to one address has ended, or could not be made; the port goes on. Never told inside a
     * call of the owner into the port.
     *
     * @param port which
     * @param remote the other end
     * @param end why
     */
    default void onConnectionEnded(PacketPort port, InetSocketAddress remote, ConnectionEnd end) {}

    /**
     * Tells that a port has ended by itself: a connection was lost or closed by the other side.
     *
     * @param port which
     */
    default void onClosed(PacketPort port) {}
}
