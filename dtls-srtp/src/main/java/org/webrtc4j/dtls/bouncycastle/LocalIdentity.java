package org.webrtc4j.dtls.bouncycastle;

import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.certificate.LocalCertificate;

/** Our certificate and key in the library's form, translated once for all connections that use them. */
record LocalIdentity(LocalCertificate source, Certificate chain, AsymmetricKeyParameter key, boolean rsa) {

    static LocalIdentity of(LocalCertificate local, BcTlsCrypto crypto) {
        byte @Nullable [] encodedKey = local.privateKey().getEncoded();
        if (encodedKey == null) {
            throw new IllegalArgumentException("The private key cannot be encoded; keys in hardware are not supported");
        }
        try {
            Certificate chain = new Certificate(new TlsCertificate[] {
                crypto.createCertificate(local.certificate().getEncoded())
            });
            boolean rsa = local.certificate().getPublicKey() instanceof RSAPublicKey;
            return new LocalIdentity(local, chain, PrivateKeyFactory.createKey(encodedKey), rsa);
        } catch (IOException | CertificateEncodingException e) {
            throw new IllegalArgumentException("The certificate or its key cannot be used", e);
        }
    }

    /** A signer with the first algorithm of ours that the peer takes. */
    TlsCredentialedSigner signer(TlsContext context, @Nullable List<?> peerAlgorithms) throws TlsFatalAlert {
        for (SignatureAndHashAlgorithm algorithm : Suites.signatures()) {
            boolean fits = rsa != (algorithm.getSignature() == SignatureAlgorithm.ecdsa);
            if (fits && (peerAlgorithms == null || peerAlgorithms.contains(algorithm))) {
                return new BcDefaultTlsCredentialedSigner(
                        new TlsCryptoParameters(context), (BcTlsCrypto) context.getCrypto(), key, chain, algorithm);
            }
        }
        throw new TlsFatalAlert(AlertDescription.handshake_failure, "No common signature algorithm");
    }
}
