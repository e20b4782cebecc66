package org.webrtc4j.interop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.webrtc4j.sctp.SctpEvent;
import org.webrtc4j.sctp.SendOptions;

/** Our association and usrsctp's, SCTP alone over UDP. */
class UsrsctpTest extends SctpPeerContract {

    UsrsctpTest() {
        super("usrsctp-peer", 1); // streams take turns
    }

    @Test
    void whoComesBackAfterACrashRestartsUsrsctpsAssociation() throws Exception {
        Heard before = new Heard();
        Heard after = new Heard();
        int port = freePort();
        try (SctpProgram theirs = listener()) {
            try (UdpAssociation first = connected(port, theirs.local(), before)) {
                theirs.await("connected", SECONDS);
                first.call((association, now) -> association.send(1, 53, pattern(10), SendOptions.ORDERED, now));
                theirs.await("message", SECONDS);
            }
            try (UdpAssociation second = connected(port, theirs.local(), after)) {
                theirs.await("restarted", SECONDS);
                second.call((association, now) -> association.send(1, 53, pattern(3_000), SendOptions.ORDERED, now));
                assertThat(theirs.await("message", SECONDS).get("size").getAsInt())
                        .isEqualTo(3_000);
                theirs.command("{\"cmd\":\"send\",\"stream\":1,\"size\":2000}");
                assertThat(after.await(SctpEvent.Message.class).payload()).isEqualTo(pattern(2_000));
            }
        }
    }
}
