package org.webrtc4j.benchmarks.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.webrtc4j.testkit.UdpImpairmentRelay.Side;

class RewrittenCandidatesTest {

    private final RewrittenCandidates rewritten = new RewrittenCandidates(
            Side.A, (side, real) -> new InetSocketAddress("192.0.2.9", real.getPort() + (side == Side.A ? 1 : 2)));

    @Test
    void aCandidateHasTheRelaysAddress() {
        assertThat(candidate("candidate:1 1 UDP 2130706431 192.0.2.1 5000 typ host"))
                .contains("candidate:1 1 UDP 2130706431 192.0.2.9 5001 typ host");
    }

    @Test
    void theEndOfCandidatesPasses() {
        assertThat(candidate("")).contains("");
    }

    @Test
    void onlyUdpOverIpv4Passes() {
        assertThat(candidate("candidate:1 1 tcp 1 192.0.2.1 9 typ host tcptype active"))
                .isEmpty();
        assertThat(candidate("candidate:1 1 udp 1 2001:db8::1 5000 typ host")).isEmpty();
        assertThat(candidate("candidate:1 1 udp 1 4f0b.local 5000 typ host")).isEmpty();
        assertThat(candidate("nonsense")).isEmpty();
    }

    @Test
    void candidatesOfADescriptionAreRewrittenOrLeftOut() {
        JsonObject offer = new JsonObject();
        offer.addProperty("type", "offer");
        offer.addProperty(
                "sdp",
                "v=0\r\na=candidate:1 1 udp 1 192.0.2.1 5000 typ host\r\na=candidate:2 1 udp 1 ::1 5000 typ host\r\na=mid:0\r\n");

        assertThat(rewritten.of(offer).orElseThrow().get("sdp").getAsString())
                .isEqualTo("v=0\r\na=candidate:1 1 udp 1 192.0.2.9 5001 typ host\r\na=mid:0\r\n");
    }

    @Test
    void otherLinesPass() {
        JsonObject bye = new JsonObject();
        bye.addProperty("type", "bye");

        assertThat(rewritten.of(bye)).contains(bye);
    }

    private Optional<String> candidate(String text) {
        JsonObject candidate = new JsonObject();
        candidate.addProperty("candidate", text);
        JsonObject line = new JsonObject();
        line.addProperty("type", "candidate");
        line.add("candidate", candidate);
        return rewritten
                .of(line)
                .map(each -> each.getAsJsonObject("candidate").get("candidate").getAsString());
    }
}
