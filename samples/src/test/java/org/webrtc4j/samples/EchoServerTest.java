package org.webrtc4j.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.webrtc4j.RTCConfiguration;
import org.webrtc4j.RTCDataChannel;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.RTCSdpType;
import org.webrtc4j.RTCSessionDescriptionInit;
import org.webrtc4j.WebRtcRuntime;

/** The server of the README, used as a page would use it: one POST, then a data channel. */
class EchoServerTest {

    private static final int SECONDS = 20;

    @Test
    void theServerOfTheReadmeEchoes() throws Exception {
        HttpServer server = EchoServer.start(0, RTCPeerConnection::new);
        try {
            assertEchoes(server.getAddress().getPort());
        } finally {
            server.stop(0);
        }
    }

    @Test
    void anOfferThatIsNoneIsRefusedWithAReason() throws Exception {
        HttpServer server = EchoServer.start(0, RTCPeerConnection::new);
        try {
            HttpResponse<String> response = post(server.getAddress().getPort(), "no description");
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(response.body()).isNotEmpty();
        } finally {
            server.stop(0);
        }
    }

    private static void assertEchoes(int port) throws Exception {
        CompletableFuture<String> back = new CompletableFuture<>();
        try (WebRtcRuntime runtime =
                        WebRtcRuntime.builder().includeLoopback(true).build();
                RTCPeerConnection pc = runtime.createPeerConnection(RTCConfiguration.defaults(), "page")) {
            RTCDataChannel channel = pc.createDataChannel("echo");
            channel.onOpen(event -> channel.send("hello"));
            channel.onMessage(event -> back.complete(event.text()));
            pc.setLocalDescription().get(SECONDS, TimeUnit.SECONDS);
            String offer = pc.gatheringComplete().get(SECONDS, TimeUnit.SECONDS).sdp();
            String answer = post(port, offer).body();
            pc.setRemoteDescription(new RTCSessionDescriptionInit(RTCSdpType.ANSWER, answer))
                    .get(SECONDS, TimeUnit.SECONDS);
            assertThat(back.get(SECONDS, TimeUnit.SECONDS)).isEqualTo("hello");
        }
    }

    private static HttpResponse<String> post(int port, String body) throws Exception {
        URI uri = URI.create("http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + port + "/offer");
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(uri)
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
