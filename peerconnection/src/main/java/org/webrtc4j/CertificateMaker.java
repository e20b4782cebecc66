package org.webrtc4j;

import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import org.webrtc4j.certificate.CertificateAlgorithm;
import org.webrtc4j.certificate.Certificates;

/** Makes certificates by the names that WebCrypto gives their algorithms. */
final class CertificateMaker {

    private CertificateMaker() {}

    static CompletableFuture<RTCCertificate> generate(String algorithm) {
        CertificateAlgorithm chosen;
        switch (algorithm) {
            case "ECDSA" -> chosen = CertificateAlgorithm.ECDSA_P256;
            case "RSASSA-PKCS1-v1_5" -> chosen = CertificateAlgorithm.RSA_2048;
            default -> {
                return CompletableFuture.failedFuture(
                        DOMException.notSupported("No certificate can be made with " + algorithm));
            }
        }
        return CompletableFuture.supplyAsync(() -> make(chosen));
    }

    static RTCCertificate make(CertificateAlgorithm algorithm) {
        return RTCCertificate.of(Certificates.generate(algorithm, new SecureRandom(), System.currentTimeMillis()));
    }
}
