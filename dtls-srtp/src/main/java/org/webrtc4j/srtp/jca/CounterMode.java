package org.webrtc4j.srtp.jca;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.crypto.JdkCrypto;
import org.webrtc4j.crypto.Words;

/**
 * AES in counter mode over a packet (RFC 3711 section 4.1.1): encrypts what is plain, decrypts what is not.
 *
 * <pre>
 *  IV = (salt * 2^16) XOR (SSRC * 2^64) XOR (index * 2^16)
 * </pre>
 *
 * <p>Setting the JDK's counter mode up costs more than it saves on small packets: those are XORed with counter blocks
 * encrypted one by one, whose key needs no setting up.
 */
final class CounterMode {

    private static final int BLOCK_BYTES = 16;
    private static final int SMALL_BYTES = 512;

    private final SecretKeySpec key;
    private final Cipher blocks = JdkCrypto.cipher("AES/ECB/NoPadding");
    private @Nullable Cipher counter;
    private final long saltHigh;
    private final long saltLow;
    private final byte[] initial = new byte[BLOCK_BYTES];
    private final byte[] counters = new byte[SMALL_BYTES];
    private final byte[] stream = new byte[SMALL_BYTES];
    private byte[] apart = new byte[0];

    /**
     * Sets a cipher up.
     *
     * @param sessionKey 16 or 32 bytes
     * @param sessionSalt 14 bytes
     */
    CounterMode(byte[] sessionKey, byte[] sessionSalt) {
        key = new SecretKeySpec(sessionKey, "AES");
        System.arraycopy(sessionSalt, 0, initial, 0, sessionSalt.length);
        saltHigh = Words.get(initial, 0);
        saltLow = Words.get(initial, 8);
        try {
            blocks.init(Cipher.ENCRYPT_MODE, key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    void apply(int ssrc, long index, byte[] in, int inOffset, byte[] out, int outOffset, int length) {
        long high = saltHigh ^ (ssrc & 0xffff_ffffL);
        long low = saltLow ^ (index << 16);
        try {
            if (length < SMALL_BYTES) {
                applyToSmall(high, low, in, inOffset, out, outOffset, length);
            } else {
                applyToLarge(high, low, in, inOffset, out, outOffset, length);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void applyToSmall(long high, long low, byte[] in, int inOffset, byte[] out, int outOffset, int length)
            throws GeneralSecurityException {
        int used = (length + BLOCK_BYTES - 1) & -BLOCK_BYTES;
        for (int start = 0; start < used; start += BLOCK_BYTES) {
            Words.set(counters, start, high);
            Words.set(counters, start + 8, low + start / BLOCK_BYTES); // the low 16 bits of the IV are zero
        }
        blocks.update(counters, 0, used, stream, 0);
        Words.xor(in, inOffset, stream, out, outOffset, length);
    }

    private void applyToLarge(long high, long low, byte[] in, int inOffset, byte[] out, int outOffset, int length)
            throws GeneralSecurityException {
        Cipher cipher = counter;
        if (cipher == null) {
            cipher = JdkCrypto.cipher("AES/CTR/NoPadding");
            counter = cipher;
        }
        Words.set(initial, 0, high);
        Words.set(initial, 8, low);
        cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(initial));
        if (Words.overlap(in, inOffset, out, outOffset, length)) {
            // In place the JDK would allocate a copy.
            apart = Scratch.of(apart, length);
            cipher.doFinal(in, inOffset, length, apart, 0);
            System.arraycopy(apart, 0, out, outOffset, length);
        } else {
            cipher.doFinal(in, inOffset, length, out, outOffset);
        }
    }
}
