package org.webrtc4j.samples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.RTCSdpType;
import org.webrtc4j.RTCSessionDescriptionInit;

/** The README's example: takes an offer by HTTP POST, answers it, and echoes what comes over each data channel. */
public final class EchoServer {

    private EchoServer() {}

    /**
     * Serves until the process is ended.
     *
     * @param arguments none
     * @throws IOException when port 8080 is taken
     */
    public static void main(String[] arguments) throws IOException {
        start(8080, RTCPeerConnection::new);
    }

    /**
     * Starts the server.
     *
     * @param port the HTTP port, 0 for any free one
     * @param connections makes a connection for each offer
     * @return the server, to be stopped by the caller
     * @throws IOException when the port is taken
     */
    public static HttpServer start(int port, Supplier<RTCPeerConnection> connections) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(port), 0);
        http.createContext("/offer", exchange -> {
            byte[] offer = exchange.getRequestBody().readAllBytes();
            RTCPeerConnection pc = connections.get();
            pc.onDataChannel(event ->
                    event.channel().onMessage(message -> event.channel().send(message.data())));
            pc.setRemoteDescription(
                            new RTCSessionDescriptionInit(RTCSdpType.OFFER, new String(offer, StandardCharsets.UTF_8)))
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
