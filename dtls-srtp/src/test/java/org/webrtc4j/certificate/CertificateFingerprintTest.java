package org.webrtc4j.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateFingerprintTest {

    private static final long NOW = 1_790_000_000_000L;
    private static final String SHA1 = "4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C:AB";

    private final X509Certificate certificate = certificate();
    private final X509Certificate other = certificate();

    @Test
    void matchesItsOwnCertificateWithEveryUsableHash() {
        for (String algorithm : List.of("sha-1", "sha-224", "SHA-256", "sha-384", "sha-512")) {
            CertificateFingerprint fingerprint = CertificateFingerprint.of(certificate, algorithm);
            assertThat(fingerprint.algorithm()).isEqualTo(algorithm.toLowerCase(Locale.ROOT));
            assertThat(fingerprint.matches(certificate)).isTrue();
            assertThat(fingerprint.matches(other)).isFalse();
        }
    }

    @Test
    void hexadecimalDigitsAndHashNamesAreReadInAnyCase() {
        CertificateFingerprint fingerprint = CertificateFingerprint.of(certificate);
        String lower = fingerprint.toString().toLowerCase(Locale.ROOT);
        String upper = fingerprint.toString().toUpperCase(Locale.ROOT);

        assertThat(CertificateFingerprint.parse(lower)).contains(fingerprint);
        assertThat(CertificateFingerprint.parse(upper)).contains(fingerprint);
        assertThat(CertificateFingerprint.parse(upper).orElseThrow().matches(certificate))
                .isTrue();
    }

    @Test
    void whatIsWrittenIsReadBack() {
        // The example of RFC 8122 section 5.
        String text = "sha-1 " + SHA1;
        assertThat(CertificateFingerprint.parse(text).orElseThrow()).hasToString(text);
    }

    @Test
    void onlyTheStrongestOfferedHashCounts() {
        CertificateFingerprint right1 = CertificateFingerprint.of(certificate, "sha-1");
        CertificateFingerprint right256 = CertificateFingerprint.of(certificate);
        CertificateFingerprint wrong256 = CertificateFingerprint.of(other);

        assertThat(CertificateFingerprint.anyMatches(List.of(right1, right256), certificate))
                .isTrue();
        assertThat(CertificateFingerprint.anyMatches(List.of(right1, wrong256), certificate))
                .isFalse();
        assertThat(CertificateFingerprint.anyMatches(List.of(wrong256, right256), certificate))
                .as("several of one hash: any of them")
                .isTrue();
    }

    @Test
    void forbiddenAndUnknownHashesProveNothingAndHideNothing() {
        CertificateFingerprint md5 = CertificateFingerprint.parse("md5 00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF")
                .orElseThrow();
        CertificateFingerprint unknown = new CertificateFingerprint("sha3-256", "AA:BB");

        assertThat(md5.isUsable()).isFalse();
        assertThat(CertificateFingerprint.anyMatches(List.of(md5, unknown), certificate))
                .isFalse();
        assertThat(CertificateFingerprint.anyMatches(
                        List.of(md5, unknown, CertificateFingerprint.of(certificate)), certificate))
                .isTrue();
        assertThatThrownBy(() -> CertificateFingerprint.of(certificate, "md5"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noFingerprintMatchesNothing() {
        assertThat(CertificateFingerprint.anyMatches(List.of(), certificate)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "sha-256",
                "sha-256 ",
                " AA:BB",
                "sha-256 AA",
                "sha-1 4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C",
                "sha-1 4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C:AB:AB",
                "sha-1 4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C:A",
                "sha-1 4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C:AG",
                "sha-1 4A-AD-B9-B1-3F-82-18-3B-54-02-12-DF-3E-5D-49-6B-19-E5-7C-AB",
                "sha-1  4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C:AB",
                "x AA:",
                "x :AA",
                "\u0000 AA"
            })
    void textThatIsNoFingerprintIsRefused(String text) {
        assertThat(CertificateFingerprint.parse(text)).isEmpty();
    }

    @Test
    void aWrongLengthIsTheCallersMistakeInTheConstructor() {
        assertThatThrownBy(() -> new CertificateFingerprint("sha-256", SHA1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("32");
        assertThatThrownBy(() -> new CertificateFingerprint("", SHA1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anOverlongValueIsRefused() {
        assertThat(CertificateFingerprint.parse("x " + "AA:".repeat(127) + "AA"))
                .isPresent();
        assertThat(CertificateFingerprint.parse("x " + "AA:".repeat(128) + "AA"))
                .isEmpty();
    }

    private static X509Certificate certificate() {
        return Certificates.generate(CertificateAlgorithm.ECDSA_P256, new SecureRandom(), NOW)
                .certificate();
    }
}
