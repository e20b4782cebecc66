package org.webrtc4j.certificate;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
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

    /** Leaves the key out. */
    @Override
    public String toString() {
        return "LocalCertificate" + fingerprints;
    }
}
