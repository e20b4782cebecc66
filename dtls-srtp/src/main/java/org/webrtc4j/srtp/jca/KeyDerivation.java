package org.webrtc4j.srtp.jca;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.webrtc4j.crypto.JdkCrypto;

/**
 * Session keys out of a master key and salt: AES in counter mode as a pseudo-random function, with a key derivation rate of
 * zero (RFC 3711 section 4.3, with 256-bit keys RFC 6188 section 3).
 *
 * <pre>
 *  x = label * 2^48 XOR salt (112 bits);  key = AES(x * 2^16) | AES(x * 2^16 + 1) | ...
 * </pre>
 */
final class KeyDerivation {

    static final int RTP_ENCRYPTION = 0;
    static final int RTP_AUTHENTICATION = 1;
    static final int RTP_SALT = 2;

    /** Added to the labels of RTP it makes those of RTCP. */
    static final int RTCP = 3;

    private static final int BLOCK_BYTES = 16;
    private static final int SALT_BYTES = 14;
    private static final int LABEL_INDEX = 7;

    private final Cipher aes = JdkCrypto.cipher("AES/ECB/NoPadding");
    private final byte[] salt;

    /**
     * Sets the derivation up.
     *
     * @param masterKey 16 or 32 bytes
     * @param masterSalt 14 bytes, or the 12 of AES-GCM, which zeros on the right make 14 (RFC 7714 section 11)
     */
    KeyDerivation(byte[] masterKey, byte[] masterSalt) {
        salt = Arrays.copyOf(masterSalt, SALT_BYTES);
        try {
            aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(masterKey, "AES"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    byte[] derive(int label, int lengthBytes) {
        int blocks = (lengthBytes + BLOCK_BYTES - 1) / BLOCK_BYTES;
        byte[] input = new byte[blocks * BLOCK_BYTES];
        for (int block = 0; block < blocks; block++) {
            int start = block * BLOCK_BYTES;
            System.arraycopy(salt, 0, input, start, SALT_BYTES);
            input[start + LABEL_INDEX] ^= (byte) label;
            input[start + SALT_BYTES] = (byte) (block >>> 8);
            input[start + SALT_BYTES + 1] = (byte) block;
        }
        try {
            return Arrays.copyOf(aes.doFinal(input), lengthBytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
