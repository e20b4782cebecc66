package org.webrtc4j.interop;

import com.google.gson.JsonObject;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.webrtc4j.testkit.peer.Peer;
import org.webrtc4j.testkit.peer.ProcessPeer;

/** Messages between our peer and those of other stacks, both roles, both trickling. */
class OtherStacksEchoTest {

    private static final int[] SIZES = {0, 1, 16_384, 65_536, 262_144};

    /** What the stack does not send: pion's SCTP ends at 65536 bytes. */
    private static final int[] PION_SKIPS = {262_144};

    @ParameterizedTest
    @CsvSource({"pion-peer,offerer", "pion-peer,answerer", "werift-peer,offerer", "werift-peer,answerer"})
    void messagesOfEachSizeComeBackAsTheyWere(String peer, String javaRole) throws Exception {
        List<String> command = BuiltPeers.command(peer);
        boolean javaOffers = javaRole.equals("offerer");
        boolean pionLimits = peer.startsWith("pion");
        try (Peer java = ProcessPeer.webrtc4j(Scenarios.echo(javaRole, SIZES));
                Peer other =
                        new ProcessPeer(peer, command, Scenarios.echo(javaOffers ? "answerer" : "offerer", SIZES))) {
            JsonObject result = javaOffers ? Scenarios.run(java, other, 60) : Scenarios.run(other, java, 60);
            Scenarios.assertEchoed(result, pionLimits ? PION_SKIPS : new int[0]);
        }
    }
}
