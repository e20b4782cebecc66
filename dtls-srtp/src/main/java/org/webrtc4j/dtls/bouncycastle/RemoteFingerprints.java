package org.webrtc4j.dtls.bouncycastle;

import java.security.cert.X509Certificate;
import java.util.List;
import org.webrtc4j.certificate.CertificateFingerprint;

/** The fingerprints of the peer's description: set on the loop, read by the handshake's worker. */
final class RemoteFingerprints {

    private volatile List<CertificateFingerprint> fingerprints = List.of();

    void set(List<CertificateFingerprint> known) {
        fingerprints = List.copyOf(known);
    }

    boolean areKnown() {
        return !fingerprints.isEmpty();
    }

    boolean match(X509Certificate leaf) {
        return CertificateFingerprint.anyMatches(fingerprints, leaf);
    }
}
