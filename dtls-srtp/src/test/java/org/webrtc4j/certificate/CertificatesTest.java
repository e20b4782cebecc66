package org.webrtc4j.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CertificatesTest {

    private static final long NOW = 1_790_000_000_000L;

    private final SecureRandom random = new SecureRandom();

    @Test
    void ecdsaIsOnP256AndSignsItself() throws Exception {
        X509Certificate certificate = Certificates.generate(CertificateAlgorithm.ECDSA_P256, random, NOW)
                .certificate();

        assertThat(certificate.getPublicKey()).isInstanceOfSatisfying(ECPublicKey.class, key -> assertThat(
                        key.getParams().getCurve().getField().getFieldSize())
                .isEqualTo(256));
        certificate.verify(certificate.getPublicKey());
        assertThat(certificate.getSigAlgName()).isEqualTo("SHA256withECDSA");
    }

    @Test
    void rsaHas2048BitsAndSignsItself() throws Exception {
        X509Certificate certificate = Certificates.generate(CertificateAlgorithm.RSA_2048, random, NOW)
                .certificate();

        assertThat(certificate.getPublicKey()).isInstanceOfSatisfying(RSAPublicKey.class, key -> assertThat(
                        key.getModulus().bitLength())
                .isEqualTo(2048));
        certificate.verify(certificate.getPublicKey());
    }

    @Test
    void validFromYesterdayForThirtyDays() {
        LocalCertificate local = Certificates.generate(CertificateAlgorithm.ECDSA_P256, random, NOW);

        assertThat(local.certificate().getNotBefore().toInstant())
                .isEqualTo(Instant.ofEpochMilli(NOW).minus(Duration.ofDays(1)));
        assertThat(local.expires()).isEqualTo(Instant.ofEpochMilli(NOW).plus(Duration.ofDays(30)));
        assertThat(local.isExpired(NOW)).isFalse();
        assertThat(local.isExpired(NOW + Duration.ofDays(30).toMillis() + 1)).isTrue();
    }

    @Test
    void aValidityBeyondItsBoundsIsRefused() {
        assertThatThrownBy(
                        () -> Certificates.generate(CertificateAlgorithm.ECDSA_P256, random, NOW, Duration.ofDays(366)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () -> Certificates.generate(CertificateAlgorithm.ECDSA_P256, random, NOW, Duration.ofDays(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nameNumberAndKeyAreRandom() {
        X509Certificate one = Certificates.generate(CertificateAlgorithm.ECDSA_P256, random, NOW)
                .certificate();
        X509Certificate two = Certificates.generate(CertificateAlgorithm.ECDSA_P256, random, NOW)
                .certificate();

        assertThat(one.getSerialNumber().bitLength()).isGreaterThan(64);
        assertThat(one.getSerialNumber()).isNotEqualTo(two.getSerialNumber());
        assertThat(one.getSubjectX500Principal()).isNotEqualTo(two.getSubjectX500Principal());
        assertThat(one.getPublicKey()).isNotEqualTo(two.getPublicKey());
    }

    @Test
    void carriesItsSha256Fingerprint() {
        LocalCertificate local = Certificates.generate(CertificateAlgorithm.ECDSA_P256, random, NOW);

        assertThat(local.fingerprints()).containsExactly(CertificateFingerprint.of(local.certificate()));
        assertThat(local.fingerprints().get(0).algorithm()).isEqualTo("sha-256");
    }

    @Test
    void noSecurityProviderIsRegistered() {
        Provider[] before = Security.getProviders();
        Certificates.generate(CertificateAlgorithm.ECDSA_P256, random, NOW);
        assertThat(Security.getProviders()).isEqualTo(before);
    }

    @Test
    void theTextOfACertificateDoesNotShowItsKey() {
        LocalCertificate local = Certificates.generate(CertificateAlgorithm.ECDSA_P256, random, NOW);
        assertThat(local.toString()).doesNotContain("rivate").contains("sha-256");
    }
}
