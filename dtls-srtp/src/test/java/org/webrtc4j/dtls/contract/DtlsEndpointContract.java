package org.webrtc4j.dtls.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.webrtc4j.certificate.CertificateAlgorithm;
import org.webrtc4j.certificate.CertificateFingerprint;
import org.webrtc4j.certificate.Certificates;
import org.webrtc4j.certificate.LocalCertificate;
import org.webrtc4j.dtls.DtlsConfig;
import org.webrtc4j.dtls.DtlsEndpointFactory;
import org.webrtc4j.dtls.DtlsEvent;
import org.webrtc4j.dtls.DtlsFailure.Reason;
import org.webrtc4j.dtls.DtlsRole;
import org.webrtc4j.dtls.DtlsVersion;
import org.webrtc4j.srtp.KeyingMaterial;
import org.webrtc4j.srtp.SrtpProfile;

/** What an owner may rely on, whatever the implementation. */
@SuppressWarnings("NullAway.Init") // fields are set before each test
public abstract class DtlsEndpointContract {

    private static final LocalCertificate CLIENT_CERTIFICATE = certificate();
    private static final LocalCertificate SERVER_CERTIFICATE = certificate();

    private DrivenLoop loop;
    private DtlsEndpointFactory factory;

    /** For the implementation's test class. */
    protected DtlsEndpointContract() {}

    /**
     * Makes the implementation under test.
     *
     * @return a new factory
     */
    protected abstract DtlsEndpointFactory newFactory();

    /**
     * Makes the loop on which the test runs it.
     *
     * @return a new loop of the calling thread
     */
    protected abstract DrivenLoop newLoop();

    @BeforeEach
    void open() {
        loop = newLoop();
        factory = newFactory();
    }

    @AfterEach
    void close() {
        factory.close();
    }

    @Test
    void bothSidesConnectOnceAndAgreeOnKeys() {
        DtlsPair pair = pair().connect();

        DtlsEvent.Connected client = pair.client().connected().orElseThrow();
        DtlsEvent.Connected server = pair.server().connected().orElseThrow();
        assertThat(pair.client().events()).hasSize(1);
        assertThat(pair.server().events()).hasSize(1);
        assertThat(client.cipher()).isEqualTo(server.cipher()).startsWith("TLS_");
        assertThat(client.version()).isEqualTo(DtlsVersion.DTLS_1_2);
        assertThat(client.peerCertificates().get(0)).isEqualTo(SERVER_CERTIFICATE.certificate());
        assertThat(server.peerCertificates().get(0)).isEqualTo(CLIENT_CERTIFICATE.certificate());
        assertSameKeys(client.keys().orElseThrow(), server.keys().orElseThrow());
    }

    @Test
    void theFirstCommonSrtpProfileOfTheServersOrderIsChosen() {
        DtlsConfig client =
                config(CLIENT_CERTIFICATE, List.of(SrtpProfile.AES128_CM_HMAC_SHA1_32, SrtpProfile.AEAD_AES_256_GCM));
        DtlsConfig server = config(
                SERVER_CERTIFICATE,
                List.of(
                        SrtpProfile.AEAD_AES_128_GCM,
                        SrtpProfile.AEAD_AES_256_GCM,
                        SrtpProfile.AES128_CM_HMAC_SHA1_32));
        DtlsPair pair = new DtlsPair(factory, loop, client, server).connect();

        KeyingMaterial keys = pair.client().connected().orElseThrow().keys().orElseThrow();
        assertThat(keys.profile()).isEqualTo(SrtpProfile.AEAD_AES_256_GCM);
        assertSameKeys(keys, pair.server().connected().orElseThrow().keys().orElseThrow());
    }

    @Test
    void withoutACommonSrtpProfileThereAreNoKeysButData() {
        DtlsPair pair = new DtlsPair(
                        factory,
                        loop,
                        config(CLIENT_CERTIFICATE, List.of(SrtpProfile.AEAD_AES_128_GCM)),
                        config(SERVER_CERTIFICATE, List.of(SrtpProfile.AES128_CM_HMAC_SHA1_80)))
                .connect();

        assertThat(pair.client().connected().orElseThrow().keys()).isEmpty();
        assertThat(pair.server().connected().orElseThrow().keys()).isEmpty();
        assertThat(pair.client().send(bytes("data"))).isTrue();
        loop.runUntil("data", () -> !pair.server().data().isEmpty());
    }

