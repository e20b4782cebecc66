package org.webrtc4j.ice.port;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** Who takes what arrives at a {@link UdpSocket}. */
interface UdpInbound {

    /**
     * Takes one packet.
     *
     * @param packet the receive buffer of the loop, borrowed
     */
    void onDatagram(InetSocketAddress from, ByteBuffer packet, long arrivalNanos);

    /** The packets read together are over; what is flushed here leaves together. */
    void onReadEnd(long nowNanos);

    /** Fewer bytes are queued than the low-water mark, after more than the high-water mark was. */
    void onWritable();
}
