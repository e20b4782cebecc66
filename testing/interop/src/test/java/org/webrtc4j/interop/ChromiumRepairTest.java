package org.webrtc4j.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.net.InetAddress;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.webrtc4j.AudioSource;
import org.webrtc4j.RTCCodecStats;
import org.webrtc4j.RTCInboundRtpStreamStats;
import org.webrtc4j.RTCRtpCodec;
import org.webrtc4j.RTCRtpReceiver;
import org.webrtc4j.RTCRtpTransceiverDirection;
import org.webrtc4j.WebRtcRuntime;
import org.webrtc4j.media.audio.ToneGenerator;
import org.webrtc4j.testkit.Impairments;
import org.webrtc4j.testkit.UdpImpairmentRelay;

/** A Chromium that has every kind of repair and feedback switched on, through a relay that loses packets. */
@SuppressWarnings("FutureReturnValueIgnored") // what is refused shows as silence
class ChromiumRepairTest {

    private static final int SECONDS = Integer.getInteger("webrtc4j.seconds", 12);
    private static final int RATE = 48_000;
    private static final String TRIALS = "--force-fieldtrials=WebRTC-FlexFEC-03/Enabled/"
            + "WebRTC-FlexFEC-03-Advertised/Enabled/"
            + "WebRTC-RFC8888CongestionControlFeedback/Enabled,offer:true/";

    private static Chromium browser;

    @BeforeAll
    static void start() throws Exception {
        browser = Chromium.start(TRIALS).orElse(null);
        if (browser == null) {
            System.out.println("SKIPPED: no Chromium with its driver on this machine");
            Assumptions.abort("no Chromium with its driver on this machine");
        }
    }

    @AfterAll
    static void end() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void reload() throws Exception {
        browser.reload();
    }

    private static UdpImpairmentRelay lossy(double loss) {
        return new UdpImpairmentRelay(
                Impairments.NONE.withDelay(Duration.ofMillis(50)).withLoss(loss), 7);
    }

    private static RTCInboundRtpStreamStats inbound(MediaCall call) throws Exception {
        return call.pc.getStats().get(MediaCall.SECONDS, TimeUnit.SECONDS).values().stream()
                .filter(RTCInboundRtpStreamStats.class::isInstance)
                .map(RTCInboundRtpStreamStats.class::cast)
                .findFirst()
                .orElseThrow();
    }

    /** What was lost, and the share of the sound that was made up, in each direction. */
    private record Voice(long lost, long received, double here, double there) {}

    /** RED is first in the page's offer, and so in the answer: both sides send it. */
    @Test
    void withRedLessThanFivePercentOfTheSoundIsMadeUpAtTenPercentLoss() throws Exception {
        Voice voice = voice(true, 0.1);
        assertThat(voice.lost()).isPositive();
        assertThat(voice.here()).isLessThan(0.05);
        assertThat(voice.there()).isLessThan(0.05);
    }

    @Test
    @EnabledIfSystemProperty(named = "webrtc4j.sweep", matches = "true")
    void whatRedDoesAgainstLoss() throws Exception {
        for (double loss : new double[] {0.01, 0.05, 0.1}) {
            for (boolean red : new boolean[] {false, true}) {
                browser.reload();
                assertThat(voice(red, loss).received()).isPositive();
            }
        }
    }

