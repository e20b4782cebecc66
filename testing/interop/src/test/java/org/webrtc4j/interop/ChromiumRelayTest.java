package org.webrtc4j.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.webrtc4j.RTCConfiguration;
import org.webrtc4j.RTCDataChannel;
import org.webrtc4j.RTCIceServer;
import org.webrtc4j.RTCIceTransportPolicy;
import org.webrtc4j.WebRtcRuntime;
import org.webrtc4j.ice.PeerFilter;
import org.webrtc4j.ice.port.NettyEventLoops;
import org.webrtc4j.turnserver.TurnServer;
import org.webrtc4j.turnserver.engine.TurnCredentials;
import org.webrtc4j.turnserver.engine.TurnServerStats;

/** Chromium and Java meet at our TURN server and nowhere else: both use relayed candidates only. */
@ExtendWith(WithChromium.class)
class ChromiumRelayTest {

    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final String SECRET = "north";

    @ParameterizedTest
    @CsvSource({"udp,true", "udp,false", "tcp,true", "tcp,false"})
    void messagesTravelThroughTheServer(String transport, boolean javaOffers, Chromium browser) throws Exception {
        try (NettyEventLoops loops = NettyEventLoops.create(1);
                TurnServer server = TurnServer.builder(loops, "example.org", TurnCredentials.ofSharedSecret(SECRET))
                        .udp(ANY_PORT)
                        .tcp(ANY_PORT)
                        .options(options -> options.withPeers(new PeerFilter(true, false, true)))
                        .start();
                WebRtcRuntime runtime = WebRtcRuntime.builder()
                        .bind(InetAddress.getLoopbackAddress())
                        .build()) {
            int port = (transport.equals("udp") ? server.udpAddresses() : server.tcpAddresses())
                    .get(0)
                    .getPort();
            String url = "turn:127.0.0.1:" + port + "?transport=" + transport;
            String username = (System.currentTimeMillis() / 1_000 + 600) + ":chromium";
            String password = TurnCredentials.restPassword(SECRET, username);
            try (PageConnection connection = new PageConnection(
                    browser, page(url, username, password), runtime, java(url, username, password))) {
                RTCDataChannel channel = connection.pc.createDataChannel("relayed");
                CompletableFuture<String> echoed = new CompletableFuture<>();
                channel.onOpen(event -> channel.send("through the relay"));
                channel.onMessage(message -> echoed.complete(message.text()));
                if (javaOffers) {
                    connection.javaOffers();
                } else {
                    browser.call("pc.createDataChannel('first')");
                    connection.pageOffers();
                }
                assertThat(echoed.get(60, TimeUnit.SECONDS)).isEqualTo("through the relay");
                TurnServerStats stats = server.stats().get(10, TimeUnit.SECONDS);
                assertThat(stats.allocations()).isGreaterThanOrEqualTo(2);
                assertThat(stats.packetsToPeers()).isPositive();
            }
        }
    }

    private static RTCConfiguration java(String url, String username, String password) {
        return RTCConfiguration.builder()
                .iceServer(RTCIceServer.builder()
                        .urls(url)
                        .username(username)
                        .credential(password)
                        .build())
                .iceTransportPolicy(RTCIceTransportPolicy.RELAY)
                .build();
    }

    private static JsonObject page(String url, String username, String password) {
        JsonObject server = new JsonObject();
        server.addProperty("urls", url);
        server.addProperty("username", username);
        server.addProperty("credential", password);
        JsonArray servers = new JsonArray();
        servers.add(server);
        JsonObject configuration = new JsonObject();
        configuration.add("iceServers", servers);
        configuration.addProperty("iceTransportPolicy", "relay");
        return configuration;
    }
}
