package org.webrtc4j.certificate;

/** The kinds of key a certificate of ours may have (RFC 8827 section 6.5, WebRTC 4.9.1). */
public enum CertificateAlgorithm {
    /** ECDSA over P-256 with SHA-256: the default. */
    ECDSA_P256,
    /** RSA of 2048 bits with SHA-256: ten to a hundred times the cost, for peers that ask for it. */
    RSA_2048
}
