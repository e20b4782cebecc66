package org.webrtc4j.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.webrtc4j.certificate.CertificateAlgorithm;
import org.webrtc4j.certificate.Certificates;
import org.webrtc4j.certificate.LocalCertificate;
import org.webrtc4j.srtp.SrtpProfile;

class DtlsConfigTest {

    private static final LocalCertificate CERTIFICATE =
            Certificates.generate(CertificateAlgorithm.ECDSA_P256, new SecureRandom(), 1_790_000_000_000L);

    @Test
    void theDefaultsAreThoseOfTheDocumentation() {
        DtlsConfig config = DtlsConfig.of("name", CERTIFICATE);
        assertThat(config.mtu()).isEqualTo(1_200);
        assertThat(config.handshakeTimeoutNanos()).isEqualTo(25_000_000_000L);
        assertThat(config.firstResendNanos()).isEqualTo(50_000_000L);
        assertThat(config.srtpProfiles()).doesNotContain(SrtpProfile.AES128_CM_HMAC_SHA1_32);
    }

    @Test
    void valuesOutOfBoundsAreRefused() {
        refused(255, 1, 1);
        refused(65_508, 1, 1);
        refused(1_200, 0, 1);
        refused(1_200, 1, -1);
    }

    private static void refused(int mtu, long timeoutNanos, long resendNanos) {
        assertThatThrownBy(() ->
                        new DtlsConfig("name", CERTIFICATE, SrtpProfile.PREFERENCE, mtu, timeoutNanos, resendNanos))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
