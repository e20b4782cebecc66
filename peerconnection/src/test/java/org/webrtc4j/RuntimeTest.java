package org.webrtc4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.webrtc4j.dtls.DtlsEndpointFactory;
import org.webrtc4j.dtls.bouncycastle.BouncyCastleDtls;
import org.webrtc4j.ice.memory.InMemoryIceAgents;

/** What connections share, and how it ends. */
class RuntimeTest {

    private static final int SECONDS = 30;

    private static RuntimeBuilder inMemory() {
        return WebRtcRuntime.builder().loops(2).iceAgents(new InMemoryIceAgents(new SecureRandom()));
    }

    @Test
    void oneConnectionMoreThanTheLimitIsRefusedAndThereIsRoomAgainAfterAClose() throws Exception {
        RuntimeLimits limits = RuntimeLimits.builder().maxConnections(2).build();
        try (WebRtcRuntime runtime = inMemory().limits(limits).build()) {
            RTCPeerConnection first = runtime.createPeerConnection(RTCConfiguration.defaults());
            runtime.createPeerConnection(RTCConfiguration.defaults());
            assertThatThrownBy(() -> runtime.createPeerConnection(RTCConfiguration.defaults()))
                    .hasToString("OperationError: The runtime has 2 connections, as many as allowed");
            first.close();
            first.whenClosed().get(SECONDS, TimeUnit.SECONDS);

            runtime.createPeerConnection(RTCConfiguration.defaults());
            assertThat(runtime.stats().connections()).isEqualTo(2);
            assertThat(runtime.stats().created()).isEqualTo(3);
            assertThat(runtime.stats().refused()).isEqualTo(1);
        }
    }

    @Test
    void channelsBeyondTheLimitAreRefused() {
        RuntimeLimits limits = RuntimeLimits.builder().maxChannels(1).build();
        try (WebRtcRuntime runtime = inMemory().limits(limits).build()) {
            RTCPeerConnection connection = runtime.createPeerConnection(RTCConfiguration.defaults());
            connection.createDataChannel("one");
            assertThatThrownBy(() -> connection.createDataChannel("two")).hasMessageContaining("as many as allowed");
        }
    }

