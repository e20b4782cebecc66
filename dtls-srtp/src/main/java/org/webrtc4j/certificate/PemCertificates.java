package org.webrtc4j.certificate;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.jspecify.annotations.Nullable;

/**
 * Loads a server's own certificate from PEM text (RFC 7468): the first certificate found, with an unencrypted key in
 * PKCS#8 form or in OpenSSL's older forms. ECDSA on P-256 or P-384 and RSA of 2048 bits and more are taken, since
 * browsers take no others.
 */
public final class PemCertificates {

    /** The longest text taken, in characters. */
    public static final int MAX_PEM_CHARS = 64 * 1024;

    private static final int MIN_RSA_BITS = 2048;
    private static final int MAX_RSA_BITS = 8192;

    private PemCertificates() {}

    /**
     * Loads two files, which may be the same.
     *
     * @param certificateFile the file with the certificate
     * @param privateKeyFile the file with its key
     * @return the certificate and its key
     * @throws IOException when a file cannot be read or is longer than {@link #MAX_PEM_CHARS}
     * @throws CertificateException when the texts are not a usable certificate and its key
     */
    public static LocalCertificate load(Path certificateFile, Path privateKeyFile)
            throws IOException, CertificateException {
        return parse(read(certificateFile), read(privateKeyFile));
    }

    /**
     * Reads two texts, which may be the same.
     *
     * @param certificatePem text with a CERTIFICATE
     * @param privateKeyPem text with a PRIVATE KEY, EC PRIVATE KEY or RSA PRIVATE KEY
     * @return the certificate and its key
     * @throws CertificateException when they are not a usable certificate and its key
     */
    public static LocalCertificate parse(String certificatePem, String privateKeyPem) throws CertificateException {
        X509Certificate certificate = findCertificate(certificatePem);
        PrivateKey key = findKey(privateKeyPem);
        checkKind(certificate.getPublicKey());
        checkPair(certificate.getPublicKey(), key);
        return LocalCertificate.of(certificate, key);
    }

    private static String read(Path file) throws IOException {
        if (Files.size(file) > MAX_PEM_CHARS) {
            throw new IOException(file + " is longer than " + MAX_PEM_CHARS + " bytes");
        }
        return Files.readString(file, StandardCharsets.US_ASCII);
    }

    private static X509Certificate findCertificate(String pem) throws CertificateException {
        return find(
                pem,
                "certificate",
                object -> object instanceof X509CertificateHolder holder
                        ? new JcaX509CertificateConverter().getCertificate(holder)
                        : null);
    }

    private static PrivateKey findKey(String pem) throws CertificateException {
        return find(pem, "unencrypted private key", object -> {
            if (object instanceof PrivateKeyInfo info) {
                return new JcaPEMKeyConverter().getPrivateKey(info);
            }
            if (object instanceof PEMKeyPair pair) {
                return new JcaPEMKeyConverter().getPrivateKey(pair.getPrivateKeyInfo());
            }
            return null;
        });
    }

    private interface Conversion<T> {
        @Nullable
        T convert(Object pemObject) throws CertificateException, IOException;
    }

    @SuppressWarnings("CatchingUnchecked") // the parser throws unchecked exceptions of many kinds for bad DER
    private static <T> T find(String pem, String what, Conversion<T> conversion) throws CertificateException {
        if (pem.length() > MAX_PEM_CHARS) {
            throw new CertificateException("The PEM text is longer than " + MAX_PEM_CHARS + " characters");
        }
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            for (Object object = parser.readObject(); object != null; object = parser.readObject()) {
                T converted = conversion.convert(object);
                if (converted != null) {
                    return converted;
                }
            }
        } catch (IOException | RuntimeException e) {
            throw new CertificateException("The PEM text with the " + what + " cannot be read", e);
        }
        throw new CertificateException("The PEM text has no " + what);
    }

    private static void checkKind(PublicKey key) throws CertificateException {
        if (key instanceof RSAPublicKey rsa) {
            int bits = rsa.getModulus().bitLength();
            if (bits < MIN_RSA_BITS || bits > MAX_RSA_BITS) {
                throw new CertificateException("An RSA key of " + bits + " bits is not taken");
            }
        } else if (key instanceof ECPublicKey ec) {
            int bits = ec.getParams().getCurve().getField().getFieldSize();
            if (bits != 256 && bits != 384) {
                throw new CertificateException("An EC key must be on P-256 or P-384");
            }
        } else {
            throw new CertificateException("A " + key.getAlgorithm() + " key is not taken");
        }
    }

    private static void checkPair(PublicKey publicKey, PrivateKey privateKey) throws CertificateException {
        String algorithm = publicKey instanceof RSAPublicKey ? "SHA256withRSA" : "SHA256withECDSA";
        byte[] probe = "webrtc4j".getBytes(StandardCharsets.US_ASCII);
        try {
            Signature signer = Signature.getInstance(algorithm);
            signer.initSign(privateKey);
            signer.update(probe);
            byte[] signature = signer.sign();
            Signature verifier = Signature.getInstance(algorithm);
            verifier.initVerify(publicKey);
            verifier.update(probe);
            if (verifier.verify(signature)) {
                return;
            }
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new CertificateException("The private key cannot be used with the certificate", e);
        }
        throw new CertificateException("The private key is not that of the certificate");
    }
}
