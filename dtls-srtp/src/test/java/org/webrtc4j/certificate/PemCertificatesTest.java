package org.webrtc4j.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.util.Base64;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PemCertificatesTest {

    private static final long NOW = 1_790_000_000_000L;

    @ParameterizedTest
    @EnumSource(CertificateAlgorithm.class)
    void aGeneratedPairIsReadBack(CertificateAlgorithm algorithm) throws Exception {
        LocalCertificate local = generate(algorithm);
        assertThat(PemCertificates.parse(pem("CERTIFICATE", local), pem("PRIVATE KEY", local)))
                .isEqualTo(local);
    }

    @Test
    void openSslsOlderKeyFormIsRead() throws Exception {
        LocalCertificate local = generate(CertificateAlgorithm.ECDSA_P256);
        // RFC 5915, as openssl ecparam -genkey writes it.
        ECPrivateKey der = new ECPrivateKey(
                256,
                ((java.security.interfaces.ECPrivateKey) local.privateKey()).getS(),
                SECObjectIdentifiers.secp256r1);

        assertThat(PemCertificates.parse(pem("CERTIFICATE", local), pem("EC PRIVATE KEY", der.getEncoded()))
                        .fingerprints())
                .isEqualTo(local.fingerprints());
    }

    @Test
    void oneFileMayHoldBothInAnyOrder(@TempDir Path folder) throws Exception {
        LocalCertificate local = generate(CertificateAlgorithm.ECDSA_P256);
        Path file = folder.resolve("both.pem");
        Files.writeString(file, "a note\n" + pem("PRIVATE KEY", local) + pem("CERTIFICATE", local));
        assertThat(PemCertificates.load(file, file)).isEqualTo(local);
    }

    @Test
    void aForeignKeyIsRefused() {
        LocalCertificate one = generate(CertificateAlgorithm.ECDSA_P256);
        LocalCertificate two = generate(CertificateAlgorithm.ECDSA_P256);
        LocalCertificate rsa = generate(CertificateAlgorithm.RSA_2048);

        assertThatThrownBy(() -> PemCertificates.parse(pem("CERTIFICATE", one), pem("PRIVATE KEY", two)))
                .isInstanceOf(CertificateException.class);
        assertThatThrownBy(() -> PemCertificates.parse(pem("CERTIFICATE", one), pem("PRIVATE KEY", rsa)))
                .isInstanceOf(CertificateException.class);
    }

    @Test
    void textWithoutWhatIsNeededIsRefusedWithASentence() {
        LocalCertificate local = generate(CertificateAlgorithm.ECDSA_P256);

        assertThatThrownBy(() -> PemCertificates.parse("", pem("PRIVATE KEY", local)))
                .isInstanceOf(CertificateException.class)
                .hasMessage("The PEM text has no certificate");
        assertThatThrownBy(() -> PemCertificates.parse(pem("CERTIFICATE", local), pem("CERTIFICATE", local)))
                .isInstanceOf(CertificateException.class)
                .hasMessage("The PEM text has no unencrypted private key");
    }

    @Test
    void cutAndCorruptTextIsRefused() {
        LocalCertificate local = generate(CertificateAlgorithm.ECDSA_P256);
        String certificate = pem("CERTIFICATE", local);
        String key = pem("PRIVATE KEY", local);

        assertThatThrownBy(() -> PemCertificates.parse(certificate.substring(0, 200), key))
                .isInstanceOf(CertificateException.class);
        assertThatThrownBy(() -> PemCertificates.parse(certificate.replace("M", "!"), key))
                .isInstanceOf(CertificateException.class);
        assertThatThrownBy(() -> PemCertificates.parse(certificate, key.substring(0, 100)))
                .isInstanceOf(CertificateException.class);
    }

    @Test
    void textBeyondTheLimitIsRefused(@TempDir Path folder) throws IOException {
        String text = " ".repeat(PemCertificates.MAX_PEM_CHARS + 1);
        Path file = folder.resolve("long.pem");
        Files.writeString(file, text);

        assertThatThrownBy(() -> PemCertificates.parse(text, text)).isInstanceOf(CertificateException.class);
        assertThatThrownBy(() -> PemCertificates.load(file, file)).isInstanceOf(IOException.class);
    }

    @Test
    void aWeakKeyIsRefused() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        LocalCertificate weak = SelfSigned.with(generator.generateKeyPair(), "SHA256withRSA", NOW);

        assertThatThrownBy(() -> PemCertificates.parse(pem("CERTIFICATE", weak), pem("PRIVATE KEY", weak)))
                .isInstanceOf(CertificateException.class)
                .hasMessageContaining("1024");
    }

    private static LocalCertificate generate(CertificateAlgorithm algorithm) {
        return Certificates.generate(algorithm, new SecureRandom(), NOW);
    }

    private static String pem(String label, LocalCertificate local) {
        try {
            byte[] der = label.equals("CERTIFICATE")
                    ? local.certificate().getEncoded()
                    : local.privateKey().getEncoded();
            return pem(label, der);
        } catch (CertificateException e) {
            throw new AssertionError(e);
        }
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(der)
                + "\n-----END " + label + "-----\n";
    }
}
