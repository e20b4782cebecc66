package org.webrtc4j.dtls.bouncycastle;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SRTPProtectionProfile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.webrtc4j.certificate.CertificateAlgorithm;
import org.webrtc4j.certificate.Certificates;
import org.webrtc4j.certificate.LocalCertificate;
import org.webrtc4j.dtls.DtlsConfig;
import org.webrtc4j.dtls.DtlsFailure.Reason;
import org.webrtc4j.dtls.DtlsRole;
import org.webrtc4j.dtls.contract.DtlsPeer;
import org.webrtc4j.dtls.contract.RealTimeLoop;
import org.webrtc4j.srtp.SrtpProfile;

/** Our endpoint and a peer that packs nothing, or does what it must not do. */
class ForeignPeerTest {

    private static final LocalCertificate OURS = certificate(CertificateAlgorithm.ECDSA_P256);
    private static final LocalCertificate THEIRS = certificate(CertificateAlgorithm.ECDSA_P256);

    private final RealTimeLoop loop = new RealTimeLoop();
    private final BouncyCastleDtls factory = new BouncyCastleDtls(new SecureRandom());
    private final RawPeer foreign = new RawPeer(loop, THEIRS);
    private final List<byte[]> sentByForeign = new ArrayList<>();
    private DtlsPeer ours = new DtlsPeer(factory, DtlsConfig.of("test", OURS), loop);

    @AfterEach
    void close() throws InterruptedException {
        foreign.stop();
        ours.close();
        factory.close();
    }

    @Test
    void aClientThatPacksNothingConnects() {
        startServer(-1);
        loop.runUntil("connected", () -> ours.hasConnected() && foreign.isConnected());
        assertThat(ours.connected().orElseThrow().keys().orElseThrow().profile())
                .isEqualTo(SrtpProfile.AES128_CM_HMAC_SHA1_80);
    }

    @Test
    void aServerThatPacksNothingConnects() {
        startClient();
        loop.runUntil("connected", () -> ours.hasConnected() && foreign.isConnected());
        assertThat(ours.connected().orElseThrow().peerCertificates().get(0)).isEqualTo(THEIRS.certificate());
    }

