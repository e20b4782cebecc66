package org.webrtc4j.dtls.bouncycastle;

import java.io.IOException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.TlsAEADCipher;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/** Public-key operations and hashes of Bouncy Castle, AES-GCM of the JDK: the fastest of each. */
final class HybridCrypto extends BcTlsCrypto {

    private static final int TAG_BYTES = 16;

    HybridCrypto(SecureRandom random) {
        super(random);
    }

    @Override
    protected TlsAEADCipher createCipher_AES_GCM(TlsCryptoParameters parameters, int keyBytes, int macBytes)
            throws IOException {
        if (macBytes != TAG_BYTES) {
            return super.createCipher_AES_GCM(parameters, keyBytes, macBytes);
        }
        return new TlsAEADCipher(
                parameters,
                new JcaGcmCipher(Cipher.ENCRYPT_MODE),
                new JcaGcmCipher(Cipher.DECRYPT_MODE),
                keyBytes,
                macBytes,
                TlsAEADCipher.AEAD_GCM,
                null);
    }
}
