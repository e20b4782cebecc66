package org.webrtc4j;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The DTLS transport of a connection, as an observer sees it.
 *
 * @see <a href="https://www.w3.org/TR/webrtc/#rtcdtlstransport-interface">the specification</a>
 */
public final class RTCDtlsTransport extends EventTarget {

    private final RTCIceTransport iceTransport;
    private volatile RTCDtlsTransportState state = RTCDtlsTransportState.NEW;
    private volatile List<byte[]> remoteCertificates = List.of();

    RTCDtlsTransport(RTCIceTransport iceTransport) {
        this.iceTransport = iceTransport;
    }

    /**
     * Returns the ICE transport below.
     *
     * @return the same object on each call
     */
    public RTCIceTransport iceTransport() {
        return iceTransport;
    }

    /**
     * Returns the state.
     *
     * @return the state
     */
    public RTCDtlsTransportState state() {
        return state;
    }

    /**
     * Returns the certificates of the other side.
     *
     * @return copies of the DER forms, leaf first; empty until connected
     */
    public List<byte[]> getRemoteCertificates() {
        return remoteCertificates.stream().map(byte[]::clone).toList();
    }

    /**
     * Sets the handler of statechange.
     *
     * @param handler replaces the previous one; null removes it
     * @return this
     */
    public RTCDtlsTransport onStateChange(@Nullable Consumer<? super Event> handler) {
        setHandler(EventType.STATECHANGE, handler);
        return this;
    }

    /**
     * Sets the handler of error.
     *
     * @param handler replaces the previous one; null removes it
     * @return this
     */
    public RTCDtlsTransport onError(@Nullable Consumer<? super RTCErrorEvent> handler) {
        setHandler(EventType.ERROR, handler);
        return this;
    }

    void state(RTCDtlsTransportState value) {
        state = value;
    }

    void remoteCertificates(List<byte[]> value) {
        remoteCertificates = value;
    }
}
