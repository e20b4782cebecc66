package org.webrtc4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How fast the connections of a runtime check an address that does not answer. */
@Timeout(60)
class CheckRatesTest {

    private static final Pattern NAME = Pattern.compile("nobody\\+(slow|fast)\\+\\d+");
    private static final int SLOW = 12;
    private static final int FAST = 60;

    @Test
    void connectionsWaitForTheBudgetThatTheirRuntimeWasGiven() throws Exception {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (DatagramSocket silent = new DatagramSocket(0, loopback);
                WebRtcRuntime slow = WebRtcRuntime.builder()
                        .loops(1)
                        .bind(loopback)
                        .checkRates(2_000, 1)
                        .build();
                WebRtcRuntime fast = WebRtcRuntime.builder()
                        .loops(1)
                        .bind(loopback)
                        .checkRates(2_000, 2_000)
                        .build()) {
            silent.setSoTimeout(30_000);
            check(slow, "slow", SLOW, silent.getLocalPort());
            Set<String> seen = new HashSet<>();
            while (seen.isEmpty()) {
                receive(silent, seen);
            }
            check(fast, "fast", FAST, silent.getLocalPort());
            while (count(seen, "fast") < FAST) {
                receive(silent, seen);
            }
            // One a second: the twelve need eleven seconds, the sixty that came later none.
            assertThat(count(seen, "slow")).isBetween(1L, SLOW - 1L);
        }
    }

    @Test
    void ratesArePositive() {
        RuntimeBuilder builder = WebRtcRuntime.builder();
        assertThatThrownBy(() -> builder.checkRates(0, 20)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.checkRates(2_000, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Connections of which each checks the port under a name of its own. */
    private static void check(WebRtcRuntime runtime, String kind, int count, int port) throws Exception {
        for (int i = 0; i < count; i++) {
            RTCPeerConnection pc = runtime.createPeerConnection(RTCConfiguration.defaults());
            pc.createDataChannel("data");
            pc.setLocalDescription().get(20, TimeUnit.SECONDS);
            pc.setRemoteDescription(
                            new RTCSessionDescriptionInit(RTCSdpType.ANSWER, answer("nobody+" + kind + "+" + i, port)))
                    .get(20, TimeUnit.SECONDS);
        }
    }

    private static void receive(DatagramSocket silent, Set<String> seen) throws Exception {
        DatagramPacket packet = new DatagramPacket(new byte[2_048], 2_048);
        silent.receive(packet);
        Matcher name = NAME.matcher(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.ISO_8859_1));
        if (name.find()) {
            seen.add(name.group());
        }
    }

    private static long count(Set<String> seen, String kind) {
        return seen.stream().filter(each -> each.contains(kind)).count();
    }

    private static String answer(String ufrag, int port) {
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
                "a=ice-ufrag:" + ufrag,
                "a=ice-pwd:a+password+of+22+chars",
                "a=fingerprint:sha-256 " + "AB:".repeat(31) + "AB",
                "a=setup:passive",
                "a=sctp-port:5000",
                "a=candidate:1 1 udp 2130706431 127.0.0.1 " + port + " typ host",
                "a=end-of-candidates",
                "");
    }
}