    @Test
    void drainingRefusesNewConnectionsAndWaitsForThoseThereAre() throws Exception {
        try (WebRtcRuntime runtime = inMemory().build()) {
            RTCPeerConnection connection = runtime.createPeerConnection(RTCConfiguration.defaults());
            CompletableFuture<Boolean> drained = runtime.drain(Duration.ofSeconds(SECONDS));
            assertThat(drained).isNotDone();
            assertThatThrownBy(() -> runtime.createPeerConnection(RTCConfiguration.defaults()))
                    .hasToString("InvalidStateError: The runtime takes no new connections");

            connection.close();
            assertThat(drained.get(SECONDS, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void drainingSaysWhenTheTimeWasOverFirst() throws Exception {
        try (WebRtcRuntime runtime = inMemory().build()) {
            runtime.createPeerConnection(RTCConfiguration.defaults());
            assertThat(runtime.drain(Duration.ofMillis(1)).get(SECONDS, TimeUnit.SECONDS))
                    .isFalse();
        }
    }

    @Test
    void shutdownClosesConnectionsWithThatCauseAndTheirFuturesFail() throws Exception {
        WebRtcRuntime runtime = inMemory().build();
        RTCPeerConnection connection = runtime.createPeerConnection(RTCConfiguration.defaults());
        CompletableFuture<RTCSessionDescription> never = connection.gatheringComplete();

        runtime.shutdown(Duration.ofSeconds(SECONDS)).get(SECONDS, TimeUnit.SECONDS);

        assertThat(connection.whenClosed().get(SECONDS, TimeUnit.SECONDS).kind())
                .isEqualTo(CloseCause.Kind.RUNTIME_SHUTDOWN);
        assertThatThrownBy(() -> never.get(SECONDS, TimeUnit.SECONDS)).hasMessageContaining("InvalidStateError");
        assertThatThrownBy(() -> connection.createDataChannel("late")).hasMessageContaining("closed");
        assertThatThrownBy(() -> connection.createOffer().get(SECONDS, TimeUnit.SECONDS))
                .hasMessageContaining("InvalidStateError");
        assertThat(connection.getStats().get(SECONDS, TimeUnit.SECONDS)).isNotEmpty();
        assertThat(connection.connectionState()).isEqualTo(RTCPeerConnectionState.CLOSED);
    }

    @Test
    void aGivenDtlsFactoryOutlivesTheRuntime() throws Exception {
        try (DtlsEndpointFactory given =
                BouncyCastleDtls.builder(new SecureRandom()).build()) {
            for (int i = 0; i < 2; i++) {
                try (WebRtcRuntime runtime = inMemory().dtls(given).build()) {
                    CompletableFuture<Boolean> open = new CompletableFuture<>();
                    RTCPeerConnection a = runtime.createPeerConnection(RTCConfiguration.defaults());
                    a.createDataChannel("one").onOpen(event -> open.complete(true));
                    Pairing.connect(a, runtime.createPeerConnection(RTCConfiguration.defaults()));

                    assertThat(open.get(SECONDS, TimeUnit.SECONDS))
                            .as("runtime %d", i)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void connectionsOfOneKeyShareALoop() {
        try (WebRtcRuntime runtime = inMemory().build()) {
            List<RTCPeerConnection> room = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                room.add(runtime.affinity("room 7").createPeerConnection(RTCConfiguration.defaults(), "member " + i));
            }
            assertThat(room)
                    .extracting(each -> each.connection().loop())
                    .containsOnly(room.get(0).connection().loop());
            assertThat(room.get(3).name()).isEqualTo("member 3");
        }
    }

    @Test
    void aListenerHearsStatesTimesAndTheEnd() throws Exception {
        List<String> heard = Collections.synchronizedList(new ArrayList<>());
        CompletableFuture<ConnectTimes> times = new CompletableFuture<>();
        CompletableFuture<String> closed = new CompletableFuture<>();
        RuntimeListener listener = new RuntimeListener() {
            @Override
            public void onConnectionState(String connection, RTCPeerConnectionState state) {
                if (connection.equals("a")) {
                    heard.add(state.wireName());
                }
            }

            @Override
            public void onConnected(String connection, ConnectTimes taken) {
                times.complete(taken);
            }

            @Override
            public void onClosed(String connection, CloseCause cause, Map<String, Long> drops) {
                if (connection.equals("a")) {
                    closed.complete(cause.message());
                }
            }
        };
        try (WebRtcRuntime runtime = inMemory().listener(listener).build()) {
            RTCPeerConnection a = runtime.createPeerConnection(RTCConfiguration.defaults(), "a");
            RTCPeerConnection b = runtime.createPeerConnection(RTCConfiguration.defaults(), "b");
            CompletableFuture<Boolean> open = new CompletableFuture<>();
            a.createDataChannel("one").onOpen(event -> open.complete(true));
            Pairing.connect(a, b);
            open.get(SECONDS, TimeUnit.SECONDS);
            a.close();

            assertThat(closed.get(SECONDS, TimeUnit.SECONDS)).isEqualTo("Closed by its owner.");
            assertThat(times.get(SECONDS, TimeUnit.SECONDS).totalNanos()).isPositive();
            assertThat(heard).containsExactly("connecting", "connected", "closed");
        }
    }

    @Test
    void warmingUpConnectsTwoPeersInMemoryAndLeavesNothingBehind() throws Exception {
        try (WebRtcRuntime runtime = inMemory().build()) {
            runtime.warmUp().get(SECONDS, TimeUnit.SECONDS);

            assertThat(runtime.stats().connections()).isZero();
            assertThat(runtime.stats().created()).isZero();
        }
    }

    @Test
    void badServersAndExpiredSettingsAreRefusedByTheirDomName() {
        try (WebRtcRuntime runtime = inMemory().build()) {
            assertRefused(runtime, RTCIceServer.of("http://example.org"), "SyntaxError");
            assertRefused(runtime, RTCIceServer.of("stun:"), "SyntaxError");
            assertRefused(runtime, RTCIceServer.of("stun:host:port"), "SyntaxError");
            assertRefused(runtime, RTCIceServer.of("stun:host?transport=udp"), "SyntaxError");
            assertRefused(runtime, RTCIceServer.of("turn:host?transport=sctp"), "SyntaxError");
            assertRefused(runtime, new RTCIceServer(List.of(), null, null), "SyntaxError");
            assertRefused(runtime, RTCIceServer.of("turn:host"), "InvalidAccessError");
            RTCIceServer good = RTCIceServer.builder()
                    .urls("turn:[2001:db8::1]:3478?transport=tcp", "turns:host", "stun:host:19302")
                    .username("user")
                    .credential("secret")
                    .build();
            runtime.createPeerConnection(
                    RTCConfiguration.builder().iceServer(good).build());
            assertThat(good.toString()).doesNotContain("secret");
        }
    }

    private static void assertRefused(WebRtcRuntime runtime, RTCIceServer server, String name) {
        RTCConfiguration configuration =
                RTCConfiguration.builder().iceServer(server).build();
        assertThatThrownBy(() -> runtime.createPeerConnection(configuration))
                .isInstanceOfSatisfying(
                        DOMException.class, thrown -> assertThat(thrown.name()).isEqualTo(name));
    }

    @Test
    void policiesAndCertificatesOfAConfigurationStayAndServersMayChange() throws Exception {
        try (WebRtcRuntime runtime = inMemory().build()) {
            RTCPeerConnection connection = runtime.createPeerConnection(RTCConfiguration.defaults());
            assertThatThrownBy(() -> connection.setConfiguration(RTCConfiguration.builder()
                            .bundlePolicy(RTCBundlePolicy.MAX_BUNDLE)
                            .build()))
                    .hasToString("InvalidModificationError: bundlePolicy and rtcpMuxPolicy cannot be changed");
            RTCCertificate other =
                    RTCPeerConnection.generateCertificate("ECDSA").get(SECONDS, TimeUnit.SECONDS);
            assertThatThrownBy(() -> connection.setConfiguration(
                            RTCConfiguration.builder().certificates(other).build()))
                    .hasMessageContaining("certificates");

            connection.setConfiguration(RTCConfiguration.builder()
                    .iceServer(RTCIceServer.of("stun:host"))
                    .build());
            assertThat(connection.getConfiguration().iceServers()).hasSize(1);
        }
    }

    @Test
    void certificatesAreMadeByTheNamesOfWebCrypto() throws Exception {
        RTCCertificate ecdsa = RTCPeerConnection.generateCertificate("ECDSA").get(SECONDS, TimeUnit.SECONDS);
        assertThat(ecdsa.expires()).isGreaterThan(System.currentTimeMillis());
        assertThat(ecdsa.getFingerprints().get(0).algorithm()).isEqualTo("sha-256");
        assertThat(ecdsa.getFingerprints().get(0).value()).matches("([0-9a-f]{2}:){31}[0-9a-f]{2}");
        assertThat(RTCPeerConnection.generateCertificate("RSASSA-PKCS1-v1_5")
                        .get(SECONDS, TimeUnit.SECONDS)
                        .getFingerprints())
                .isNotEmpty();
        assertThatThrownBy(() -> RTCPeerConnection.generateCertificate("ED448").get(SECONDS, TimeUnit.SECONDS))
                .hasMessageContaining("NotSupportedError");
    }
}
