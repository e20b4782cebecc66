package org.webrtc4j.dtls.bouncycastle;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.security.SecureRandom;
import java.util.Hashtable;
import java.util.Vector;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bouncycastle.tls.AlertLevel;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SRTPProtectionProfile;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.certificate.LocalCertificate;
import org.webrtc4j.common.EventLoop;

/**
 * The library by itself, one datagram per record and with its faults, made to misbehave by its fields. Its handshake
 * runs on a thread of its own; datagrams travel by the loop.
 */
@SuppressWarnings({"rawtypes", "unchecked", "JdkObsolete"}) // the library's API has raw Hashtable and Vector
final class RawPeer implements DatagramTransport {

    /** A BoringSSL hello with a post-quantum share is about this long. */
    static final int BIG_HELLO_PADDING = 1_200;

    private static final int PADDING_EXTENSION = 21;

    boolean presentsCertificate = true;
    boolean extendedMasterSecret = true;
    boolean srtp = true;
    int helloPadding;
    int srtpProfile = SRTPProtectionProfile.SRTP_AES128_CM_HMAC_SHA1_80;
    ProtocolVersion[] versions = ProtocolVersion.DTLSv12.only();
    int sendLimit = 1_200;
    int resendMillis = 50;

    private final EventLoop loop;
    private final LocalIdentity identity;
    private final BcTlsCrypto crypto;
    private final LinkedBlockingQueue<byte[]> inbox = new LinkedBlockingQueue<>();
    private @Nullable Consumer<byte[]> output;
    private @Nullable Thread thread;
    private volatile boolean stopped;
    private volatile boolean connected;
    private volatile int sentAlert = -1;
    private volatile int receivedAlert = -1;
    private volatile @Nullable Exception failure;

    RawPeer(EventLoop loop, LocalCertificate certificate) {
        this(loop, certificate, new BcTlsCrypto(new SecureRandom()));
    }

    RawPeer(EventLoop loop, LocalCertificate certificate, BcTlsCrypto crypto) {
        this.loop = loop;
        this.crypto = crypto;
        this.identity = LocalIdentity.of(certificate, crypto);
    }

    void output(Consumer<byte[]> consumer) {
        output = consumer;
    }

    void startClient() {
        start(() -> new DTLSClientProtocol().connect(new Client(), this));
    }

    void startServer() {
        start(() -> new DTLSServerProtocol().accept(new Server(), this));
    }

    private interface Handshake {
        Object run() throws IOException;
    }

    private void start(Handshake handshake) {
        Thread started = new Thread(() -> {
            try {
                handshake.run();
                connected = true;
            } catch (IOException | RuntimeException e) {
                failure = e;
            }
            loop.execute(() -> {}); // wakes who waits for the result
        });
        started.setDaemon(true);
        started.start();
        thread = started;
    }

    void stop() throws InterruptedException {
        stopped = true;
        Thread running = thread;
        if (running != null) {
            running.interrupt();
            running.join();
        }
    }

    boolean isConnected() {
        return connected;
    }

    boolean hasFailed() {
        return failure != null;
    }

    int sentAlert() {
        return sentAlert;
    }

    int receivedAlert() {
        return receivedAlert;
    }

    void give(byte[] datagram) {
        inbox.add(datagram);
    }

    @Override
    public int getReceiveLimit() {
        return 2_048;
    }

    @Override
    public int getSendLimit() {
        return sendLimit;
    }

    @Override
    public int receive(byte[] buffer, int offset, int length, int waitMillis) throws InterruptedIOException {
        try {
            byte[] datagram = inbox.poll(Math.max(1, waitMillis), TimeUnit.MILLISECONDS);
            if (datagram == null) {
                return -1;
            }
            System.arraycopy(datagram, 0, buffer, offset, datagram.length);
            return datagram.length;
        } catch (InterruptedException e) {
            throw new InterruptedIOException("stopped");
        }
    }

