package org.webrtc4j.dtls;

import java.nio.ByteBuffer;
import java.util.List;
import org.webrtc4j.certificate.CertificateFingerprint;
import org.webrtc4j.common.ProtocolEngine;

/**
 * One side of a DTLS association. {@link #handlePacket} takes one datagram, in first-byte class 20 to 63 (RFC 7983).
 *
 * <p>Datagrams that come before {@link #start} are kept, up to a bound: a ClientHello may overtake signalling. Flights of
 * the handshake may leave at once; application data too. Exactly one {@link DtlsEvent.Closed} or {@link
 * DtlsEvent.Failed} ends an endpoint.
 */
public interface DtlsEndpoint extends ProtocolEngine {

    /**
     * Begins the handshake.
     *
     * @param role client sends the first flight (a=setup:active)
     * @param nowNanos the time of this turn
     * @throws IllegalStateException when it was begun before
     */
    void start(DtlsRole role, long nowNanos);

    /**
     * Sets the fingerprints of which the peer's certificate must match one: the strongest hash offered counts (RFC 8122
     * section 5). May come after the handshake; {@link DtlsEvent.Connected} waits for it.
     *
     * @param fingerprints from the remote description
     * @throws IllegalArgumentException when there is none
     */
    void setRemoteFingerprints(List<CertificateFingerprint> fingerprints);

    /**
     * Encrypts and emits one datagram of the layer above.
     *
     * @param data a heap buffer, borrowed; 1 to 16,384 bytes. DTLS adds up to 37 bytes, and does not fragment
     * @param nowNanos the time of this turn
     * @return false when not connected or closed: nothing was sent
     * @throws IllegalArgumentException when the data is empty or longer
     */
    boolean sendApplicationData(ByteBuffer data, long nowNanos);

    /**
     * Ends the association with close_notify. No data is sent or delivered after this.
     *
     * @param nowNanos the time of this turn
     */
    void close(long nowNanos);

    /**
     * Returns the counters of this endpoint.
     *
     * @return a snapshot
     */
    DtlsStats stats();
}
