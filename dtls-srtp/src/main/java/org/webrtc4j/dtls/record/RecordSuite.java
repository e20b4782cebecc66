package org.webrtc4j.dtls.record;

/** The ciphers of a protected record. All of them are AEAD, with a nonce of 12 bytes and a tag of 16. */
public enum RecordSuite {
    /** AES-GCM with a key of 128 bits (RFC 5288). */
    AES_128_GCM(16, 4, 8),
    /** AES-GCM with a key of 256 bits (RFC 5288). */
    AES_256_GCM(32, 4, 8),
    /** ChaCha20-Poly1305 (RFC 7905), whose nonce is not in the record. */
    CHACHA20_POLY1305(32, 12, 0);

    static final int TAG_BYTES = 16;
    static final int NONCE_BYTES = 12;

    private final int keyBytes;
    private final int fixedNonceBytes;
    private final int explicitNonceBytes;

    RecordSuite(int keyBytes, int fixedNonceBytes, int explicitNonceBytes) {
        this.keyBytes = keyBytes;
        this.fixedNonceBytes = fixedNonceBytes;
        this.explicitNonceBytes = explicitNonceBytes;
    }

    int keyBytes() {
        return keyBytes;
    }

    /** What the key block gives to each direction beside its key (RFC 5246 section 6.3: write_IV). */
    int fixedNonceBytes() {
        return fixedNonceBytes;
    }

    int explicitNonceBytes() {
        return explicitNonceBytes;
    }

    /**
     * Returns how many bytes a handshake must derive.
     *
     * @return keys and fixed nonces of both directions
     */
    public int keyBlockBytes() {
        return 2 * (keyBytes + fixedNonceBytes);
    }

    /**
     * Returns by how much a record's fragment is longer than what it carries.
     *
     * @return explicit nonce and tag, in bytes
     */
    public int overheadBytes() {
        return explicitNonceBytes + TAG_BYTES;
    }
}
