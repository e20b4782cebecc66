package org.webrtc4j.ice;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.webrtc4j.common.EventLoop;

/**
 * The packet path that ICE provides to what runs above it. Everything happens on {@link #loop()}; there are no locks.
 */
public interface IceTransport {

    /**
     * Returns the loop on which this transport lives for life.
     *
     * @return the loop
     */
    EventLoop loop();

    /**
     * Appends one packet to the run that the next {@link #flush} sends over the selected pair.
     *
     * @param packet a heap buffer, borrowed; copied to the end of the port's run
     * @return false when the packet was dropped and counted: no usable pair, consent lost, or the run is full
     */
    boolean send(ByteBuffer packet);

    /** Sends what was appended. The driver calls it once, at the end of its turn. */
    void flush();

    /**
     * Returns how large a packet may be on the selected path.
     *
     * @return bytes of UDP payload, framing of relays and TCP already taken off
     */
    int maxPayload();

    /**
     * Tells whether a packet sent now would leave.
     *
     * @return true with a usable pair, consent, and less queued than the high-water mark
     */
    boolean isWritable();

    /**
     * Sets who takes the packets. Until then packets are kept, up to a bound.
     *
     * @param receiver the driver of the connection
     */
    void setReceiver(PacketReceiver receiver);

    /**
     * Adds a listener, called on the loop. A listener only takes note: it must not call back into this transport.
     *
     * @param listener the listener
     */
    void addListener(IceListener listener);

    /**
     * Returns the state of the transport.
     *
     * @return the state as RTCIceTransportState names it
     */
    IceState state();

    /**
     * Returns the pair that carries data.
     *
     * @return the selected pair, or empty before one was nominated
     */
    Optional<SelectedPair> selectedPair();

    /**
     * Returns the counters of this transport.
     *
     * @return a snapshot
     */
    IceStats stats();
}
