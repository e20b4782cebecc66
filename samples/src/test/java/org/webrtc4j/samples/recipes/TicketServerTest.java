package org.webrtc4j.samples.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.webrtc4j.ConnectionOptions;
import org.webrtc4j.RTCCertificate;
import org.webrtc4j.RTCConfiguration;
import org.webrtc4j.RTCDataChannel;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.RTCSdpType;
import org.webrtc4j.RTCSessionDescriptionInit;
import org.webrtc4j.WebRtcRuntime;

class TicketServerTest {

    @Test
    void aPlayerComesWithItsTicketAlone() throws Exception {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        int port;
        try (DatagramSocket probe = new DatagramSocket(new InetSocketAddress(loopback, 0))) {
            port = probe.getLocalPort();
        }
        RTCCertificate own = RTCPeerConnection.generateCertificate("ECDSA").get(20, TimeUnit.SECONDS);
        try (TicketServer server = new TicketServer(
                        WebRtcRuntime.builder().loops(1).bind(loopback).udpPort(port),
                        pc -> pc.onDataChannel(event -> event.channel()
                                .onMessage(message -> event.channel().send(message.data()))));
                WebRtcRuntime runtime =
                        WebRtcRuntime.builder().loops(1).includeLoopback(true).build()) {
            TicketServer.Ticket ticket = server.login(own.getFingerprints().get(0));
            RTCPeerConnection pc = runtime.createPeerConnection(
                    RTCConfiguration.builder().certificates(own).build(),
                    ConnectionOptions.named("player")
                            .withIceCredentials(ticket.ufrag() + "Player", ticket.playerPassword()));
            CompletableFuture<String> echoed = new CompletableFuture<>();
            RTCDataChannel channel = pc.createDataChannel("game");
            channel.onOpen(event -> channel.send("hello")).onMessage(message -> echoed.complete(message.text()));
            pc.setLocalDescription().get(20, TimeUnit.SECONDS);
            pc.setRemoteDescription(new RTCSessionDescriptionInit(RTCSdpType.ANSWER, byHand(ticket, port)))
                    .get(20, TimeUnit.SECONDS);

            assertThat(echoed.get(20, TimeUnit.SECONDS)).isEqualTo("hello");
        }
    }

    private static String byHand(TicketServer.Ticket ticket, int port) {
        return String.join(
                "\r\n",
                "v=0",
                "o=- 1 1 IN IP4 127.0.0.1",
                "s=-",
                "t=0 0",
                "a=group:BUNDLE 0",
                "m=application 9 UDP/DTLS/SCTP webrtc-datachannel",
                "c=IN IP4 0.0.0.0",
                "a=mid:0",
                "a=ice-ufrag:" + ticket.ufrag(),
                "a=ice-pwd:" + ticket.serverPassword(),
                "a=fingerprint:" + ticket.serverFingerprint().algorithm() + " "
                        + ticket.serverFingerprint().value(),
                "a=setup:passive",
                "a=sctp-port:5000",
                "a=max-message-size:262144",
                "a=candidate:1 1 udp 2130706431 127.0.0.1 " + port + " typ host",
                "a=end-of-candidates",
                "");
    }
}
