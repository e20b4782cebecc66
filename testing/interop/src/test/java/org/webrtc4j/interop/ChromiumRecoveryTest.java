package org.webrtc4j.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.webrtc4j.RTCRtpCodec;
import org.webrtc4j.RTCRtpReceiver;
import org.webrtc4j.RTCRtpTransceiverDirection;
import org.webrtc4j.WebRtcRuntime;
import org.webrtc4j.testkit.Impairments;
import org.webrtc4j.testkit.UdpImpairmentRelay;

/**
 * Chromium's camera comes here and goes back to it through a relay of 100 ms there and back that loses packets, and for two
 * seconds all of them. {@code -Dwebrtc4j.sweep=true} goes through losses and kinds of repair and prints a table.
 */
@ExtendWith(WithChromium.class)
@SuppressWarnings("FutureReturnValueIgnored") // what is refused shows as pictures that do not come
class ChromiumRecoveryTest {

    private static final String FLEXFEC =
            "--force-fieldtrials=WebRTC-FlexFEC-03/Enabled/WebRTC-FlexFEC-03-Advertised/Enabled/";
    private static final long NANOS_PER_MILLI = 1_000_000L;
    private static final int BLACKOUT_SECONDS = 2;

    /** So many are to be decoded: the first few may be those that were on their way when the blackout came. */
    private static final int PICTURES = 8;

    private static final int SWEEP_SECONDS = Integer.getInteger("webrtc4j.seconds", 15);

    /** What is agreed on to make up for loss. */
    private enum Repair {
        NONE,
        NACK_AND_RTX,
        FLEXFEC,
        BOTH;

        boolean retransmits() {
            return this == NACK_AND_RTX || this == BOTH;
        }

        boolean corrects() {
            return this == FLEXFEC || this == BOTH;
        }
    }

    /** One call: pictures a second, and how long they took to go on after the blackout, here and in the page. */
    private record Outcome(
            double sent,
            double here,
            double there,
            double frozenSeconds,
            double fecPacketsThere,
            double millisHere,
            double millisThere) {

        @Override
        public String toString() {
            return String.format(
                    "%.1f pictures/s sent, %.1f here, %.1f back in the page (%.1f s of freezes, %.0f repair packets); "
                            + "after the blackout %.0f ms here, %.0f ms there",
                    sent, here, there, frozenSeconds, fecPacketsThere, millisHere, millisThere);
        }
    }

    private static List<RTCRtpCodec> codecs(Repair repair) {
        List<RTCRtpCodec> codecs = new ArrayList<>();
        for (RTCRtpCodec each :
                Objects.requireNonNull(RTCRtpReceiver.getCapabilities("video")).codecs()) {
            if (each.mimeType().equals("video/VP8")
                    || (repair.retransmits() && each.mimeType().equals("video/rtx"))) {
                codecs.add(each);
            }
        }
        if (repair.corrects()) {
            codecs.add(new RTCRtpCodec("video/flexfec-03", 90_000, null, "repair-window=10000000"));
        }
        return codecs;
    }

