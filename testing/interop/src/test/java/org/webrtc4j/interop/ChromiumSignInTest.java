package org.webrtc4j.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.webrtc4j.RTCDtlsFingerprint;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.WebRtcRuntime;
import org.webrtc4j.samples.recipes.TicketServer;

/** A page of Chromium that describes the server to itself: nothing is signalled, the first check signs it in. */
@ExtendWith(WithChromium.class)
class ChromiumSignInTest {

    @Test
    void aPageSignsInWithATicketAndItsFirstCheck(Chromium browser) throws Exception {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        int port;
        try (DatagramSocket probe = new DatagramSocket(new InetSocketAddress(loopback, 0))) {
            port = probe.getLocalPort();
        }
        try (TicketServer server =
                new TicketServer(WebRtcRuntime.builder().loops(1).bind(loopback).udpPort(port), this::echo)) {
            JsonObject fingerprint = browser.call("""
                            globalThis.certificate =
                              await RTCPeerConnection.generateCertificate({ name: "ECDSA", namedCurve: "P-256" });
                            return certificate.getFingerprints()[0];
                            """).getAsJsonObject();
            TicketServer.Ticket ticket = server.login(new RTCDtlsFingerprint(
                    fingerprint.get("algorithm").getAsString(),
                    fingerprint.get("value").getAsString()));

            String echoed = browser.call(
                            """
                            const [ufrag, serverPassword, playerPassword, algorithm, value, port] = args;
                            globalThis.pc = new RTCPeerConnection({ certificates: [certificate] });
                            const channel = pc.createDataChannel("game");
                            const message = new Promise((resolve) => { channel.onmessage = ({ data }) => resolve(data); });
                            channel.onopen = () => channel.send("hello from a page");
                            const offer = await pc.createOffer();
                            const sdp = offer.sdp
                              .replace(/a=ice-ufrag:.*\\r\\n/, "a=ice-ufrag:" + ufrag + "Page\\r\\n")
                              .replace(/a=ice-pwd:.*\\r\\n/, "a=ice-pwd:" + playerPassword + "\\r\\n");
                            await pc.setLocalDescription({ type: "offer", sdp });
                            await pc.setRemoteDescription({ type: "answer", sdp: [
                              "v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "t=0 0", "a=group:BUNDLE 0",
                              "m=application 9 UDP/DTLS/SCTP webrtc-datachannel", "c=IN IP4 0.0.0.0", "a=mid:0",
                              "a=ice-ufrag:" + ufrag, "a=ice-pwd:" + serverPassword,
                              "a=fingerprint:" + algorithm + " " + value, "a=setup:passive", "a=sctp-port:5000",
                              "a=max-message-size:262144",
                              "a=candidate:1 1 udp 2130706431 127.0.0.1 " + port + " typ host", "a=end-of-candidates", ""
                            ].join("\\r\\n") });
                            return await message;
                            """,
                            ticket.ufrag(),
                            ticket.serverPassword(),
                            ticket.playerPassword(),
                            ticket.serverFingerprint().algorithm(),
                            ticket.serverFingerprint().value(),
                            port)
                    .getAsString();

            assertThat(echoed).isEqualTo("hello from a page");
            browser.tell("pc.close()");
        }
    }

    private void echo(RTCPeerConnection pc) {
        pc.onDataChannel(
                event -> event.channel().onMessage(message -> event.channel().send(message.data())));
    }
}
