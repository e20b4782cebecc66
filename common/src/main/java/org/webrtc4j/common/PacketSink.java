package org.webrtc4j.common;

import java.nio.ByteBuffer;

/** Where an engine puts its outgoing packets. */
@FunctionalInterface
public interface PacketSink {

    /**
     * Takes one packet. Must not call back into the engine that emits it, and must copy what it wants to keep.
     *
     * @param packet the bytes between position and limit of a heap buffer, borrowed for the duration of the call
     */
    void transmit(ByteBuffer packet);
}
