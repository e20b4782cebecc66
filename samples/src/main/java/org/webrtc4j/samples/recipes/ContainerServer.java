package org.webrtc4j.samples.recipes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.webrtc4j.RTCConfiguration;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.RTCSdpType;
import org.webrtc4j.RTCSessionDescriptionInit;
import org.webrtc4j.WebRtcRuntime;

/** An echo server in a container: one forwarded UDP port for all connections, and the host's address in its answers. */
public final class ContainerServer {

    private ContainerServer() {}

    /**
     * Serves until the container is stopped. PUBLIC_HOST is the address that browsers reach; UDP_PORT and HTTP_PORT are forwarded.
     *
     * @param arguments none
     * @throws IOException when a port is taken
     */
    public static void main(String[] arguments) throws IOException {
        int udpPort = Integer.parseInt(System.getenv().getOrDefault("UDP_PORT", "40000"));
        int httpPort = Integer.parseInt(System.getenv().getOrDefault("HTTP_PORT", "8080"));
        serve(runtime(System.getenv().getOrDefault("PUBLIC_HOST", "localhost"), udpPort), httpPort);
    }

    /** One UDP port for everybody, presented under the host's address; the container's own stays out of the answers. */
    static WebRtcRuntime runtime(String publicHost, int udpPort) {
        return WebRtcRuntime.builder()
                .server()
                .udpPort(udpPort)
                .advertise(publicHost + ":" + udpPort)
                .hideLocal(true)
                .build();
    }

    static HttpServer serve(WebRtcRuntime runtime, int httpPort) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(httpPort), 0);
        http.createContext("/offer", exchange -> {
            String offer = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            RTCPeerConnection pc = runtime.createPeerConnection(RTCConfiguration.defaults());
            pc.onDataChannel(event ->
                    event.channel().onMessage(message -> event.channel().send(message.data())));
            pc.setRemoteDescription(new RTCSessionDescriptionInit(RTCSdpType.OFFER, offer))
                    .thenCompose(done -> pc.setLocalDescription())
                    .thenCompose(done -> pc.gatheringComplete())
                    .thenAccept(answer -> respond(exchange, 200, answer.sdp()))
                    .exceptionally(failure -> {
                        pc.close();
                        respond(exchange, 400, String.valueOf(failure.getMessage()));
                        return null;
                    });
        });
        http.start();
        return http;
    }

    private static void respond(HttpExchange exchange, int status, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (IOException e) {
            System.err.println("The page went away: " + e.getMessage());
        }
    }
}
