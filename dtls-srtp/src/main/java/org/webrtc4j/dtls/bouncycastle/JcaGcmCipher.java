package org.webrtc4j.dtls.bouncycastle;

import java.security.GeneralSecurityException;
import java.security.NoSuchProviderException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.tls.crypto.impl.TlsAEADCipherImpl;

/**
 * AES-GCM of the JDK, which has it in hardware: a 1,000-byte record takes a tenth of what Bouncy Castle's own takes.
 *
 * <p>Exceptions are unchecked because the record layer translates exactly those into a discarded record.
 */
final class JcaGcmCipher implements TlsAEADCipherImpl {

    private final Cipher cipher;
    private final int mode;
    private SecretKeySpec key = new SecretKeySpec(new byte[16], "AES");

    JcaGcmCipher(int mode) {
        this.mode = mode;
        this.cipher = newCipher();
    }

    private static Cipher newCipher() {
        try {
            try {
                // By name: an application may have put Bouncy Castle first.
                return Cipher.getInstance("AES/GCM/NoPadding", "SunJCE");
            } catch (NoSuchProviderException e) {
                return Cipher.getInstance("AES/GCM/NoPadding");
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java platform has no AES-GCM", e);
        }
    }

    @Override
    public void setKey(byte[] keyBytes, int offset, int length) {
        key = new SecretKeySpec(keyBytes, offset, length, "AES");
    }

    @Override
    public void init(byte[] nonce, int macSize) {
        try {
            cipher.init(mode, key, new GCMParameterSpec(macSize * Byte.SIZE, nonce));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public int getOutputSize(int inputLength) {
        return cipher.getOutputSize(inputLength);
    }

    @Override
    public int doFinal(
            byte[] additionalData, byte[] input, int inputOffset, int inputLength, byte[] output, int outputOffset) {
        try {
            cipher.updateAAD(additionalData);
            return cipher.doFinal(input, inputOffset, inputLength, output, outputOffset);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
