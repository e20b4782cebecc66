package org.webrtc4j.certificate;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Makes certificates as a browser makes them for a connection: self-signed, of random name and number, short-lived
 * (RFC 8827 section 6.5). Nothing in them tells one process from another.
 *
 * <p>No security provider is registered or needed beyond those of the JDK. Safe from any thread; takes about 1 ms for
 * ECDSA once warm, and up to a second for RSA, so never call it on an event loop with RSA.
 */
public final class Certificates {

    /** How long a certificate is valid unless told otherwise. */
    public static final Duration DEFAULT_VALIDITY = Duration.ofDays(30);

    /** The longest validity taken (WebRTC 4.9.1 allows a limit of 365 days). */
    public static final Duration MAX_VALIDITY = Duration.ofDays(365);

    // The peer's clock may be late.
    private static final Duration BACKDATING = Duration.ofDays(1);

    private static final int NAME_BYTES = 8;
    private static final int SERIAL_BITS = 127;

    private Certificates() {}

    /**
     * Generates a key and a certificate valid for {@link #DEFAULT_VALIDITY}.
     *
     * @param algorithm the kind of key
     * @param random where key, serial number and name come from
     * @param epochMillis the wall time
     * @return the certificate and its key
     */
    public static LocalCertificate generate(CertificateAlgorithm algorithm, SecureRandom random, long epochMillis) {
        return generate(algorithm, random, epochMillis, DEFAULT_VALIDITY);
    }

    /**
     * Generates a key and a certificate.
     *
     * @param algorithm the kind of key
     * @param random where key, serial number and name come from
     * @param epochMillis the wall time
     * @param validity how long from then the certificate is valid, at most {@link #MAX_VALIDITY}
     * @return the certificate and its key
     * @throws IllegalArgumentException when the validity is negative or too long
     */
    public static LocalCertificate generate(
            CertificateAlgorithm algorithm, SecureRandom random, long epochMillis, Duration validity) {
        if (validity.isNegative() || validity.compareTo(MAX_VALIDITY) > 0) {
            throw new IllegalArgumentException("A certificate is valid for 0 to " + MAX_VALIDITY.toDays() + " days");
        }
        try {
            KeyPair keys = generateKeys(algorithm, random);
            return selfSign(algorithm, keys, random, Instant.ofEpochMilli(epochMillis), validity);
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("This Java platform cannot make a certificate with " + algorithm, e);
        }
    }

    private static KeyPair generateKeys(CertificateAlgorithm algorithm, SecureRandom random)
            throws GeneralSecurityException {
        switch (algorithm) {
            case ECDSA_P256 -> {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
                generator.initialize(new ECGenParameterSpec("secp256r1"), random);
                return generator.generateKeyPair();
            }
            case RSA_2048 -> {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(2048, random);
                return generator.generateKeyPair();
            }
        }
        throw new AssertionError(algorithm);
    }

    @SuppressWarnings("JavaUtilDate") // the certificate builder's API
    private static LocalCertificate selfSign(
            CertificateAlgorithm algorithm, KeyPair keys, SecureRandom random, Instant now, Duration validity)
            throws GeneralSecurityException, OperatorCreationException {
        byte[] nameBytes = new byte[NAME_BYTES];
        random.nextBytes(nameBytes);
        X500Name name = new X500Name("CN=" + HexFormat.of().formatHex(nameBytes));
        // Positive and never zero (RFC 5280 section 4.1.2.2); far more than 64 random bits.
        BigInteger serial = new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS);
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                name,
                serial,
                Date.from(now.minus(BACKDATING)),
                Date.from(now.plus(validity)),
                name,
                SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
        String signature = algorithm == CertificateAlgorithm.RSA_2048 ? "SHA256withRSA" : "SHA256withECDSA";
        ContentSigner signer =
                new JcaContentSignerBuilder(signature).setSecureRandom(random).build(keys.getPrivate());
        return LocalCertificate.of(
                new JcaX509CertificateConverter().getCertificate(builder.build(signer)), keys.getPrivate());
    }
}
