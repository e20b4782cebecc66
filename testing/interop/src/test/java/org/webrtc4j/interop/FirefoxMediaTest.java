package org.webrtc4j.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.webrtc4j.WebRtcRuntime;

/** Firefox's camera and microphone go to this process and come back, in both roles. */
class FirefoxMediaTest {

    @Test
    void whatFirefoxSendsIsDecodedWhenItComesBack(@TempDir Path profile) throws Exception {
        Optional<Firefox> started = Firefox.start(profile);
        if (started.isEmpty()) {
            System.out.println("SKIPPED: no Firefox on this machine");
            Assumptions.abort("no Firefox on this machine");
        }
        try (Firefox browser = started.get();
                // Firefox gathers no loopback addresses: those of this machine are used, and packets stay on it.
                WebRtcRuntime runtime = WebRtcRuntime.builder().build()) {
            browser.page().call("await media.open(320, 240, 15)");
            for (boolean javaOffers : new boolean[] {false, true}) {
                try (MediaCall call = new MediaCall(browser.page(), runtime, null)) {
                    echo(call, javaOffers);
                }
            }
        }
    }

    private static void echo(MediaCall call, boolean javaOffers) throws Exception {
        call.connectEcho(javaOffers, null);
        MediaNumbers numbers = call.until(
                "n.inbound.video?.framesDecoded >= 60 && n.inbound.audio?.packetsReceived >= 100"
                        + " && n.inbound.audio?.totalAudioEnergy > 0",
                2 * MediaCall.SECONDS);
        System.out.println("Firefox, Java " + (javaOffers ? "offers: " : "answers: ") + numbers.video() + "\n  "
                + numbers.audio());
        assertThat(numbers.met()).as("pictures and sound come back").isTrue();
        assertThat(numbers.inbound("video", "pliCount")).isLessThan(5);
    }
}
