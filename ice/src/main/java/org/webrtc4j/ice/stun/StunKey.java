package org.webrtc4j.ice.stun;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The key of MESSAGE-INTEGRITY (RFC 8489 sections 9.1.1 and 9.2.2) with its HMAC state, set up once and reused.
 *
 * <p>Passwords are taken as they are: ice-chars need no preparation, others come prepared by OpaqueString (RFC 8265).
 */
public final class StunKey {

    static final int SHA1_BYTES = 20;
    static final int SHA256_BYTES = 32;

    private final byte[] key;
    private final byte[] computed = new byte[SHA256_BYTES];
    private final byte[] lengthField = new byte[2];
    private @Nullable Mac sha1;
    private @Nullable Mac sha256;

    private StunKey(byte[] key) {
        this.key = key;
    }

    /**
     * Makes a short-term key, the password itself.
     *
     * @param password not empty
     * @return the key
     */
    public static StunKey shortTerm(String password) {
        return new StunKey(password.getBytes(UTF_8));
    }

    /**
     * Makes a long-term key, the MD5 of user name, realm and password.
     *
     * @param username the user name
     * @param realm the realm the server named
     * @param password the password
     * @return the key
     */
    public static StunKey longTerm(String username, String realm, String password) {
        return new StunKey(digest("MD5", username + ":" + realm + ":" + password));
    }

    /**
     * Makes a long-term key for the password algorithm SHA-256 (RFC 8489 section 18.5.1.2).
     *
     * @param username the user name
     * @param realm the realm the server named
     * @param password the password
     * @return the key
     */
    public static StunKey longTermSha256(String username, String realm, String password) {
        return new StunKey(digest("SHA-256", username + ":" + realm + ":" + password));
    }

    /**
     * Computes the value of USERHASH, which hides the user name (RFC 8489 section 14.4).
     *
     * @param username the user name
     * @param realm the realm the server named
     * @return 32 bytes
     */
    public static byte[] userhash(String username, String realm) {
        return digest("SHA-256", username + ":" + realm);
    }

    private static byte[] digest(String algorithm, String text) {
        try {
            return MessageDigest.getInstance(algorithm).digest(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + algorithm, e);
        }
    }

    /**
     * Computes the HMAC of a message up to an integrity attribute.
     *
     * @param message the array
     * @param offset where the header begins
     * @param attribute where the integrity attribute begins
     * @param attributeBytes the length of its value
     * @param useSha256 true for HMAC-SHA256, false for HMAC-SHA1
     * @return the HMAC from index 0; overwritten by the next call
     */
    byte[] compute(byte[] message, int offset, int attribute, int attributeBytes, boolean useSha256) {
        Mac mac = useSha256 ? sha256() : sha1();
        // The length field counts up to the end of the integrity attribute, whatever follows (RFC 8489 section 14.5).
        int length = attribute + 4 + attributeBytes - offset - Stun.HEADER_BYTES;
        lengthField[0] = (byte) (length >>> 8);
        lengthField[1] = (byte) length;
        mac.update(message, offset, 2);
        mac.update(lengthField, 0, 2);
        mac.update(message, offset + 4, attribute - offset - 4);
        try {
            mac.doFinal(computed, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("32 bytes hold every HMAC used here", e);
        }
        return computed;
    }

    private Mac sha1() {
        if (sha1 == null) {
            sha1 = mac("HmacSHA1");
        }
        return sha1;
    }

    private Mac sha256() {
        if (sha256 == null) {
            sha256 = mac("HmacSHA256");
        }
        return sha256;
    }

    private Mac mac(String algorithm) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + algorithm, e);
        }
    }
}
