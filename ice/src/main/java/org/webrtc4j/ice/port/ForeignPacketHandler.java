package org.webrtc4j.ice.port;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** Takes the datagrams of another protocol that shares a {@link LentChannel} with WebRTC. */
@FunctionalInterface
public interface ForeignPacketHandler {

    /**
     * Takes one datagram, on the loop that reads the channel; it must not block. What it throws is logged and counted as
     * {@code ownerFailed}, and harms nobody else.
     *
     * @param from where it came from
     * @param packet its bytes, copied once from the socket; a heap buffer, borrowed for the call, 0 to 2,047 bytes
     * @param arrivalNanos when it arrived, on the clock of the loops
     */
    void onPacket(InetSocketAddress from, ByteBuffer packet, long arrivalNanos);
}
