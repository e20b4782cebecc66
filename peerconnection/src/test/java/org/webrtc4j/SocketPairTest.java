package org.webrtc4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

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
