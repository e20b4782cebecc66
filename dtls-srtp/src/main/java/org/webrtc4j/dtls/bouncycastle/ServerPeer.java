package org.webrtc4j.dtls.bouncycastle;

import java.io.IOException;
import java.util.Hashtable;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsCrypto;
import org.jspecify.annotations.Nullable;

/** The server's answers to the library's questions. */
@SuppressWarnings({"rawtypes", "unchecked"}) // the library's API has raw Hashtable and Vector
final class ServerPeer extends DefaultTlsServer {

    private final Negotiation negotiation;
    private final LocalIdentity identity;

    ServerPeer(TlsCrypto crypto, Negotiation negotiation, LocalIdentity identity) {
        super(crypto);
        this.negotiation = negotiation;
        this.identity = identity;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return ProtocolVersion.DTLSv12.only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return Suites.forKey(identity.rsa());
    }

    @Override
    protected boolean preferLocalCipherSuites() {
        return true;
    }

    @Override
    public int[] getSupportedGroups() {
        return Suites.groups();
    }

    @Override
    protected int getMaximumNegotiableCurveBits() {
        int[] offered = context.getSecurityParametersHandshake().getClientSupportedGroups();
        if (offered == null) {
            return NamedGroup.getCurveBits(NamedGroup.secp256r1);
        }
        int bits = 0;
        for (int group : offered) {
            if (Suites.isGroup(group)) {
                bits = Math.max(bits, NamedGroup.getCurveBits(group));
            }
        }
        return bits;
    }

    @Override
    protected int selectECDH(int minimumCurveBits) {
        int[] offered = context.getSecurityParametersHandshake().getClientSupportedGroups();
        if (offered == null) {
            // RFC 8422 section 4: without the extension the choice is free.
            return NamedGroup.secp256r1;
        }
        for (int group : offered) {
            // Browsers put a post-quantum group first, which exists in TLS 1.3 only.
            if (Suites.isGroup(group) && NamedGroup.getCurveBits(group) >= minimumCurveBits) {
                return group;
            }
        }
        return -1;
    }

    @Override
    public boolean requiresExtendedMasterSecret() {
        return true;
    }

    @Override
    public boolean shouldCheckSigAlgOfPeerCerts() {
        // The fingerprint vouches for the certificate; its own signature proves nothing.
        return false;
    }

    @Override
    public int getHandshakeTimeoutMillis() {
        return Timing.libraryTimeoutMillis(negotiation.config());
    }

    @Override
    public int getHandshakeResendTimeMillis() {
        return Timing.firstResendMillis(negotiation.config());
    }

    @Override
    public void processClientExtensions(@Nullable Hashtable clientExtensions) throws IOException {
        super.processClientExtensions(clientExtensions);
        negotiation.chooseSrtp(clientExtensions);
    }

    @Override
    public Hashtable getServerExtensions() throws IOException {
        Hashtable extensions = super.getServerExtensions();
        negotiation.answerSrtp(extensions);
        return extensions;
    }

    @Override
    public CertificateRequest getCertificateRequest() {
        return new CertificateRequest(
                new short[] {ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign},
                Suites.signatures(),
                null);
    }

    @Override
    public void notifyClientCertificate(Certificate chain) throws IOException {
        // An empty one is refused at once: the guard waits for a CertificateVerify that would never come.
        negotiation.checkPeerCertificate(chain);
    }

    @Override
    protected TlsCredentialedSigner getECDSASignerCredentials() throws TlsFatalAlert {
        return signer();
    }

    @Override
    protected TlsCredentialedSigner getRSASignerCredentials() throws TlsFatalAlert {
        return signer();
    }

    private TlsCredentialedSigner signer() throws TlsFatalAlert {
        return identity.signer(context, context.getSecurityParametersHandshake().getClientSigAlgs());
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        negotiation.complete(context);
    }

    @Override
    public void notifyAlertRaised(short level, short description, @Nullable String text, @Nullable Throwable cause) {
        negotiation.alertRaised(level, description);
    }

    @Override
    public void notifyAlertReceived(short level, short description) {
        negotiation.alertReceived(level, description);
    }
}
