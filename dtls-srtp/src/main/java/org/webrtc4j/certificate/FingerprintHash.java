package org.webrtc4j.certificate;

import java.util.Locale;
import java.util.Optional;

/**
 * The hash functions that may prove a certificate (IANA "Hash Function Textual Names", RFC 8122 section 5), weakest
 * first. MD2 and MD5 are absent on purpose: RFC 8122 section 5 forbids them.
 */
enum FingerprintHash {
    SHA_1("SHA-1", 20),
    SHA_224("SHA-224", 28),
    SHA_256("SHA-256", 32),
    SHA_384("SHA-384", 48),
    SHA_512("SHA-512", 64);

    private final String digestName;
    private final int sizeBytes;

    FingerprintHash(String digestName, int sizeBytes) {
        this.digestName = digestName;
        this.sizeBytes = sizeBytes;
    }

    static Optional<FingerprintHash> byTextualName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (FingerprintHash hash : values()) {
            if (hash.textualName().equals(lower)) {
                return Optional.of(hash);
            }
        }
        return Optional.empty();
    }

    String textualName() {
        return digestName.toLowerCase(Locale.ROOT);
    }

    String digestName() {
        return digestName;
    }

    int sizeBytes() {
        return sizeBytes;
    }
}
