package org.webrtc4j.rtp;

import java.nio.ByteBuffer;

/** Sees the packets that a session sends, just before they go to its sink. */
@FunctionalInterface
public interface OutboundTap {

    /**
     * Takes a packet.
     *
     * @param stream whose
     * @param header the complete header, borrowed for the call
     * @param payload everything behind it, borrowed for the call; positions must be left as they are
     * @param retransmission whether it is sent again (RFC 4588)
     */
    void onPacket(SendStream stream, ByteBuffer header, ByteBuffer payload, boolean retransmission);
}
