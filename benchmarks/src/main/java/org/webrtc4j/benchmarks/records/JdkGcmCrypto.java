package org.webrtc4j.benchmarks.records;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.TlsAEADCipher;
import org.bouncycastle.tls.crypto.impl.TlsAEADCipherImpl;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/** The library's records with the JDK's AES-GCM in them: the least that can be done without records of one's own. */
final class JdkGcmCrypto extends BcTlsCrypto {

    JdkGcmCrypto(SecureRandom random) {
        super(random);
    }

    @Override
    protected TlsAEADCipher createCipher_AES_GCM(TlsCryptoParameters parameters, int keyBytes, int macBytes)
            throws IOException {
        return new TlsAEADCipher(
                parameters,
                new JdkGcm(Cipher.ENCRYPT_MODE),
                new JdkGcm(Cipher.DECRYPT_MODE),
                keyBytes,
                macBytes,
                TlsAEADCipher.AEAD_GCM,
                null);
    }

    private static final class JdkGcm implements TlsAEADCipherImpl {

        private final Cipher cipher;
        private final int mode;
        private SecretKeySpec key = new SecretKeySpec(new byte[16], "AES");

        JdkGcm(int mode) {
            this.mode = mode;
            try {
                cipher = Cipher.getInstance("AES/GCM/NoPadding", "SunJCE");
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void setKey(byte[] keyBytes, int offset, int length) {
            key = new SecretKeySpec(keyBytes, offset, length, "AES");
        }

        @Override
        public void init(byte[] nonce, int macBytes) {
            try {
                cipher.init(mode, key, new GCMParameterSpec(macBytes * Byte.SIZE, nonce));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public int getOutputSize(int inputLength) {
            return cipher.getOutputSize(inputLength);
        }

        @Override
        public int doFinal(byte[] associated, byte[] in, int inOffset, int inLength, byte[] out, int outOffset) {
            try {
                cipher.updateAAD(associated);
                return cipher.doFinal(in, inOffset, inLength, out, outOffset);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
