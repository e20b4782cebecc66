package org.webrtc4j.certificate;

import java.math.BigInteger;
import java.security.KeyPair;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Certificates that {@link Certificates} would never make. */
final class SelfSigned {

    private SelfSigned() {}

    @SuppressWarnings("JavaUtilDate") // the certificate builder's API
    static LocalCertificate with(KeyPair keys, String signature, long epochMillis) throws Exception {
        X500Name name = new X500Name("CN=test");
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                name,
                BigInteger.ONE,
                Date.from(Instant.ofEpochMilli(epochMillis)),
                Date.from(Instant.ofEpochMilli(epochMillis).plus(1, ChronoUnit.DAYS)),
                name,
                SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
        return LocalCertificate.of(
                new JcaX509CertificateConverter()
                        .getCertificate(builder.build(new JcaContentSignerBuilder(signature).build(keys.getPrivate()))),
                keys.getPrivate());
    }
}
