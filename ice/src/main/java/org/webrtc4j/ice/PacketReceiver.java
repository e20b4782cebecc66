package org.webrtc4j.ice;

import java.nio.ByteBuffer;

/** Takes the packets of an {@link IceTransport}, on its loop. */
public interface PacketReceiver {

    /**
     * Takes one packet that is neither STUN nor ChannelData.
     *
     * @param packet a writable heap buffer, borrowed for the call
     * @param arrivalNanos when it arrived, on the loop's clock; the same for all packets of a batch
     */
    void onPacket(ByteBuffer packet, long arrivalNanos);

    /**
     * Tells that the batch of packets read together is over: acknowledgements and feedback are decided once.
     *
     * @param nowNanos the time of this turn
     */
    void onBatchEnd(long nowNanos);

    /**
     * Tells that {@link IceTransport#isWritable} changed.
     *
     * @param writable the new value
     */
    default void onWritabilityChanged(boolean writable) {}
}
