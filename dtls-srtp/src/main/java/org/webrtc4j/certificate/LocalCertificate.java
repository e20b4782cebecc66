package org.webrtc4j.certificate;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * A certificate of ours with its private key. Immutable; may be shared by any number of connections.
 *
 * @param certificate the certificate, self-signed as WebRTC uses it
 * @param privateKey its key
 * @param fingerprints of the certificate, strongest hash first
 */
public record LocalCertificate(
        X509Certificate certificate, PrivateKey privateKey, List<CertificateFingerprint> fingerprints) {

    /**
     * Copies the list.
     *
     * @param certificate the certificate
     * @param privateKey its key
     * @param fingerprints of the certificate
     */
    public LocalCertificate {
        fingerprints = List.copyOf(fingerprints);
    }

    /**
     * Puts a certificate and its key together, with its sha-256 fingerprint.
     *
     * @param certificate the certificate
     * @param privateKey its key; that they belong together is not checked here
     * @return both
     */
    public static LocalCertificate of(X509Certificate certificate, PrivateKey privateKey) {
        return new LocalCertificate(certificate, privateKey, List.of(CertificateFingerprint.of(certificate)));
    }

    /**
     * Returns the end of the certificate's validity (RTCCertificate.expires).
     *
     * @return the last valid moment
     */
    public Instant expires() {
        return certificate.getNotAfter().toInstant();
    }

    /**
     * Tells whether the certificate may no longer be used for a new connection.
     *
     * @param epochMillis the wall time
     * @return true after {@link #expires}
     */
    public boolean isExpired(long epochMillis) {
        return epochMillis > expires().toEpochMilli();
    }

    /** Leaves the key out. */
    @Override
    public String toString() {
        return "LocalCertificate" + fingerprints;
    }
}
