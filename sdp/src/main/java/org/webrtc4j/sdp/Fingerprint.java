package org.webrtc4j.sdp;

/**
 * The hash of the certificate that the DTLS handshake must show (RFC 8122 section 5).
 *
 * @param hash the hash function as it was written, e.g. {@code sha-256}; unknown ones are kept and match nothing
 * @param digits pairs of hexadecimal digits between colons, as they were written
 */
public record Fingerprint(String hash, String digits) implements Attribute {

    static final String NAME = "fingerprint";

    private static final String HEX = "0123456789ABCDEF";

    /**
     * Checks the digits, and their number where the hash function is known.
     *
     * @param hash the hash function as it was written, e.g. {@code sha-256}; unknown ones are kept and match nothing
     * @param digits pairs of hexadecimal digits between colons, as they were written
     * @throws IllegalArgumentException when a value could not be written or read back
     */
    public Fingerprint {
        Grammar.token(hash, "hash function");
        Grammar.require(digits.length() % 3 == 2, "fingerprint", "is not made of pairs of digits between colons");
        for (int i = 0; i < digits.length(); i++) {
            boolean fits = i % 3 == 2 ? digits.charAt(i) == ':' : Character.digit(digits.charAt(i), 16) >= 0;
            Grammar.require(
                    fits && digits.charAt(i) < 128, "fingerprint", "is not made of pairs of digits between colons");
        }
        int known = digestBytes(hash);
        int bytes = (digits.length() + 1) / 3;
        Grammar.require(known < 0 || known == bytes, "fingerprint", "has not the length of " + hash);
    }

    /**
     * The attribute of a digest.
     *
     * @param hash the hash function, e.g. {@code sha-256}
     * @param digest its output, copied
     * @return the attribute, in the upper case that RFC 8122 asks for
     */
    public static Fingerprint of(String hash, byte[] digest) {
        StringBuilder digits = new StringBuilder(digest.length * 3);
        for (byte b : digest) {
            if (!digits.isEmpty()) {
                digits.append(':');
            }
            digits.append(HEX.charAt(b >> 4 & 15)).append(HEX.charAt(b & 15));
        }
        return new Fingerprint(hash, digits.toString());
    }

    /**
     * Tells whether the hash function is one whose length is known here (md5 and md2 are not: RFC 8122 forbids them).
     *
     * @return true for sha-1, sha-224, sha-256, sha-384 and sha-512 in any case
     */
    public boolean isKnownHash() {
        return digestBytes(hash) >= 0;
    }

    /**
     * The digest as bytes.
     *
     * @return a new array
     */
    public byte[] digest() {
        byte[] digest = new byte[(digits.length() + 1) / 3];
        for (int i = 0; i < digest.length; i++) {
            digest[i] = (byte)
                    (Character.digit(digits.charAt(i * 3), 16) << 4 | Character.digit(digits.charAt(i * 3 + 1), 16));
        }
        return digest;
    }

    private static int digestBytes(String hash) {
        if (hash.equalsIgnoreCase("sha-256")) {
            return 32;
        }
        if (hash.equalsIgnoreCase("sha-1")) {
            return 20;
        }
        if (hash.equalsIgnoreCase("sha-224")) {
            return 28;
        }
        if (hash.equalsIgnoreCase("sha-384")) {
            return 48;
        }
        return hash.equalsIgnoreCase("sha-512") ? 64 : -1;
    }

    @Override
    public String attributeName() {
        return NAME;
    }

    @Override
    public void appendValue(StringBuilder out) {
        out.append(hash).append(' ').append(digits);
    }
}
