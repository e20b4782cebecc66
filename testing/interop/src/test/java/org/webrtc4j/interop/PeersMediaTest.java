package org.webrtc4j.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.webrtc4j.testkit.peer.Peer;
import org.webrtc4j.testkit.peer.ProcessPeer;

/** Sound and pictures between two processes, ours and ours or pion's; each side says what it received. */
class PeersMediaTest {

    private static final int SECONDS = 10;
    private static final int PATIENCE = 60;

    @Test
    void bothSidesReceiveSoundAndPictures() throws Exception {
        try (Peer offerer = ProcessPeer.webrtc4j(Scenarios.media("offerer", SECONDS));
                Peer answerer = ProcessPeer.webrtc4j(Scenarios.media("answerer", SECONDS))) {
            assertReceived(Scenarios.run(offerer, answerer, PATIENCE));
            answerer.command("stats");
            assertReceived(answerer.await("result", PATIENCE));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bothSidesReceiveSoundAndPicturesWithPion(boolean pionOffers) throws Exception {
        List<String> pion = BuiltPeers.command("pion-peer");
        JsonObject offers = Scenarios.media("offerer", SECONDS);
        JsonObject answers = Scenarios.media("answerer", SECONDS);
        try (Peer offerer = pionOffers ? new ProcessPeer("pion", pion, offers) : ProcessPeer.webrtc4j(offers);
                Peer answerer = pionOffers ? ProcessPeer.webrtc4j(answers) : new ProcessPeer("pion", pion, answers)) {
            assertReceived(Scenarios.run(offerer, answerer, PATIENCE));
            answerer.command("stats");
            assertReceived(answerer.await("result", PATIENCE));
        }
    }

    /** Over loopback nothing is lost; how much comes in that time is the machine's. */
    private static void assertReceived(JsonObject result) {
        JsonObject media = result.getAsJsonObject("media");
        assertThat(number(media, "in-audio", "packets")).as("%s", media).isGreaterThan(10);
        assertThat(number(media, "in-audio", "lost")).as("%s", media).isZero();
        assertThat(number(media, "in-video", "frames")).as("%s", media).isGreaterThan(5);
        assertThat(number(media, "in-video", "lost")).as("%s", media).isZero();
        assertThat(media.getAsJsonObject("in-video").get("codec").getAsString()).isEqualTo("VP8");
    }

    private static int number(JsonObject media, String stream, String member) {
        return media.getAsJsonObject(stream).get(member).getAsInt();
    }
}