    private static Voice voice(boolean red, double loss) throws Exception {
        AudioSource source = AudioSource.pcm(RATE, 1, Duration.ofMinutes(2));
        try (WebRtcRuntime runtime = WebRtcRuntime.builder()
                        .bind(InetAddress.getLoopbackAddress())
                        .build();
                UdpImpairmentRelay relay = lossy(loss);
                MediaCall call = new MediaCall(browser.page(), runtime, relay)) {
            call.pc.onTrack(event -> {
                event.receiver().pcm(RATE, 1, samples -> {});
                event.transceiver().direction(RTCRtpTransceiverDirection.SENDRECV);
                event.transceiver().sender().replaceTrack(source.track());
            });
            short[] tone = new short[RATE * (SECONDS + 40)];
            new ToneGenerator(RATE, 1_000, 8_000).generate(tone, 0, tone.length, 1);
            source.write(tone);
            browser.call("""
                    const sent = pc.addTransceiver(await voice.tone(700), { direction: "sendrecv" });
                    const all = RTCRtpReceiver.getCapabilities("audio").codecs;
                    sent.setCodecPreferences(args[0].flatMap((name) => all.filter(({ mimeType }) => mimeType === name)));
                    """, red ? List.of("audio/red", "audio/opus") : List.of("audio/opus"));
            call.pageOffers();
            call.until("n.inbound.audio?.totalAudioEnergy > 0", MediaCall.SECONDS);
            pass(2);
            RTCInboundRtpStreamStats before = inbound(call);
            JsonObject pageBefore = concealed();
            pass(SECONDS);
            RTCInboundRtpStreamStats after = inbound(call);
            JsonObject pageAfter = concealed();

            double here = (double) (value(after.concealedSamples()) - value(before.concealedSamples()))
                    / (value(after.totalSamplesReceived()) - value(before.totalSamplesReceived()));
            double there = (pageAfter.get("concealed").getAsDouble()
                            - pageBefore.get("concealed").getAsDouble())
                    / (pageAfter.get("total").getAsDouble()
                            - pageBefore.get("total").getAsDouble());
            System.out.printf(
                    "FIGURE %s at %.0f %% loss, made up: from Chromium %.1f %%, to Chromium %.1f %%%n",
                    red ? "RED" : "Opus alone", 100 * loss, 100 * here, 100 * there);
            // Chromium's statistics name what RED carries; ours name the payload type of the packets.
            assertThat(call.pc
                            .getStats()
                            .get(MediaCall.SECONDS, TimeUnit.SECONDS)
                            .all(RTCCodecStats.class))
                    .extracting(RTCCodecStats::mimeType)
                    .containsOnly(red ? "audio/red" : "audio/opus");
            return new Voice(value(after.packetsLost()), value(after.packetsReceived()), here, there);
        } finally {
            source.close();
        }
    }

    /** Lets the call go on: what is measured is a share of a time. */
    private static void pass(int seconds) throws Exception {
        browser.call("await new Promise((resolve) => setTimeout(resolve, 1000 * args[0]))", seconds);
    }

    private static long value(@Nullable Long counted) {
        return Objects.requireNonNull(counted);
    }

    private static JsonObject concealed() throws Exception {
        return browser.call("""
                const all = [...(await pc.getStats()).values()];
                const inbound = all.find(({ type }) => type === "inbound-rtp");
                return { concealed: inbound.concealedSamples - inbound.silentConcealedSamples,
                    total: inbound.totalSamplesReceived, lost: inbound.packetsLost };
                """).getAsJsonObject();
    }

    private static List<RTCRtpCodec> vp8(boolean retransmitted, boolean flexfec) {
        List<RTCRtpCodec> codecs =
                new ArrayList<>(Objects.requireNonNull(RTCRtpReceiver.getCapabilities("video")).codecs().stream()
                        .filter(each -> each.mimeType().equals("video/VP8")
                                || (retransmitted && each.mimeType().equals("video/rtx")))
                        .toList());
        if (flexfec) {
            codecs.add(new RTCRtpCodec("video/flexfec-03", 90_000, null, "repair-window=10000000"));
        }
        return codecs;
    }

