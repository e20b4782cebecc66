package org.webrtc4j.srtp.jca;

import java.security.DigestException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.crypto.JdkCrypto;
import org.webrtc4j.crypto.Words;

/**
 * HMAC-SHA1 (RFC 2104) by two digests that have taken in their half of the key once and are copied for each packet: two
 * blocks less to hash than {@link Mac} has, which serves where a provider's digest refuses to be copied.
 */
final class HmacSha1 {

    static final int BYTES = 20;

    private static final int BLOCK_BYTES = 64;
    private static final byte INNER = 0x36;
    private static final byte OUTER = 0x5c;

    private final MessageDigest inner;
    private final MessageDigest outer;
    private final @Nullable Mac mac;
    private final byte[] word = new byte[4];
    private final byte[] tag = new byte[BYTES];

    /**
     * Sets the key.
     *
     * @param key at most 64 bytes
     */
    HmacSha1(byte[] key) {
        this(key, JdkCrypto.sha1(), JdkCrypto.sha1());
    }

    HmacSha1(byte[] key, MessageDigest inner, MessageDigest outer) {
        this.inner = inner;
        this.outer = outer;
        inner.update(padded(key, INNER));
        outer.update(padded(key, OUTER));
        mac = isCloneable(inner) && isCloneable(outer) ? null : newMac(key);
    }

    /** The tag of a range followed by a word; the array is this object's own. */
    byte[] tag(byte[] array, int offset, int length, int trailer) {
        Words.setInt(word, 0, trailer);
        return hash(array, offset, length, word.length);
    }

    /** The tag of a range; the array is this object's own. */
    byte[] tag(byte[] array, int offset, int length) {
        return hash(array, offset, length, 0);
    }

    private byte[] hash(byte[] array, int offset, int length, int wordBytes) {
        try {
            if (mac != null) {
                mac.update(array, offset, length);
                mac.update(word, 0, wordBytes);
                mac.doFinal(tag, 0);
                return tag;
            }
            MessageDigest digest = (MessageDigest) inner.clone();
            digest.update(array, offset, length);
            digest.update(word, 0, wordBytes);
            digest.digest(tag, 0, BYTES);
            digest = (MessageDigest) outer.clone();
            digest.update(tag, 0, BYTES);
            digest.digest(tag, 0, BYTES);
            return tag;
        } catch (CloneNotSupportedException | DigestException | ShortBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] padded(byte[] key, byte pad) {
        byte[] block = Arrays.copyOf(key, BLOCK_BYTES);
        for (int i = 0; i < BLOCK_BYTES; i++) {
            block[i] ^= pad;
        }
        return block;
    }

    private static boolean isCloneable(MessageDigest digest) {
        try {
            return digest.clone() != digest;
        } catch (CloneNotSupportedException e) {
            return false;
        }
    }

    private static Mac newMac(byte[] key) {
        Mac mac = JdkCrypto.hmacSha1();
        try {
            mac.init(new SecretKeySpec(key, "HmacSHA1"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return mac;
    }
}
