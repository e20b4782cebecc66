package org.webrtc4j;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The SCTP association of a connection, as an observer sees it.
 *
 * @see <a href="https://www.w3.org/TR/webrtc/#rtcsctptransport-interface">the specification</a>
 */
public final class RTCSctpTransport extends EventTarget {

    private final RTCDtlsTransport transport;
    private volatile RTCSctpTransportState state = RTCSctpTransportState.CONNECTING;
    private volatile double maxMessageSize;
    private volatile @Nullable Integer maxChannels;

    RTCSctpTransport(RTCDtlsTransport transport) {
        this.transport = transport;
    }

    /**
     * Returns the DTLS transport below.
     *
     * @return the same object on each call
     */
    public RTCDtlsTransport transport() {
        return transport;
    }

    /**
     * Returns the state.
     *
     * @return the state
     */
    public RTCSctpTransportState state() {
        return state;
    }

    /**
     * Returns the largest message that send takes.
     *
     * @return bytes; positive infinity when the other side takes any size
     */
    public double maxMessageSize() {
        return maxMessageSize;
    }

    /**
     * Returns how many channels there can be at once.
     *
     * @return the number, or null until connected
     */
    public @Nullable Integer maxChannels() {
        return maxChannels;
    }

    /**
     * Sets the handler of statechange.
     *
     * @param handler replaces the previous one; null removes it
     * @return this
     */
    public RTCSctpTransport onStateChange(@Nullable Consumer<? super Event> handler) {
        setHandler(EventType.STATECHANGE, handler);
        return this;
    }

    void state(RTCSctpTransportState value) {
        state = value;
    }

    void maxMessageSize(double value) {
        maxMessageSize = value;
    }

    void maxChannels(int value) {
        maxChannels = value;
    }
}
