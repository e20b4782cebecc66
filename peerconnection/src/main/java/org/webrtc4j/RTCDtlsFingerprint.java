package org.webrtc4j;

/**
 * The fingerprint of a certificate (RFC 8122).
 *
 * @param algorithm the hash function, such as sha-256
 * @param value hexadecimal pairs joined by colons, in lower case
 * @see <a href="https://www.w3.org/TR/webrtc/#rtcdtlsfingerprint">the specification</a>
 */
public record RTCDtlsFingerprint(String algorithm, String value) {}
