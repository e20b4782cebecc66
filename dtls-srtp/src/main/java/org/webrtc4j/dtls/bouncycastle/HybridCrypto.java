package org.webrtc4j.dtls.bouncycastle;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.tls.EncryptionAlgorithm;
import org.bouncycastle.tls.crypto.TlsCipher;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.TlsImplUtils;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.dtls.DtlsRole;
import org.webrtc4j.dtls.record.ProtectedRecords;
import org.webrtc4j.dtls.record.RecordSuite;

/**
 * Public-key operations and hashes of Bouncy Castle, protected records of ours on the JDK's ciphers: the fastest of each.
 * One per handshake, because it keeps the cipher of that handshake.
 */
final class HybridCrypto extends BcTlsCrypto {

    private @Nullable EpochCipher cipher;

    HybridCrypto(SecureRandom random) {
        super(random);
    }

    /** The cipher that the handshake has asked for, once it is over. */
    EpochCipher cipher() {
        EpochCipher made = cipher;
        if (made == null) {
            throw new IllegalStateException("The handshake has derived no keys");
        }
        return made;
    }

    @Override
    public TlsCipher createCipher(TlsCryptoParameters parameters, int encryption, int mac) throws IOException {
        RecordSuite suite =
                switch (encryption) {
                    case EncryptionAlgorithm.AES_128_GCM -> RecordSuite.AES_128_GCM;
                    case EncryptionAlgorithm.AES_256_GCM -> RecordSuite.AES_256_GCM;
                    case EncryptionAlgorithm.CHACHA20_POLY1305 -> RecordSuite.CHACHA20_POLY1305;
                    default -> throw new IllegalArgumentException("Never offered: " + encryption);
                };
        byte[] keyBlock = TlsImplUtils.calculateKeyBlock(parameters, suite.keyBlockBytes());
        DtlsRole role = parameters.isServer() ? DtlsRole.SERVER : DtlsRole.CLIENT;
        EpochCipher made = new EpochCipher(new ProtectedRecords(suite, role, keyBlock));
        Arrays.fill(keyBlock, (byte) 0);
        cipher = made;
        return made;
    }
}
