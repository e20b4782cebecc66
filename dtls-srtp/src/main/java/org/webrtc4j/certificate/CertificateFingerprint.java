package org.webrtc4j.certificate;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A certificate fingerprint (RFC 8122 section 5). Held in one canonical form, so that two of them are equal when they
 * mean the same.
 *
 * <p>A hash function we do not know is well-formed and kept, but matches nothing; so are MD2 and MD5, which RFC 8122
 * forbids.
 *
 * @param algorithm the hash function's name in lower case, such as sha-256
 * @param value upper-case hexadecimal pairs joined by colons
 */
public record CertificateFingerprint(String algorithm, String value) {

    /** The longest value taken, in characters: room for hashes of 128 bytes, twice the longest in use. */
    public static final int MAX_VALUE_CHARS = 128 * 3 - 1;

    private static final int MAX_ALGORITHM_CHARS = 32;
    private static final HexFormat PAIRS = HexFormat.ofDelimiter(":").withUpperCase();

    /**
     * Brings both parts into canonical form.
     *
     * @param algorithm the hash function's name, in any case
     * @param value hexadecimal pairs joined by colons, in any case
     * @throws IllegalArgumentException when the value is not such pairs, or not as many as the hash function has bytes
     */
    public CertificateFingerprint {
        if (!isToken(algorithm)) {
            throw new IllegalArgumentException("A fingerprint needs the name of a hash function");
        }
        if (!isPairs(value)) {
            throw new IllegalArgumentException("A fingerprint is hexadecimal pairs joined by colons");
        }
        algorithm = algorithm.toLowerCase(Locale.ROOT);
        value = value.toUpperCase(Locale.ROOT);
        int sizeBytes = (value.length() + 1) / 3;
        Optional<FingerprintHash> hash = FingerprintHash.byTextualName(algorithm);
        if (hash.isPresent() && hash.get().sizeBytes() != sizeBytes) {
            throw new IllegalArgumentException(
                    "A " + algorithm + " fingerprint has " + hash.get().sizeBytes() + " bytes, not " + sizeBytes);
        }
    }

    /**
     * Computes the sha-256 fingerprint of a certificate.
     *
     * @param certificate the certificate
     * @return its fingerprint
     */
    public static CertificateFingerprint of(X509Certificate certificate) {
        return of(certificate, FingerprintHash.SHA_256);
    }

    /**
     * Computes the fingerprint of a certificate.
     *
     * @param certificate the certificate
     * @param algorithm sha-1, sha-224, sha-256, sha-384 or sha-512, in any case
     * @return its fingerprint
     * @throws IllegalArgumentException for any other hash function
     */
    public static CertificateFingerprint of(X509Certificate certificate, String algorithm) {
        return of(
                certificate,
                FingerprintHash.byTextualName(algorithm)
                        .orElseThrow(() -> new IllegalArgumentException("No usable hash function: " + algorithm)));
    }

    /**
     * Reads the value of an SDP fingerprint attribute, such as {@code sha-256 4A:AD:...}.
     *
     * @param text hash function, one space, value; in any case
     * @return the fingerprint, or empty when the text is none
     */
    public static Optional<CertificateFingerprint> parse(String text) {
        int space = text.indexOf(' ');
        if (space < 0 || text.length() > MAX_ALGORITHM_CHARS + 1 + MAX_VALUE_CHARS) {
            return Optional.empty();
        }
        String algorithm = text.substring(0, space);
        String value = text.substring(space + 1);
        if (!isToken(algorithm) || !isPairs(value)) {
            return Optional.empty();
        }
        Optional<FingerprintHash> hash = FingerprintHash.byTextualName(algorithm);
        if (hash.isPresent() && hash.get().sizeBytes() * 3 - 1 != value.length()) {
            return Optional.empty();
        }
        return Optional.of(new CertificateFingerprint(algorithm, value));
    }

    /**
     * Tells whether a certificate is the one a peer's description announces: of the fingerprints offered, those with the
     * strongest usable hash function count, and one of them must match (RFC 8122 section 5).
     *
     * @param offered the fingerprints of the description
     * @param certificate the certificate that the peer presented
     * @return false also when none of the hash functions is usable
     */
    public static boolean anyMatches(List<CertificateFingerprint> offered, X509Certificate certificate) {
        Optional<FingerprintHash> strongest = Optional.empty();
        for (CertificateFingerprint fingerprint : offered) {
            Optional<FingerprintHash> hash = FingerprintHash.byTextualName(fingerprint.algorithm);
            if (hash.isPresent() && (strongest.isEmpty() || hash.get().compareTo(strongest.get()) > 0)) {
                strongest = hash;
            }
        }
        return strongest.isPresent() && offered.contains(of(certificate, strongest.get()));
    }

    /**
     * Tells whether the hash function may prove a certificate.
     *
     * @return false for MD2, MD5 and hash functions we do not know
     */
    public boolean isUsable() {
        return FingerprintHash.byTextualName(algorithm).isPresent();
    }

    /**
     * Tells whether this is the fingerprint of a certificate.
     *
     * @param certificate the certificate
     * @return false also when the hash function is not usable
     */
    public boolean matches(X509Certificate certificate) {
        return anyMatches(List.of(this), certificate);
    }

    /**
     * Writes the value of an SDP fingerprint attribute.
     *
     * @return hash function, space, value
     */
    @Override
    public String toString() {
        return algorithm + ' ' + value;
    }

    private static CertificateFingerprint of(X509Certificate certificate, FingerprintHash hash) {
        try {
            MessageDigest digest = MessageDigest.getInstance(hash.digestName());
            return new CertificateFingerprint(
                    hash.textualName(), PAIRS.formatHex(digest.digest(certificate.getEncoded())));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has " + hash.digestName(), e);
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("The certificate cannot be encoded", e);
        }
    }

    private static boolean isToken(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_ALGORITHM_CHARS
                && text.chars().allMatch(c -> c > ' ' && c < 0x7F);
    }

    private static boolean isPairs(String text) {
        if (text.length() % 3 != 2 || text.length() > MAX_VALUE_CHARS) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            boolean good = i % 3 == 2 ? text.charAt(i) == ':' : HexFormat.isHexDigit(text.charAt(i));
            if (!good) {
                return false;
            }
        }
        return true;
    }
}
