package org.webrtc4j.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.webrtc4j.testkit.peer.Peer;
import org.webrtc4j.testkit.peer.ProcessPeer;

/** Connections one after the other between one page and one Java process. */
@ExtendWith(WithChromium.class)
class ChromiumConnectionsTest {

    private static final int CONNECTIONS = 50;

    @ParameterizedTest
    @ValueSource(strings = {"offerer", "answerer"})
    void fiftyConnectionsInARowAllOpen(String javaRole, Chromium browser) throws Exception {
        boolean javaOffers = javaRole.equals("offerer");
        JsonObject result;
        try (Peer java = ProcessPeer.webrtc4j(Scenarios.timeToConnect(javaRole, CONNECTIONS - 1));
                Peer page = new BrowserPeer(
                        browser, Scenarios.timeToConnect(javaOffers ? "answerer" : "offerer", CONNECTIONS - 1))) {
            result = javaOffers ? Scenarios.run(java, page, 120) : Scenarios.run(page, java, 120);
        }
        assertThat(result.getAsJsonArray("times")).hasSize(CONNECTIONS - 1);
        double[] times = result.getAsJsonArray("times").asList().stream()
                .mapToDouble(time -> time.getAsDouble())
                .sorted()
                .toArray();
        System.out.printf(
                "Time to connect, Java %s, Chromium the other: first %.0f ms, median %.0f ms, max %.0f ms%n",
                javaRole, result.get("first").getAsDouble(), times[times.length / 2], times[times.length - 1]);
    }
}
