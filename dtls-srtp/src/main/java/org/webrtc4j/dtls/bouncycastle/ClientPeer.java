package org.webrtc4j.dtls.bouncycastle;

import java.io.IOException;
import java.util.Hashtable;
import java.util.Vector;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CertificateStatusRequest;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.crypto.TlsCrypto;
import org.jspecify.annotations.Nullable;

/** The client's answers to the library's questions. */
@SuppressWarnings({"rawtypes", "unchecked", "JdkObsolete"}) // the library's API has raw Hashtable and Vector
final class ClientPeer extends DefaultTlsClient {

    private final Negotiation negotiation;
    private final LocalIdentity identity;

    ClientPeer(TlsCrypto crypto, Negotiation negotiation, LocalIdentity identity) {
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
        return Suites.all();
    }

    @Override
    protected Vector getSupportedGroups(Vector namedGroupRoles) {
        Vector<Integer> groups = new Vector<>();
        for (int group : Suites.groups()) {
            groups.add(group);
        }
        return groups;
    }

    @Override
    protected Vector getSupportedSignatureAlgorithms() {
        return Suites.signatures();
    }

    @Override
    protected @Nullable CertificateStatusRequest getCertificateStatusRequest() {
        return null;
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
    public Hashtable getClientExtensions() throws IOException {
        Hashtable extensions = super.getClientExtensions();
        negotiation.offerSrtp(extensions);
        return extensions;
    }

    @Override
    public void processServerExtensions(Hashtable serverExtensions) throws IOException {
        super.processServerExtensions(serverExtensions);
        negotiation.takeSrtp(serverExtensions);
    }

    @Override
    public TlsAuthentication getAuthentication() {
        return new TlsAuthentication() {
            @Override
            public void notifyServerCertificate(TlsServerCertificate server) throws IOException {
                negotiation.checkPeerCertificate(server.getCertificate());
            }

            @Override
            public TlsCredentials getClientCredentials(CertificateRequest request) throws IOException {
                return identity.signer(context, request.getSupportedSignatureAlgorithms());
            }
        };
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
