package org.webrtc4j.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.webrtc4j.testkit.peer.Peer;
import org.webrtc4j.testkit.peer.ProcessPeer;

/** A channel kept full for some seconds: everything arrives, and the rate is printed. */
@ExtendWith(WithChromium.class)
class ChromiumThroughputTest {

    private static final int SECONDS = 3;

    @ParameterizedTest
    @ValueSource(strings = {"offerer", "answerer"})
    void aFullChannelKeepsFlowing(String javaRole, Chromium browser) throws Exception {
        boolean javaSends = javaRole.equals("offerer");
        try (Peer java = ProcessPeer.webrtc4j(Scenarios.throughput(javaRole, SECONDS));
                Peer page =
                        new BrowserPeer(browser, Scenarios.throughput(javaSends ? "answerer" : "offerer", SECONDS))) {
            Peer sender = javaSends ? java : page;
            Peer receiver = javaSends ? page : java;
            Peer.join(sender, receiver);
            sender.await("ready", 30);
            receiver.await("ready", 30);
            sender.command("start");
            JsonObject result = receiver.await("result", SECONDS + 60);
            assertThat(result.get("bytes").getAsLong())
                    .isEqualTo(result.get("msgs").getAsLong() * 16_384)
                    .isPositive();
            System.out.printf(
                    "Throughput, %s sends: %.1f MB/s%n",
                    sender, result.get("mbps").getAsDouble());
        }
    }
}
