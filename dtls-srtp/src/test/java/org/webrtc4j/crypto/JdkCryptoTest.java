package org.webrtc4j.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.Provider;
import java.security.Security;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;

class JdkCryptoTest {

    @Test
    void aProviderPutFirstIsNotAsked() {
        Provider inserted = new BouncyCastleProvider();
        assertThat(Security.insertProviderAt(inserted, 1)).isEqualTo(1);
        try {
            assertThat(JdkCrypto.cipher("AES/GCM/NoPadding").getProvider().getName())
                    .isEqualTo("SunJCE");
            assertThat(JdkCrypto.cipher("AES/CTR/NoPadding").getProvider().getName())
                    .isEqualTo("SunJCE");
            assertThat(JdkCrypto.cipher("AES/ECB/NoPadding").getProvider().getName())
                    .isEqualTo("SunJCE");
            assertThat(JdkCrypto.hmacSha1().getProvider().getName()).isEqualTo("SunJCE");
            assertThat(JdkCrypto.sha1().getProvider().getName()).isEqualTo("SUN");
        } finally {
            Security.removeProvider(inserted.getName());
        }
    }
}
