package org.webrtc4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.webrtc4j.ice.memory.InMemoryIceAgents;

/** Two connections with real DTLS on real loops, without a network. */
class InMemoryPairTest {

    private final WebRtcRuntime runtime = WebRtcRuntime.builder()
            .loops(2)
            .iceAgents(new InMemoryIceAgents(new SecureRandom()))
            .build();

    @AfterEach
    void end() {
        runtime.close();
    }

    @Test
    void aChannelCarriesTextAndBytesBothWays() throws Exception {
        RTCPeerConnection offerer = runtime.createPeerConnection(RTCConfiguration.defaults(), "offerer");
        RTCPeerConnection answerer = runtime.createPeerConnection(RTCConfiguration.defaults(), "answerer");
        answerer.onDataChannel(
                event -> event.channel().onMessage(message -> event.channel().send(message.data())));
        RTCDataChannel channel = offerer.createDataChannel("echo");
        CompletableFuture<MessageData> text = new CompletableFuture<>();
        CompletableFuture<MessageData> bytes = new CompletableFuture<>();
        byte[] payload = new byte[100_000];
        Arrays.fill(payload, (byte) 7);
        channel.onOpen(event -> {
                    channel.send("hello");
                    channel.send(payload);
                })
                .onMessage(message -> (message.isText() ? text : bytes).complete(message.data()));

        Pairing.connect(offerer, answerer);

        assertThat(text.get(20, TimeUnit.SECONDS)).isEqualTo(new MessageData.Text("hello"));
        assertThat(bytes.get(20, TimeUnit.SECONDS)).isEqualTo(new MessageData.ArrayBuffer(payload));
    }
}