    private static Outcome call(Chromium browser, Repair repair, double loss, int seconds) throws Exception {
        Impairments path = Impairments.NONE.withDelay(Duration.ofMillis(50)).withLoss(loss);
        browser.call("await media.open(320, 240, 30)");
        try (WebRtcRuntime runtime = WebRtcRuntime.builder()
                        .bind(InetAddress.getLoopbackAddress())
                        .build();
                UdpImpairmentRelay relay = new UdpImpairmentRelay(path, 11);
                MediaCall call = new MediaCall(browser.page(), runtime, relay)) {
            ConcurrentLinkedQueue<Long> came = new ConcurrentLinkedQueue<>();
            call.pc.onTrack(event -> {
                if (event.track().kind().equals("video")) {
                    event.transceiver().setCodecPreferences(codecs(repair));
                    event.transceiver().direction(RTCRtpTransceiverDirection.SENDRECV);
                    event.receiver().frames(frame -> came.add(System.nanoTime()));
                    event.transceiver().sender().replaceTrack(event.track());
                }
            });
            browser.call("""
                    media.send(pc, "VP8");
                    if (args[0]) {
                      const named = ["video/VP8", "video/rtx", "video/flexfec-03"];
                      const wanted = RTCRtpReceiver.getCapabilities("video").codecs.filter(({ mimeType }) => named.includes(mimeType));
                      pc.getTransceivers().find(({ sender }) => sender.track?.kind === "video").setCodecPreferences(wanted);
                    }
                    """, repair.corrects());
            JsonObject offer = browser.call("await pc.setLocalDescription(); return pc.localDescription.toJSON()")
                    .getAsJsonObject();
            if (!repair.retransmits()) {
                offer.addProperty("sdp", offer.get("sdp").getAsString().replaceAll("a=rtcp-fb:\\d+ nack\r\n", ""));
            }
            call.takeOffer(offer);
            assertThat(call.until("n.inbound.video?.framesDecoded > 30", MediaCall.SECONDS)
                            .met())
                    .isTrue();

            came.clear();
            MediaNumbers before = call.numbers();
            long began = System.nanoTime();
            wait(browser, seconds);
            MediaNumbers after = call.numbers();
            double length = (System.nanoTime() - began) / 1e9;
            int here = came.size();

            Impairments nothing = path.withLoss(1);
            relay.setImpairments(UdpImpairmentRelay.Side.A, nothing);
            relay.setImpairments(UdpImpairmentRelay.Side.B, nothing);
            wait(browser, BLACKOUT_SECONDS);
            came.clear();
            long ended = System.nanoTime();
            relay.setImpairments(UdpImpairmentRelay.Side.A, path);
            relay.setImpairments(UdpImpairmentRelay.Side.B, path);
            double there = browser.call("""
                    const from = performance.now();
                    const decoded = async () => (await media.numbers(pc)).inbound.video.framesDecoded;
                    const before = await decoded();
                    while (await decoded() < before + args[0] && performance.now() - from < 20000) {
                      await new Promise((resolve) => setTimeout(resolve, 10));
                    }
                    return performance.now() - from;
                    """, PICTURES).getAsDouble();
            // The page had to get the pictures from here.
            double millis = came.isEmpty() ? Double.NaN : (came.peek() - ended) / (double) NANOS_PER_MILLI;
            return new Outcome(
                    (after.outbound("video", "framesSent") - before.outbound("video", "framesSent")) / length,
                    here / length,
                    (after.inbound("video", "framesDecoded") - before.inbound("video", "framesDecoded")) / length,
                    after.inbound("video", "totalFreezesDuration") - before.inbound("video", "totalFreezesDuration"),
                    repair.corrects() ? after.inbound("video", "fecPacketsReceived") : 0,
                    millis,
                    there);
        }
    }

    private static void wait(Chromium browser, int seconds) throws Exception {
        browser.call("await new Promise((resolve) => setTimeout(resolve, 1000 * args[0]))", seconds);
    }

    @Test
    void picturesGoOnWithinASecondAfterTwoSecondsWithoutAnyPacket(Chromium browser) throws Exception {
        Outcome outcome = call(browser, Repair.NACK_AND_RTX, 0.05, 3);
        System.out.println("FIGURE 5 % loss, 100 ms, NACK and RTX: " + outcome);
        assertThat(outcome.millisHere()).isLessThan(1_000);
        assertThat(outcome.millisThere())
                .as("with the time that the pictures take")
                .isLessThan(1_000 + PICTURES * 1_000 / 30);
    }

    @Test
    @EnabledIfSystemProperty(named = "webrtc4j.sweep", matches = "true")
    void whatEachRepairDoesAgainstLoss() throws Exception {
        try (Chromium browser = Chromium.start(FLEXFEC).orElseThrow()) {
            for (double loss : new double[] {0.01, 0.05, 0.1}) {
                for (Repair repair : Repair.values()) {
                    browser.reload();
                    Outcome outcome = call(browser, repair, loss, SWEEP_SECONDS);
                    System.out.printf("FIGURE %.0f %% loss, %s: %s%n", 100 * loss, repair, outcome);
                    assertThat(outcome.there()).isNotNegative();
                }
            }
        }
    }
}
