package org.webrtc4j;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two connections over real sockets on loopback, everything real. */
class SocketPairTest {

    @Test
    void aPortForEachConnectionCarriesAnEcho() throws Exception {
        try (WebRtcRuntime runtime =
                WebRtcRuntime.builder().loops(2).includeLoopback(true).build()) {
            echo(runtime, runtime);
        }
    }

    @Test
    void onePortForAllConnectionsCarriesAnEcho() throws Exception {
        try (WebRtcRuntime client =
                        WebRtcRuntime.builder().loops(1).includeLoopback(true).build();
                WebRtcRuntime server = WebRtcRuntime.builder()
                        .loops(2)
                        .udpPort(0)
                        .includeLoopback(true)
                        .build()) {
            for (int i = 0; i < 5; i++) {
                echo(client, server);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whereNoDatagramGetsThroughAMessageOfEachSizeTravelsByTcp(boolean serverOffers) throws Exception {
        try (WebRtcRuntime client =
                        WebRtcRuntime.builder().loops(1).includeLoopback(true).build();
                WebRtcRuntime server = WebRtcRuntime.builder()
                        .loops(2)
                        .udpPort(0)
                        .tcpPort(0)
                        .server()
                        .includeLoopback(true)
                        .build()) {
            for (int i = 0; i < 3; i++) {
                echoByTcp(serverOffers ? server : client, serverOffers ? client : server);
            }
        }
    }

    private static void echoByTcp(WebRtcRuntime offering, WebRtcRuntime answering) throws Exception {
        RTCPeerConnection offerer = offering.createPeerConnection(RTCConfiguration.defaults());
        RTCPeerConnection answerer = answering.createPeerConnection(RTCConfiguration.defaults());
        answerer.onDataChannel(
                event -> event.channel().onMessage(message -> event.channel().send(message.data())));
        byte[] bytes = new byte[262_144];
        new Random(1).nextBytes(bytes);
        CompletableFuture<byte[]> echoed = new CompletableFuture<>();
        offerer.createDataChannel("echo")
                .onMessage(message -> echoed.complete(message.bytes()))
                .onOpen(event -> ((RTCDataChannel) event.target()).send(bytes));

        offerer.setLocalDescription().get(20, TimeUnit.SECONDS);
        answerer.setRemoteDescription(withoutDatagrams(offerer)).get(20, TimeUnit.SECONDS);
        answerer.setLocalDescription().get(20, TimeUnit.SECONDS);
        offerer.setRemoteDescription(withoutDatagrams(answerer)).get(20, TimeUnit.SECONDS);

        assertThat(echoed.get(20, TimeUnit.SECONDS)).isEqualTo(bytes);
        RTCStatsReport report = offerer.getStats().get(20, TimeUnit.SECONDS);
        assertThat(report.all(RTCIceCandidatePairStats.class)).isNotEmpty().allSatisfy(pair -> assertThat(
                        report.get(pair.localCandidateId()))
                .isInstanceOfSatisfying(RTCIceCandidateStats.class, local -> {
                    assertThat(local.protocol()).isEqualTo("tcp");
                    assertThat(local.tcpType()).isNotNull();
                }));
        offerer.close();
        answerer.close();
    }

    /** The whole description, as a firewall would have it. */
    private static RTCSessionDescriptionInit withoutDatagrams(RTCPeerConnection pc) throws Exception {
        pc.gatheringComplete().get(20, TimeUnit.SECONDS);
        RTCSessionDescription description = requireNonNull(pc.localDescription());
        return new RTCSessionDescriptionInit(
                description.type(),
                description
                        .sdp()
                        .lines()
                        .filter(line -> !line.startsWith("a=candidate:") || line.contains(" tcp "))
                        .collect(Collectors.joining("\r\n", "", "\r\n")));
    }

    private static void echo(WebRtcRuntime client, WebRtcRuntime server) throws Exception {
        RTCPeerConnection offerer = client.createPeerConnection(RTCConfiguration.defaults());
        RTCPeerConnection answerer = server.createPeerConnection(RTCConfiguration.defaults());
        answerer.onDataChannel(
                event -> event.channel().onMessage(message -> event.channel().send(message.data())));
        CompletableFuture<String> echoed = new CompletableFuture<>();
        RTCDataChannel channel = offerer.createDataChannel("echo");
        channel.onOpen(event -> channel.send("over sockets")).onMessage(message -> echoed.complete(message.text()));

        Pairing pairing = Pairing.connect(offerer, answerer);

        assertThat(echoed.get(20, TimeUnit.SECONDS)).isEqualTo("over sockets");
        assertThat(pairing.failures).isEmpty();
        offerer.close();
        answerer.close();
    }
}