    @Test
    void dataGoesBothWaysInDatagrams() {
        DtlsPair pair = pair().connect();
        for (int size : new int[] {1, 2, 100, 1_000, 1_163}) {
            assertThat(pair.client().send(bytes(size))).isTrue();
            assertThat(pair.server().send(bytes(size))).isTrue();
        }
        loop.runUntil(
                "all data",
                () -> pair.client().data().size() == 5 && pair.server().data().size() == 5);
        assertThat(pair.server().data()).containsExactlyElementsOf(pair.client().data());
        assertThat(pair.server().data().get(3)).isEqualTo(bytes(1_000));
    }

    @Test
    void nothingIsSentBeforeTheConnectionAndAfterItsEnd() {
        DtlsPair pair = pair();
        assertThat(pair.client().send(bytes("early"))).isFalse();
        pair.connect();
        pair.client().close();
        assertThat(pair.client().send(bytes("late"))).isFalse();
    }

    @Test
    void aWrongFingerprintFailsAndGivesNothing() {
        DtlsPair pair = pair();
        pair.client().expect(SERVER_CERTIFICATE.fingerprints());
        pair.server().expect(SERVER_CERTIFICATE.fingerprints());
        pair.server().start(DtlsRole.SERVER);
        pair.client().start(DtlsRole.CLIENT);
        loop.runUntil("the server fails", pair.server()::hasEnded);

        assertThat(pair.server().events()).hasSize(1);
        assertThat(pair.server().failure().orElseThrow().reason()).isEqualTo(Reason.FINGERPRINT_MISMATCH);
        assertThat(pair.server().failure().orElseThrow().sentAlert()).hasValue(42);
        assertThat(pair.client().hasConnected()).isFalse();
    }

    @Test
    void ofSeveralFingerprintsTheStrongestCounts() {
        DtlsPair pair = pair();
        pair.client()
                .expect(List.of(
                        CertificateFingerprint.of(SERVER_CERTIFICATE.certificate(), "sha-1"),
                        CertificateFingerprint.of(CLIENT_CERTIFICATE.certificate(), "sha-512")));
        pair.server().expect(CLIENT_CERTIFICATE.fingerprints());
        pair.server().start(DtlsRole.SERVER);
        pair.client().start(DtlsRole.CLIENT);
        loop.runUntil("the client fails", pair.client()::hasEnded);

        assertThat(pair.client().failure().orElseThrow().reason()).isEqualTo(Reason.FINGERPRINT_MISMATCH);
    }

    @Test
    void aConnectionWaitsForFingerprintsThatComeLate() {
        DtlsPair pair = pair();
        pair.client().expect(SERVER_CERTIFICATE.fingerprints());
        pair.server().start(DtlsRole.SERVER);
        pair.client().start(DtlsRole.CLIENT);
        loop.runUntil("the client connects", pair.client()::hasConnected);
        pair.client().send(bytes("held"));
        loop.runFor(50_000_000L);
        assertThat(pair.server().events()).isEmpty();
        assertThat(pair.server().data()).isEmpty();
        assertThat(pair.server().send(bytes("refused"))).isFalse();

        pair.server().expect(CLIENT_CERTIFICATE.fingerprints());
        loop.runUntil("data is released", () -> !pair.server().data().isEmpty());
        assertThat(pair.server().hasConnected()).isTrue();
        assertThat(pair.server().data()).containsExactly(bytes("held"));
    }

    @Test
    void aWrongFingerprintThatComesLateFailsBeforeAnythingIsGiven() {
        DtlsPair pair = pair();
        pair.client().expect(SERVER_CERTIFICATE.fingerprints());
        pair.server().start(DtlsRole.SERVER);
        pair.client().start(DtlsRole.CLIENT);
        loop.runUntil("the client connects", pair.client()::hasConnected);
        pair.client().send(bytes("held"));
        loop.runFor(50_000_000L);

        pair.server().expect(SERVER_CERTIFICATE.fingerprints());
        loop.runUntil(
                "both ended", () -> pair.server().hasEnded() && pair.client().hasEnded());
        assertThat(pair.server().failure().orElseThrow().reason()).isEqualTo(Reason.FINGERPRINT_MISMATCH);
        assertThat(pair.server().events()).hasSize(1);
        assertThat(pair.server().data()).isEmpty();
        assertThat(pair.client().failure().orElseThrow().receivedAlert()).hasValue(42);
    }

