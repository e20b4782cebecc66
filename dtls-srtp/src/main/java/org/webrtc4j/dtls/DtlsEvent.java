package org.webrtc4j.dtls;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.webrtc4j.srtp.KeyingMaterial;

/** What happens to a DTLS association. */
public sealed interface DtlsEvent {

    /**
     * The handshake ended and the peer's certificate matches a remote fingerprint.
     *
     * @param keys SRTP keys, or empty when no profile was negotiated
     * @param peerCertificates the peer's chain, leaf first
     * @param cipher the cipher suite's IANA name
     * @param version the protocol version
     */
    record Connected(
            Optional<KeyingMaterial> keys, List<X509Certificate> peerCertificates, String cipher, DtlsVersion version)
            implements DtlsEvent {

        /**
         * Copies the list.
         *
         * @param keys SRTP keys, or empty
         * @param peerCertificates the peer's chain, leaf first
         * @param cipher the cipher suite's IANA name
         * @param version the protocol version
         */
        public Connected {
            peerCertificates = List.copyOf(peerCertificates);
        }
    }

    /** The peer or the owner closed with close_notify. */
    record Closed() implements DtlsEvent {}

    /**
     * The association died.
     *
     * @param failure why
     */
    record Failed(DtlsFailure failure) implements DtlsEvent {}
}