    @Override
    public void send(byte[] buffer, int offset, int length) {
        byte[] datagram = java.util.Arrays.copyOfRange(buffer, offset, offset + length);
        loop.execute(() -> {
            if (output != null && !stopped) {
                output.accept(datagram);
            }
        });
    }

    @Override
    public void close() {
        // Nothing is open.
    }

    private void alertRaised(short level, short description) {
        if (level == AlertLevel.fatal) {
            sentAlert = description;
        }
    }

    private final class Client extends DefaultTlsClient {

        Client() {
            super(crypto);
        }

        @Override
        protected ProtocolVersion[] getSupportedVersions() {
            return versions;
        }

        @Override
        protected int[] getSupportedCipherSuites() {
            return versions[0].equals(ProtocolVersion.DTLSv12)
                    ? Suites.all()
                    : new int[] {CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA};
        }

        @Override
        protected Vector getSupportedGroups(Vector roles) {
            Vector<Integer> groups = new Vector<>();
            groups.add(NamedGroup.X25519MLKEM768);
            groups.add(NamedGroup.x25519);
            groups.add(NamedGroup.secp256r1);
            return groups;
        }

        @Override
        public boolean shouldUseExtendedMasterSecret() {
            return extendedMasterSecret;
        }

        @Override
        public int getHandshakeResendTimeMillis() {
            return resendMillis;
        }

        @Override
        public Hashtable getClientExtensions() throws IOException {
            Hashtable extensions = super.getClientExtensions();
            if (srtp) {
                TlsSRTPUtils.addUseSRTPExtension(
                        extensions, new UseSRTPData(new int[] {srtpProfile}, TlsUtils.EMPTY_BYTES));
            }
            if (helloPadding > 0) {
                extensions.put(PADDING_EXTENSION, new byte[helloPadding]);
            }
            return extensions;
        }

        @Override
        public TlsAuthentication getAuthentication() {
            return new TlsAuthentication() {
                @Override
                public void notifyServerCertificate(TlsServerCertificate server) {
                    // Not what is tested.
                }

                @Override
                public @Nullable TlsCredentials getClientCredentials(CertificateRequest request) throws IOException {
                    return presentsCertificate
                            ? identity.signer(context, request.getSupportedSignatureAlgorithms())
                            : null;
                }
            };
        }

        @Override
        public void notifyAlertRaised(short level, short description, @Nullable String text, @Nullable Throwable e) {
            alertRaised(level, description);
        }

        @Override
        public void notifyAlertReceived(short level, short description) {
            receivedAlert = description;
        }
    }

    private final class Server extends DefaultTlsServer {

        Server() {
            super(crypto);
        }

        @Override
        protected ProtocolVersion[] getSupportedVersions() {
            return versions;
        }

        @Override
        protected int[] getSupportedCipherSuites() {
            return Suites.forKey(identity.rsa());
        }

        @Override
        public boolean shouldUseExtendedMasterSecret() {
            return extendedMasterSecret;
        }

        @Override
        public int getHandshakeResendTimeMillis() {
            return resendMillis;
        }

        @Override
        public CertificateRequest getCertificateRequest() {
            return new CertificateRequest(new short[] {ClientCertificateType.ecdsa_sign}, Suites.signatures(), null);
        }

        @Override
        public void notifyClientCertificate(Certificate chain) {
            // Not what is tested.
        }

        @Override
        public Hashtable getServerExtensions() throws IOException {
            Hashtable extensions = super.getServerExtensions();
            if (srtp) {
                TlsSRTPUtils.addUseSRTPExtension(
                        extensions, new UseSRTPData(new int[] {srtpProfile}, TlsUtils.EMPTY_BYTES));
            }
            return extensions;
        }

        @Override
        protected TlsCredentialedSigner getECDSASignerCredentials() throws IOException {
            return identity.signer(
                    context, context.getSecurityParametersHandshake().getClientSigAlgs());
        }

        @Override
        public void notifyAlertRaised(short level, short description, @Nullable String text, @Nullable Throwable e) {
            alertRaised(level, description);
        }

        @Override
        public void notifyAlertReceived(short level, short description) {
            receivedAlert = description;
        }
    }
}