    @Test
    void datagramsThatComeBeforeTheStartAreKept() {
        DtlsPair pair = pair();
        pair.client().expect(SERVER_CERTIFICATE.fingerprints());
        pair.server().expect(CLIENT_CERTIFICATE.fingerprints());
        pair.client().start(DtlsRole.CLIENT);
        loop.runUntil("the hello has left", () -> !pair.fromClient().isEmpty());
        pair.server().start(DtlsRole.SERVER);
        loop.runUntil(
                "both connected",
                () -> pair.client().hasConnected() && pair.server().hasConnected());
    }

    @Test
    void dataRightBehindTheLastFlightIsNotLost() {
        for (boolean reversed : new boolean[] {false, true}) {
            DtlsPair pair = pair();
            boolean[] done = new boolean[1];
            // Reversed: what the server sends once it is connected overtakes its last flight.
            pair.link((fromClient, index, datagram) -> {
                boolean last = reversed && !fromClient && index > 0 && !done[0];
                return List.of(new Link.Arrival(last ? 5_000_000L : 0, datagram));
            });
            pair.start();
            loop.runUntil("the server connects", pair.server()::hasConnected);
            done[0] = true;
            pair.server().send(bytes("first"));
            pair.server().send(bytes("second"));
            loop.runUntil("all data", () -> pair.client().data().size() == 2);
            assertThat(pair.client().data()).containsExactly(bytes("first"), bytes("second"));
            assertThat(pair.client().hasConnected()).isTrue();
            pair.close();
        }
    }

    @Test
    void whatOneSentBeforeClosingArrives() {
        DtlsPair pair = pair().start();
        loop.runUntil("the server connects", pair.server()::hasConnected);
        pair.server().send(bytes("last words"));
        pair.server().close();
        loop.runUntil("the client ends", pair.client()::hasEnded);
        assertThat(pair.client().data()).containsExactly(bytes("last words"));
        assertThat(pair.client().events()).hasSize(2).last().isInstanceOf(DtlsEvent.Closed.class);
    }

    @Test
    void closingTellsThePeerAndEndsBothOnce() {
        for (boolean byClient : new boolean[] {true, false}) {
            DtlsPair pair = pair().connect();
            (byClient ? pair.client() : pair.server()).close();
            loop.runUntil(
                    "both ended",
                    () -> pair.client().hasEnded() && pair.server().hasEnded());
            pair.close();
            assertThat(pair.client().events()).hasSize(2).last().isInstanceOf(DtlsEvent.Closed.class);
            assertThat(pair.server().events()).hasSize(2).last().isInstanceOf(DtlsEvent.Closed.class);
        }
    }

    @Test
    void nothingIsDeliveredAfterTheEnd() {
        DtlsPair pair = pair().connect();
        pair.client().send(bytes("on its way"));
        pair.server().close();
        loop.runFor(20_000_000L);
        assertThat(pair.server().data()).isEmpty();
        assertThat(pair.server().drops("after-end")).isPositive();
    }

