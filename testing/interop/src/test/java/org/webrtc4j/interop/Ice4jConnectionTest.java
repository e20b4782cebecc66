package org.webrtc4j.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.webrtc4j.RTCConfiguration;
import org.webrtc4j.RTCDataChannel;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.RTCPeerConnectionState;
import org.webrtc4j.WebRtcRuntime;
import org.webrtc4j.ice4j.Ice4jAgents;

/** Whole connections whose one side has ice4j's agents and whose other side has the default ones. */
class Ice4jConnectionTest {

    private static final long LIMIT_SECONDS = 30;

    private static WebRtcRuntime runtime(boolean ours) {
        var builder = WebRtcRuntime.builder().loops(1).includeLoopback(true);
        return ours
                ? builder.build()
                : builder.iceAgents(Ice4jAgents.builder()
                                .bind(InetAddress.getLoopbackAddress())
                                .build())
                        .build();
    }

    @ParameterizedTest(name = "the default agent offers: {0}")
    @ValueSource(booleans = {true, false})
    void aChannelEchoesBeforeAndAfterARestart(boolean weOffer) throws Exception {
        try (WebRtcRuntime offering = runtime(weOffer);
                WebRtcRuntime answering = runtime(!weOffer)) {
            RTCPeerConnection offerer = offering.createPeerConnection(RTCConfiguration.defaults());
            RTCPeerConnection answerer = answering.createPeerConnection(RTCConfiguration.defaults());
            BlockingQueue<String> echoes = new LinkedBlockingQueue<>();
            CompletableFuture<RTCDataChannel> opened = new CompletableFuture<>();
            answerer.onDataChannel(event ->
                    event.channel().onMessage(message -> event.channel().send(message.data())));
            RTCDataChannel channel = offerer.createDataChannel("echo");
            channel.onOpen(event -> opened.complete(channel)).onMessage(message -> echoes.add(message.text()));

            negotiate(offerer, answerer);
            opened.get(LIMIT_SECONDS, TimeUnit.SECONDS).send("first");
            assertThat(echoes.poll(LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo("first");

            String before = ufrag(offerer);
            offerer.restartIce();
            negotiate(offerer, answerer);
            assertThat(ufrag(offerer)).isNotEqualTo(before);
            for (int i = 0; i < 100; i++) {
                channel.send("message " + i);
                assertThat(echoes.poll(LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo("message " + i);
            }
            assertThat(offerer.connectionState()).isEqualTo(RTCPeerConnectionState.CONNECTED);
            assertThat(answerer.connectionState()).isEqualTo(RTCPeerConnectionState.CONNECTED);
            offerer.close();
            answerer.close();
        }
    }

    @ParameterizedTest(name = "the default agent offers: {0}")
    @ValueSource(booleans = {true, false})
    void candidatesTrickleBothWays(boolean weOffer) throws Exception {
        try (WebRtcRuntime offering = runtime(weOffer);
                WebRtcRuntime answering = runtime(!weOffer)) {
            RTCPeerConnection offerer = offering.createPeerConnection(RTCConfiguration.defaults());
            RTCPeerConnection answerer = answering.createPeerConnection(RTCConfiguration.defaults());
            CompletableFuture<Boolean> offered = new CompletableFuture<>();
            CompletableFuture<Boolean> answered = new CompletableFuture<>();
            Queue<CompletableFuture<?>> told = new ConcurrentLinkedQueue<>();
            trickle(offerer, answerer, offered, told);
            trickle(answerer, offerer, answered, told);
            CompletableFuture<String> heard = new CompletableFuture<>();
            answerer.onDataChannel(event -> event.channel().onMessage(message -> heard.complete(message.text())));
            offerer.createDataChannel("one way").onOpen(event -> ((RTCDataChannel) event.target()).send("trickled"));

            offerer.setLocalDescription()
                    .thenCompose(done -> answerer.setRemoteDescription(offerer.localDescription()))
                    .thenRun(() -> offered.complete(true))
                    .thenCompose(done -> answerer.setLocalDescription())
                    .thenCompose(done -> offerer.setRemoteDescription(answerer.localDescription()))
                    .thenRun(() -> answered.complete(true))
                    .get(LIMIT_SECONDS, TimeUnit.SECONDS);

            assertThat(heard.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo("trickled");
            assertThat(told).isNotEmpty();
            CompletableFuture.allOf(told.toArray(CompletableFuture[]::new)).get(LIMIT_SECONDS, TimeUnit.SECONDS);
            offerer.close();
            answerer.close();
        }
    }

    private static void trickle(
            RTCPeerConnection from,
            RTCPeerConnection to,
            CompletableFuture<Boolean> described,
            Queue<CompletableFuture<?>> told) {
        from.onIceCandidate(event -> told.add(described.thenCompose(
                done -> event.candidate() == null ? to.addIceCandidate() : to.addIceCandidate(event.candidate()))));
    }

    private static void negotiate(RTCPeerConnection offerer, RTCPeerConnection answerer) throws Exception {
        offerer.setLocalDescription()
                .thenCompose(done -> offerer.gatheringComplete())
                .thenCompose(answerer::setRemoteDescription)
                .thenCompose(done -> answerer.setLocalDescription())
                .thenCompose(done -> answerer.gatheringComplete())
                .thenCompose(offerer::setRemoteDescription)
                .get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    private static String ufrag(RTCPeerConnection pc) {
        return pc.localDescription()
                .sdp()
                .lines()
                .filter(line -> line.startsWith("a=ice-ufrag:"))
                .findFirst()
                .orElseThrow();
    }
}
