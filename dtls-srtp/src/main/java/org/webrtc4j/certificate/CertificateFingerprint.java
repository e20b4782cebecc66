package org.webrtc4j.certificate;

/**
 * A certificate fingerprint (RFC 8122 section 5).
 *
 * @param algorithm the hash function's name in lower case, such as sha-256
 * @param value upper-case hexadecimal pairs joined by colons
 */
public record CertificateFingerprint(String algorithm, String value) {}
