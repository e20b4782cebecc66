package org.webrtc4j.sctp.association;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Signs state cookies with HMAC-SHA-256 under a key of this association alone (RFC 9260 section 5.1.3). */
final class CookieSeal {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int MAC_SIZE = 32;

    private final RandomGenerator random;
    private @Nullable Mac mac;

    CookieSeal(RandomGenerator random) {
        this.random = random;
    }

    byte[] seal(byte[] content) {
        byte[] sealed = Arrays.copyOf(sign(content), MAC_SIZE + content.length);
        System.arraycopy(content, 0, sealed, MAC_SIZE, content.length);
        return sealed;
    }

    /** Returns what was sealed, or null when it was not sealed here or has been changed. */
    byte @Nullable [] open(byte[] array, int offset, int length) {
        if (length != MAC_SIZE + StateCookie.SIZE) {
            return null;
        }
        byte[] claimed = Arrays.copyOfRange(array, offset, offset + MAC_SIZE);
        byte[] content = Arrays.copyOfRange(array, offset + MAC_SIZE, offset + length);
        return MessageDigest.isEqual(claimed, sign(content)) ? content : null;
    }

    private byte[] sign(byte[] content) {
        Mac instance = mac;
        if (instance == null) {
            byte[] key = new byte[MAC_SIZE];
            random.nextBytes(key);
            try {
                instance = Mac.getInstance(ALGORITHM);
                instance.init(new SecretKeySpec(key, ALGORITHM));
            } catch (GeneralSecurityException e) {
                // Every Java platform has it (java.security.Provider, required algorithms).
                throw new IllegalStateException(e);
            }
            mac = instance;
        }
        return instance.doFinal(content);
    }
}
