package org.webrtc4j.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.webrtc4j.WebRtcRuntime;
import org.webrtc4j.testkit.Impairments;
import org.webrtc4j.testkit.UdpImpairmentRelay;

/**
 * Chromium's camera and microphone go to this process and come back packet by packet, beside the same from Chromium to
 * Chromium at the same time. {@code -Dtest.args=-Dwebrtc4j.seconds=30} lets each codec run longer.
 */
@ExtendWith(WithChromium.class)
class ChromiumMediaEchoTest {

    private static final int SECONDS = Integer.getInteger("webrtc4j.seconds", 5);

    private static final int LONG_SECONDS = 30;

    private WebRtcRuntime runtime;

    @BeforeEach
    void start() {
        runtime = WebRtcRuntime.builder()
                .bind(java.net.InetAddress.getLoopbackAddress())
                .build();
    }

    @AfterEach
    void close() {
        runtime.close();
    }

    @ParameterizedTest
    @CsvSource({"VP8, 640, 360, 30", "H264, 640, 360, 30", "VP9, 320, 240, 15", "AV1, 320, 240, 15"})
    void whatChromiumSendsIsDecodedWhenItComesBack(String codec, int width, int height, int frameRate, Chromium browser)
            throws Exception {
        browser.call("await media.open(args[0], args[1], args[2])", width, height, frameRate);
        try (MediaCall call = new MediaCall(browser.page(), runtime, null)) {
            browser.call("globalThis.direct = await media.direct(args[0])", codec);
            call.connectEcho(false, codec);

            int frames = SECONDS * frameRate;
            MediaNumbers flowing = call.until(
                    "n.outbound.video?.framesSent >= " + frames + " && n.inbound.video?.framesDecoded > 0"
                            + " && n.inbound.audio?.totalAudioEnergy > 0",
                    SECONDS + MediaCall.SECONDS);
            System.out.println(codec + " echo, running: " + flowing.video() + "\n  " + flowing.audio());
            assertThat(flowing.met()).as(codec + " flows both ways").isTrue();

            JsonObject echoed = browser.call("return await media.drain(pc, pc)").getAsJsonObject();
            JsonObject straight = browser.call("return await media.drain(direct.sender, direct.receiver)")
                    .getAsJsonObject();
            browser.call("direct.sender.close(); direct.receiver.close()");
            MediaNumbers echo = new MediaNumbers(echoed.getAsJsonObject("receiver"));
            MediaNumbers sender = new MediaNumbers(straight.getAsJsonObject("sender"));
            MediaNumbers receiver = new MediaNumbers(straight.getAsJsonObject("receiver"));
            System.out.println(codec + " echo, end: " + echo.video() + "\n  Chromium to Chromium: " + sender.video()
                    + " | " + receiver.video());

            assertThat(echo.inbound("video", "framesDecoded"))
                    .isGreaterThanOrEqualTo(0.95 * echo.outbound("video", "framesSent"));
            assertThat(echo.inbound("audio", "totalAudioEnergy")).isPositive();
            // One for the beginning, and few for what a busy machine drops: not one after the other.
            assertThat(echo.inbound("video", "pliCount")).isLessThan(5);
            assertThat(echo.outbound("video", "keyFramesEncoded")).isLessThan(8);
            // Freezes are time: compared where a run is long, on a machine that has nothing else to do.
            if (SECONDS >= LONG_SECONDS) {
                assertThat(echo.inbound("video", "freezeCount"))
                        .isLessThanOrEqualTo(receiver.inbound("video", "freezeCount") + 1);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "VP8, 640, 360, 30, false",
        "H264, 640, 360, 30, true",
        "VP9, 320, 240, 15, true",
        "AV1, 320, 240, 15, false"
    })
    void lossOnTheWayIsRepairedInBothDirections(
            String codec, int width, int height, int frameRate, boolean javaOffers, Chromium browser) throws Exception {
        Impairments lossy = Impairments.NONE.withDelay(Duration.ofMillis(25)).withLoss(0.05);
        browser.call("await media.open(args[0], args[1], args[2])", width, height, frameRate);
        try (UdpImpairmentRelay relay = new UdpImpairmentRelay(lossy, 3);
                MediaCall call = new MediaCall(browser.page(), runtime, relay)) {
            call.connectEcho(javaOffers, codec);

            int frames = SECONDS * frameRate;
            MediaNumbers flowing = call.until(
                    "n.outbound.video?.framesSent >= " + frames + " && n.inbound.video?.framesDecoded > 0"
                            + " && n.outbound.video.retransmittedPacketsSent > 0"
                            + " && n.inbound.video.retransmittedPacketsReceived > 0"
                            + " && n.inbound.video.nackCount > 0",
                    SECONDS + MediaCall.SECONDS);
            System.out.println(codec + " with loss, running: " + flowing.video() + "\n  " + flowing.audio());
            assertThat(flowing.met())
                    .as(codec + " flows and is repaired both ways")
                    .isTrue();

            MediaNumbers echo = new MediaNumbers(
                    browser.call("return (await media.drain(pc, pc)).receiver").getAsJsonObject());
            System.out.println(codec + " with loss, end: " + echo.video());
            assertThat(echo.inbound("video", "framesDecoded"))
                    .isGreaterThanOrEqualTo(0.9 * echo.outbound("video", "framesSent"));
            // Asked for and sent again, the key frame requests of both ways stay few.
            assertThat(echo.outbound("video", "nackCount")).isPositive();
            assertThat(echo.inbound("video", "pliCount")).isLessThan(SECONDS * 2);
            assertThat(echo.inbound("audio", "totalAudioEnergy")).isPositive();
        }
    }
}
