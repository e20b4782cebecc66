package org.webrtc4j;

import org.jspecify.annotations.Nullable;

/**
 * A certificate.
 *
 * @param id stable over the life of the object
 * @param timestamp milliseconds since 1970-01-01T00:00:00Z; the same in a whole report
 * @param fingerprint hexadecimal pairs joined by colons
 * @param fingerprintAlgorithm the hash function, such as sha-256
 * @param base64Certificate the DER form in base64
 * @param issuerCertificateId the id of the issuer's certificate; null at the end of a chain
 * @see <a href="https://www.w3.org/TR/webrtc-stats/#certificatestats-dict*">the specification</a>
 */
public record RTCCertificateStats(
        String id,
        double timestamp,
        String fingerprint,
        String fingerprintAlgorithm,
        String base64Certificate,
        @Nullable String issuerCertificateId)
        implements RTCStats {

    @Override
    public RTCStatsType type() {
        return RTCStatsType.CERTIFICATE;
    }
}
