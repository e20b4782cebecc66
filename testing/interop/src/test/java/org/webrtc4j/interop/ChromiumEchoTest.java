package org.webrtc4j.interop;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.webrtc4j.testkit.peer.Peer;
import org.webrtc4j.testkit.peer.ProcessPeer;

/** Messages between Chromium and a Java process, both trickling, compared byte by byte. */
@ExtendWith(WithChromium.class)
class ChromiumEchoTest {

    private static final int[] SIZES = {0, 1, 16_384, 65_536, 262_144};

    @ParameterizedTest
    @ValueSource(strings = {"offerer", "answerer"})
    void messagesOfEachSizeComeBackAsTheyWere(String javaRole, Chromium browser) throws Exception {
        Scenarios.assertEchoed(echo(javaRole, browser, new JsonObject(), SIZES));
    }

    @ParameterizedTest
    @CsvSource({
        "offerer,unordered",
        "offerer,maxRetransmits",
        "offerer,maxPacketLifeTime",
        "answerer,unordered",
        "answerer,maxRetransmits",
        "answerer,maxPacketLifeTime"
    })
    void unorderedAndUnreliableChannelsCarryMessagesToo(String javaRole, String kind, Chromium browser)
            throws Exception {
        JsonObject channel = new JsonObject();
        switch (kind) {
            case "unordered" -> channel.addProperty("ordered", false);
            case "maxRetransmits" -> channel.addProperty("maxRetransmits", 0);
            default -> channel.addProperty("maxPacketLifeTime", 500);
        }
        Scenarios.assertEchoed(echo(javaRole, browser, channel, 0, 1, 16_384));
    }

    private static JsonObject echo(String javaRole, Chromium browser, JsonObject channel, int... sizes)
            throws Exception {
        boolean javaOffers = javaRole.equals("offerer");
        JsonObject javaConfig = with(Scenarios.echo(javaRole, sizes), channel);
        JsonObject browserConfig = with(Scenarios.echo(javaOffers ? "answerer" : "offerer", sizes), channel);
        try (Peer java = ProcessPeer.webrtc4j(javaConfig);
                Peer page = new BrowserPeer(browser, browserConfig)) {
            return javaOffers ? Scenarios.run(java, page, 60) : Scenarios.run(page, java, 60);
        }
    }

    private static JsonObject with(JsonObject config, JsonObject more) {
        more.entrySet().forEach(entry -> config.add(entry.getKey(), entry.getValue()));
        return config;
    }
}
