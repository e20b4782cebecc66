package org.webrtc4j;

import java.util.List;
import java.util.Locale;
import org.webrtc4j.certificate.LocalCertificate;

/**
 * A certificate with its private key. Immutable; may be used by any number of connections.
 *
 * @see <a href="https://www.w3.org/TR/webrtc/#rtccertificate-interface">the specification</a>
 */
public final class RTCCertificate {

    private final LocalCertificate local;

    private RTCCertificate(LocalCertificate local) {
        this.local = local;
    }

    /**
     * Wraps a certificate that was made or read elsewhere.
     *
     * @param certificate the certificate and its key
     * @return the W3C object
     */
    public static RTCCertificate of(LocalCertificate certificate) {
        return new RTCCertificate(certificate);
    }

    /**
     * Returns when the certificate expires.
     *
     * @return milliseconds since 1970-01-01T00:00:00Z
     */
    public long expires() {
        return local.expires().toEpochMilli();
    }

    /**
     * Returns the fingerprints of the certificate.
     *
     * @return strongest hash first
     */
    public List<RTCDtlsFingerprint> getFingerprints() {
        return local.fingerprints().stream()
                .map(each ->
                        new RTCDtlsFingerprint(each.algorithm(), each.value().toLowerCase(Locale.ROOT)))
                .toList();
    }

    /**
     * Returns the certificate and its key.
     *
     * @return what this object wraps
     */
    public LocalCertificate certificate() {
        return local;
    }
}
