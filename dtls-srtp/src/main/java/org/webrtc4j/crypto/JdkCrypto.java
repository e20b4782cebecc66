package org.webrtc4j.crypto;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchProviderException;
import javax.crypto.Cipher;
import javax.crypto.Mac;

/**
 * The JDK's own ciphers and digests, which run in hardware. By name, because an application may have put another provider
 * first: AES-GCM of Bouncy Castle takes ten times as long. Only a platform without the named one gets its default.
 */
public final class JdkCrypto {

    private static final String CIPHERS = "SunJCE";
    private static final String DIGESTS = "SUN";

    private JdkCrypto() {}

    /**
     * Makes a cipher.
     *
     * @param transformation its name
     * @return a new one
     */
    public static Cipher cipher(String transformation) {
        try {
            try {
                return Cipher.getInstance(transformation, CIPHERS);
            } catch (NoSuchProviderException e) {
                return Cipher.getInstance(transformation);
            }
        } catch (GeneralSecurityException e) {
            throw missing(transformation, e);
        }
    }

    /**
     * Makes a SHA-1 digest.
     *
     * @return a new one
     */
    public static MessageDigest sha1() {
        try {
            try {
                return MessageDigest.getInstance("SHA-1", DIGESTS);
            } catch (NoSuchProviderException e) {
                return MessageDigest.getInstance("SHA-1");
            }
        } catch (GeneralSecurityException e) {
            throw missing("SHA-1", e);
        }
    }

    /**
     * Makes an HMAC-SHA1.
     *
     * @return a new one, without key
     */
    public static Mac hmacSha1() {
        try {
            try {
                return Mac.getInstance("HmacSHA1", CIPHERS);
            } catch (NoSuchProviderException e) {
                return Mac.getInstance("HmacSHA1");
            }
        } catch (GeneralSecurityException e) {
            throw missing("HMAC-SHA1", e);
        }
    }

    private static IllegalStateException missing(String what, GeneralSecurityException cause) {
        return new IllegalStateException("This Java platform has no " + what, cause);
    }
}