    @Test
    void closingDuringTheHandshakeEndsIt() {
        DtlsPair pair = pair().start();
        pair.client().close();
        pair.server().close();
        loop.runFor(50_000_000L);
        assertThat(pair.client().events()).singleElement().isInstanceOf(DtlsEvent.Closed.class);
        assertThat(pair.server().events()).singleElement().isInstanceOf(DtlsEvent.Closed.class);
        assertThat(pair.client().endpoint().nextTimeout()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aHandshakeWithoutAnswerTimesOut() {
        DtlsConfig config = new DtlsConfig(
                "silent",
                CLIENT_CERTIFICATE,
                SrtpProfile.PREFERENCE,
                DtlsConfig.DEFAULT_MTU,
                300_000_000L,
                DtlsConfig.DEFAULT_FIRST_RESEND_NANOS);
        DtlsPair pair = new DtlsPair(factory, loop, config, config)
                .link((fromClient, index, datagram) -> List.of())
                .start();
        loop.runUntil(
                "both ended", () -> pair.client().hasEnded() && pair.server().hasEnded());

        assertThat(pair.client().failure().orElseThrow().reason()).isEqualTo(Reason.TIMEOUT);
        assertThat(pair.server().failure().orElseThrow().reason()).isEqualTo(Reason.TIMEOUT);
    }

    @Test
    void eachDatagramOfTheHandshakeMayBeLost() {
        DtlsPair whole = pair().connect();
        for (boolean clients : new boolean[] {true, false}) {
            int count = (clients ? whole.fromClient() : whole.fromServer()).size();
            for (int lost : IntStream.range(0, count).toArray()) {
                DtlsPair pair = pair().link((fromClient, index, datagram) ->
                        fromClient == clients && index == lost ? List.of() : List.of(new Link.Arrival(0, datagram)));
                pair.connect().link(Link.perfect());
                assertThat(pair.server().send(bytes("works"))).isTrue();
                loop.runUntil("data", () -> !pair.client().data().isEmpty());
                pair.close();
            }
        }
    }

    @Test
    void twiceAndInReverseIsAsGoodAsOnce() {
        DtlsPair pair = pair().link((fromClient, index, datagram) -> List.of(
                new Link.Arrival(1_000_000L * (5 - index % 4), datagram), new Link.Arrival(6_000_000L, datagram)));
        pair.connect();
        pair.client().send(bytes("once"));
        loop.runFor(30_000_000L);
        assertThat(pair.server().data()).containsExactly(bytes("once"));
    }

    @Test
    void badBytesAreCountedAndHarmNobody() {
        DtlsPair pair = pair().connect();
        pair.client().receive(new byte[] {22});
        pair.client().receive(new byte[] {63, 1, 2, 3});
        pair.client().receive(new byte[0]);
        pair.client().receive(bytes(1_200));
        assertThat(pair.client().endpoint().stats().drops().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isGreaterThanOrEqualTo(4);
        pair.server().send(bytes("works"));
        loop.runUntil("data", () -> !pair.client().data().isEmpty());
    }

    @Test
    void datagramsAreCounted() {
        DtlsPair pair = pair().connect();
        loop.runFor(20_000_000L);
        assertThat(pair.client().endpoint().stats().datagramsSent())
                .isEqualTo(pair.fromClient().size());
        assertThat(pair.server().endpoint().stats().datagramsReceived())
                .isEqualTo(pair.fromClient().size());
    }

    @Test
    void mistakesOfTheCallerAreExceptions() {
        DtlsPair pair = pair().start();
        assertThatThrownBy(() -> pair.client().endpoint().start(DtlsRole.CLIENT, 0))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> pair.client().endpoint().setRemoteFingerprints(List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> pair.client().send(new byte[0])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> pair.client().send(new byte[16_385])).isInstanceOf(IllegalArgumentException.class);
        pair.close();
    }

    private DtlsPair pair() {
        return new DtlsPair(
                factory,
                loop,
                config(CLIENT_CERTIFICATE, SrtpProfile.PREFERENCE),
                config(SERVER_CERTIFICATE, SrtpProfile.PREFERENCE));
    }

    private static DtlsConfig config(LocalCertificate certificate, List<SrtpProfile> profiles) {
        return new DtlsConfig(
                "test",
                certificate,
                profiles,
                DtlsConfig.DEFAULT_MTU,
                DtlsConfig.DEFAULT_HANDSHAKE_TIMEOUT_NANOS,
                DtlsConfig.DEFAULT_FIRST_RESEND_NANOS);
    }

    private static void assertSameKeys(KeyingMaterial one, KeyingMaterial two) {
        assertThat(one.profile()).isEqualTo(two.profile());
        assertThat(one.clientKey()).isEqualTo(two.clientKey()).isNotEqualTo(one.serverKey());
        assertThat(one.serverKey()).isEqualTo(two.serverKey());
        assertThat(one.clientSalt()).isEqualTo(two.clientSalt());
        assertThat(one.serverSalt()).isEqualTo(two.serverSalt());
    }

    private static LocalCertificate certificate() {
        return Certificates.generate(CertificateAlgorithm.ECDSA_P256, new SecureRandom(), System.currentTimeMillis());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i * 31 + size);
        }
        return bytes;
    }
}