    @Test
    void anRsaCertificateConnectsInBothRoles() {
        LocalCertificate rsa = certificate(CertificateAlgorithm.RSA_2048);
        ours = new DtlsPeer(factory, DtlsConfig.of("rsa", rsa), loop);
        startServer(-1);
        loop.runUntil("connected", () -> ours.hasConnected() && foreign.isConnected());
        assertThat(ours.connected().orElseThrow().cipher()).isEqualTo("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
    }

    @Test
    void anySingleDatagramOfAnUnpackedFlightMayBeLost() throws InterruptedException {
        // The datagram with CertificateVerify among them: the library alone stalls there until its timeout.
        startServer(-1);
        loop.runUntil("connected", () -> ours.hasConnected() && foreign.isConnected());
        int count = sentByForeign.size();
        assertThat(count).isGreaterThanOrEqualTo(6);
        for (int lost = 0; lost < count; lost++) {
            RawPeer client = new RawPeer(loop, THEIRS);
            DtlsPeer server = new DtlsPeer(factory, DtlsConfig.of("lossy", OURS), loop);
            int dropped = lost;
            int[] index = new int[1];
            client.output(datagram -> {
                if (index[0]++ != dropped) {
                    server.receive(datagram);
                }
            });
            server.output(client::give);
            server.expect(THEIRS.fingerprints());
            server.start(DtlsRole.SERVER);
            client.startClient();
            loop.runUntil("connected without datagram " + lost, () -> server.hasConnected() && client.isConnected());
            server.close();
            client.stop();
        }
    }

    @Test
    void aFragmentedHelloConnectsInBothOrders() {
        foreign.helloPadding = RawPeer.BIG_HELLO_PADDING;
        startServer(-1);
        loop.runUntil("connected", () -> ours.hasConnected() && foreign.isConnected());
        assertThat(sentByForeign.get(0)).hasSizeGreaterThan(1_000);
        assertThat(sentByForeign.get(1)[13])
                .as("the second datagram is a ClientHello too")
                .isEqualTo((byte) 1);
    }

    @Test
    void aFragmentedHelloConnectsInReverseOrder() {
        foreign.helloPadding = RawPeer.BIG_HELLO_PADDING;
        List<byte[]> first = new ArrayList<>();
        foreign.output(datagram -> {
            if (sentByForeign.isEmpty()) {
                first.add(datagram);
            } else {
                ours.receive(datagram);
                first.forEach(ours::receive);
                first.clear();
            }
            sentByForeign.add(datagram);
        });
        startOursAsServer();
        loop.runUntil("connected", () -> ours.hasConnected() && foreign.isConnected());
    }

    @Test
    void aClientWithoutCertificateIsRefused() {
        foreign.presentsCertificate = false;
        startServer(-1);
        loop.runUntil("refused", ours::hasEnded);
        assertThat(ours.failure().orElseThrow().reason()).isEqualTo(Reason.PROTOCOL);
        assertThat(ours.failure().orElseThrow().message()).isEqualTo("The peer sent no certificate");
        assertThat(ours.hasConnected()).isFalse();
    }

    @Test
    void aClientWithoutExtendedMasterSecretIsRefused() {
        foreign.extendedMasterSecret = false;
        startServer(-1);
        loop.runUntil("refused", ours::hasEnded);
        assertThat(ours.failure().orElseThrow().sentAlert()).hasValue(40);
        assertThat(ours.hasConnected()).isFalse();
    }

    @Test
    void aServerWithoutExtendedMasterSecretIsRefused() {
        foreign.extendedMasterSecret = false;
        startClient();
        loop.runUntil("refused", ours::hasEnded);
        assertThat(ours.failure().orElseThrow().sentAlert()).hasValue(40);
        assertThat(ours.hasConnected()).isFalse();
    }

    @Test
    void aPeerWithoutUseSrtpGetsDataAndNoKeys() {
        foreign.srtp = false;
        startServer(-1);
        loop.runUntil("connected", () -> ours.hasConnected() && foreign.isConnected());
        assertThat(ours.connected().orElseThrow().keys()).isEmpty();
        assertThat(ours.send(new byte[100])).isTrue();
    }

    @Test
    void aServerThatChoosesAnSrtpProfileNotOfferedIsRefused() {
        foreign.srtpProfile = SRTPProtectionProfile.SRTP_NULL_HMAC_SHA1_80;
        startClient();
        loop.runUntil("refused", ours::hasEnded);
        assertThat(ours.failure().orElseThrow().sentAlert()).hasValue(47);
        assertThat(ours.failure().orElseThrow().message()).contains("SRTP profile not offered");
    }

    @Test
    void anOldVersionIsRefused() {
        foreign.versions = ProtocolVersion.DTLSv10.only();
        startServer(-1);
        loop.runUntil("refused", ours::hasEnded);
        assertThat(ours.failure().orElseThrow().sentAlert()).hasValue(70);
    }

    @Test
    void aFatalAlertWithoutProtectionIsRememberedAndNotObeyed() {
        DtlsConfig hasty = new DtlsConfig(
                "hasty", OURS, SrtpProfile.PREFERENCE, DtlsConfig.DEFAULT_MTU, 400_000_000L, 50_000_000L);
        ours = new DtlsPeer(factory, hasty, loop);
        ours.output(datagram -> {});
        ours.expect(THEIRS.fingerprints());
        ours.start(DtlsRole.CLIENT);
        ours.receive(new byte[] {21, (byte) 0xFE, (byte) 0xFD, 0, 0, 0, 0, 0, 0, 0, 1, 0, 2, 2, 40});
        assertThat(ours.hasEnded()).isFalse();
        loop.runUntil("timeout", ours::hasEnded);
        assertThat(ours.failure().orElseThrow().reason()).isEqualTo(Reason.TIMEOUT);
        assertThat(ours.failure().orElseThrow().receivedAlert()).isEqualTo(OptionalInt.of(40));
        assertThat(ours.failure().orElseThrow().message()).contains("handshake_failure");
        assertThat(ours.drops("plaintext-alert")).isEqualTo(1);
    }

    @Test
    void anAnswerToASpoofedHelloIsBounded() {
        // A stranger's hello is answered, and the answer resent on a timer that doubles, until the handshake's time is
        // up.
        DtlsConfig hasty = new DtlsConfig(
                "hasty", OURS, SrtpProfile.PREFERENCE, DtlsConfig.DEFAULT_MTU, 1_000_000_000L, 50_000_000L);
        ours = new DtlsPeer(factory, hasty, loop);
        foreign.helloPadding = RawPeer.BIG_HELLO_PADDING;
        foreign.resendMillis = 60_000;
        long[] answered = new long[1];
        startServer(-1);
        ours.output(datagram -> answered[0] += datagram.length);
        loop.runUntil("timeout", ours::hasEnded);
        long asked =
                sentByForeign.stream().mapToLong(datagram -> datagram.length).sum();
        assertThat(asked).isGreaterThan(1_300);
        // 50 + 100 + 200 + 400 ms: the flight and four more of it.
        assertThat(answered[0]).isBetween(500L, 5 * 800L);
    }

    private void startServer(int lost) {
        foreign.output(datagram -> {
            if (sentByForeign.size() != lost) {
                ours.receive(datagram);
            }
            sentByForeign.add(datagram);
        });
        startOursAsServer();
    }

    private void startOursAsServer() {
        ours.output(foreign::give);
        ours.expect(THEIRS.fingerprints());
        ours.start(DtlsRole.SERVER);
        foreign.startClient();
    }

    private void startClient() {
        foreign.output(ours::receive);
        ours.output(foreign::give);
        ours.expect(THEIRS.fingerprints());
        foreign.startServer();
        ours.start(DtlsRole.CLIENT);
    }

    private static LocalCertificate certificate(CertificateAlgorithm algorithm) {
        return Certificates.generate(algorithm, new SecureRandom(), System.currentTimeMillis());
    }
}