    /** What is put together here was given out by Chromium's encoder, byte for byte, whatever came out of repair packets. */
    @Test
    void flexfecOfChromiumGivesBackWhatIsLostAndRfc8888TellsItOfArrivals() throws Exception {
        try (WebRtcRuntime runtime = WebRtcRuntime.builder()
                        .bind(InetAddress.getLoopbackAddress())
                        .build();
                UdpImpairmentRelay relay = lossy(0.05);
                MediaCall call = new MediaCall(browser.page(), runtime, relay)) {
            ConcurrentLinkedQueue<String> taken = new ConcurrentLinkedQueue<>();
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            call.pc.onTrack(event -> {
                if (event.track().kind().equals("video")) {
                    event.transceiver().setCodecPreferences(vp8(true, true));
                    event.transceiver().direction(RTCRtpTransceiverDirection.SENDRECV);
                    event.transceiver().sender().replaceTrack(event.track());
                    event.receiver().frames(frame -> taken.add(HexFormat.of().formatHex(digest.digest(frame.bytes()))));
                }
            });
            browser.call("""
                    await media.open(320, 240, 30);
                    media.send(pc, "VP8");
                    const named = ["video/VP8", "video/rtx", "video/flexfec-03"];
                    const wanted = RTCRtpReceiver.getCapabilities("video").codecs.filter(({ mimeType }) => named.includes(mimeType));
                    pc.getTransceivers().filter(({ sender }) => sender.track?.kind === "video")
                        .forEach((each) => each.setCodecPreferences(wanted));
                    media.watchAll(pc, "VP8");
                    """);
            String offer = browser.call("return (await pc.createOffer()).sdp").getAsString();
            assertThat(offer).contains("flexfec-03/90000", "FEC-FR", "ack ccfb");
            call.pageOffers();
            String answer = call.local().get("sdp").getAsString();
            assertThat(answer)
                    .contains("flexfec-03/90000", "a=rtcp-fb:* ack ccfb")
                    .doesNotContain("transport-cc", "transport-wide-cc");
            pass(SECONDS + 4);

            RTCInboundRtpStreamStats video =
                    call.pc.getStats().get(MediaCall.SECONDS, TimeUnit.SECONDS).values().stream()
                            .filter(RTCInboundRtpStreamStats.class::isInstance)
                            .map(RTCInboundRtpStreamStats.class::cast)
                            .filter(each -> each.kind().equals("video"))
                            .findFirst()
                            .orElseThrow();
            JsonObject feedback = browser.call("""
                    const all = [...(await pc.getStats()).values()];
                    const { ccfbMessagesReceived, selectedCandidatePairId } = all.find(({ type }) => type === "transport");
                    const { availableOutgoingBitrate } = all.find(({ id }) => id === selectedCandidatePairId);
                    const { fecPacketsReceived, framesDecoded } = all.find(({ type, kind }) => type === "inbound-rtp" && kind === "video");
                    return { ccfbMessagesReceived, availableOutgoingBitrate, fecPacketsReceived, framesDecoded };
                    """).getAsJsonObject();
            browser.call("await media.endFrames(pc)");
            List<MediaCall.Frame> sent = call.frames("video sent VP8");
            Set<String> hashes = new LinkedHashSet<>();
            sent.forEach(each -> hashes.add(each.hash()));
            System.out.println("FIGURE FlexFEC of Chromium at 5 % loss: lost " + video.packetsLost() + " of "
                    + video.packetsReceived() + ", repair packets " + video.fecPacketsReceived() + ", discarded "
                    + video.fecPacketsDiscarded() + ", frames " + taken.size() + " of " + sent.size() + "; feedback "
                    + feedback);
            assertThat(taken).isNotEmpty().allMatch(hashes::contains);
            assertThat(taken.size()).isGreaterThan(sent.size() * 8 / 10);
            assertThat(value(video.fecPacketsReceived())).isPositive();
            assertThat(value(video.fecPacketsReceived()) - value(video.fecPacketsDiscarded()))
                    .as("repair packets that were of use")
                    .isPositive();
            assertThat(feedback.get("fecPacketsReceived").getAsInt())
                    .as("repair packets of what goes back")
                    .isPositive();
            assertThat(feedback.get("framesDecoded").getAsInt()).isGreaterThan(sent.size() / 2);
            assertThat(feedback.get("ccfbMessagesReceived").getAsInt()).isGreaterThan(20);
            // Were arrivals told wrongly, it would send less than what it began with.
            assertThat(feedback.get("availableOutgoingBitrate").getAsInt()).isGreaterThan(300_000);
        }
    }
}
