package org.webrtc4j.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.webrtc4j.RTCRtpSender;
import org.webrtc4j.RTCRtpTransceiverDirection;
import org.webrtc4j.RTCRtpTransceiverInit;
import org.webrtc4j.WebRtcRuntime;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.file.IvfReader;
import org.webrtc4j.rtp.congestion.CongestionControl;
import org.webrtc4j.testkit.Impairments;
import org.webrtc4j.testkit.UdpImpairmentRelay;

/** Pictures to Chromium over a path that becomes narrow and wide again; the sender chooses among encodings by its target. */
@ExtendWith(WithChromium.class)
class ChromiumRateTest {

    private static final int FRAME_MILLIS = 33;
    private static final int TICKS = 3_000;
    private static final int GROUP = 10;
    private static final int FRAMES = 120;
    private static final int LIMIT = 300_000;

    /** For headers, and for what the encoder's rate varies. */
    private static final double SHARE = 0.85;

    private static final Impairments WIDE = Impairments.NONE.withDelay(Duration.ofMillis(25));
    private static final Impairments NARROW = WIDE.withRate(LIMIT, 60_000, Duration.ofMillis(400));

    @TempDir
    static Path folder;

    private static final List<Rendition> RENDITIONS = new ArrayList<>();

    private record Rendition(long bitsPerSecond, List<EncodedFrame> frames) {}

    @BeforeAll
    static void encode() throws Exception {
        Programs.require("ffmpeg");
        RENDITIONS.add(rendition("192x144", 100));
        RENDITIONS.add(rendition("320x240", 350));
        RENDITIONS.add(rendition("320x240", 800));
    }

    private static Rendition rendition(String size, int kilobits) throws Exception {
        String name = kilobits + ".ivf";
        Programs.ffmpeg(
                folder,
                "-f lavfi -i testsrc2=size=" + size + ":rate=30 -frames:v " + FRAMES + " -c:v libvpx -b:v " + kilobits
                        + "k -minrate " + kilobits + "k -maxrate " + kilobits + "k -deadline realtime -cpu-used 8 -g "
                        + GROUP
                        + " -keyint_min " + GROUP + " -auto-alt-ref 0 -lag-in-frames 0 -qmax 63 -f ivf " + name);
        byte[] file = Files.readAllBytes(folder.resolve(name));
        List<EncodedFrame> frames = new ArrayList<>();
        IvfReader reader = new IvfReader(new ByteArrayInputStream(file));
        for (EncodedFrame frame = reader.next(); frame != null; frame = reader.next()) {
            frames.add(frame);
        }
        assertThat(frames).hasSize(FRAMES);
        return new Rendition(file.length * 8L * 1_000 / (FRAMES * FRAME_MILLIS), frames);
    }

    /**
     * Writes a frame each 33 ms. At each key frame it goes on in the encoding that fits what may be sent; it goes to the next key
     * frame at once when it is asked for one, or when what may be sent is far less than before.
     */
    private static final class Camera implements Runnable {

        private final RTCRtpSender sender;
        private Rendition current = RENDITIONS.get(0);
        private long ticks;
        private int position;
        private volatile boolean keyWanted;
        volatile long rate;

        Camera(RTCRtpSender sender) {
            this.sender = sender;
            sender.onKeyFrameRequest(() -> keyWanted = true);
        }

        @Override
        public void run() {
            boolean tooMuch = current.bitsPerSecond() > RENDITIONS.get(0).bitsPerSecond()
                    && sender.targetBitrate() < current.bitsPerSecond() * SHARE;
            if (keyWanted || tooMuch) {
                keyWanted = false;
                position = (position + GROUP - 1) / GROUP * GROUP;
            }
            position %= FRAMES;
            if (position % GROUP == 0) {
                current = RENDITIONS.get(0);
                for (Rendition each : RENDITIONS) {
                    current = each.bitsPerSecond() <= SHARE * sender.targetBitrate() ? each : current;
                }
                rate = current.bitsPerSecond();
            }
            EncodedFrame frame = current.frames().get(position++);
            sender.frames().write(new EncodedFrame(frame.codec(), frame.key(), ticks, frame.bytes(), frame.layers()));
            ticks += TICKS;
        }
    }

    @Test
    void theRateFollowsThePathDownAndUpAgainAndPicturesNeverStandStillForASecond(Chromium browser) throws Exception {
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try (WebRtcRuntime runtime = WebRtcRuntime.builder()
                        .bind(InetAddress.getLoopbackAddress())
                        .congestionControl(CongestionControl::ofGoogle)
                        .build();
                UdpImpairmentRelay relay = new UdpImpairmentRelay(WIDE, 5);
                MediaCall call = new MediaCall(browser.page(), runtime, relay)) {
            RTCRtpSender sender = call.pc
                    .addTransceiver(
                            "video",
                            RTCRtpTransceiverInit.builder()
                                    .direction(RTCRtpTransceiverDirection.SENDONLY)
                                    .build())
                    .sender();
            call.javaOffers();
            Camera camera = new Camera(sender);
            var unused = clock.scheduleAtFixedRate(camera, 0, FRAME_MILLIS, TimeUnit.MILLISECONDS);
            long widest = RENDITIONS.get(RENDITIONS.size() - 1).bitsPerSecond();
            ChromiumSimulcastTest.waitFor(() -> camera.rate == widest);
            assertThat(call.until("n.inbound.video?.framesDecoded > 60", MediaCall.SECONDS)
                            .met())
                    .isTrue();
            long before = sender.targetBitrate();
            browser.call("""
                    const decoded = async () => (await media.numbers(pc)).inbound.video.framesDecoded;
                    globalThis.stillMillis = 0;
                    (async () => {
                      let count = await decoded();
                      for (let last = performance.now(); globalThis.stillMillis >= 0; ) {
                        await new Promise((resolve) => setTimeout(resolve, 20));
                        const now = await decoded();
                        if (now !== count) {
                          globalThis.stillMillis = Math.max(globalThis.stillMillis, performance.now() - last);
                          count = now;
                          last = performance.now();
                        }
                      }
                    })();
                    """);

            long limited = System.nanoTime();
            relay.setImpairments(UdpImpairmentRelay.Side.A, NARROW);
            relay.setImpairments(UdpImpairmentRelay.Side.B, NARROW);
            ChromiumSimulcastTest.waitFor(() -> camera.rate < LIMIT && sender.targetBitrate() < LIMIT);
            long fell = System.nanoTime();
            browser.call("await new Promise((resolve) => setTimeout(resolve, 5000))");
            assertThat(camera.rate).as("it stays below the limit").isLessThan(LIMIT);
            long narrow = sender.targetBitrate();

            long lifted = System.nanoTime();
            relay.setImpairments(UdpImpairmentRelay.Side.A, WIDE);
            relay.setImpairments(UdpImpairmentRelay.Side.B, WIDE);
            ChromiumSimulcastTest.waitFor(() -> camera.rate == widest);
            long rose = System.nanoTime();
            double still = browser.call("return globalThis.stillMillis").getAsDouble();
            System.out.printf(
                    "FIGURE target %d kbit/s; at 300 kbit/s below that after %d ms, then %d; lifted, the widest after %d ms; the longest pause %.0f ms%n",
                    before / 1_000, (fell - limited) / 1_000_000, narrow / 1_000, (rose - lifted) / 1_000_000, still);
            assertThat(still).isLessThan(1_000);
        } finally {
            clock.shutdownNow();
        }
    }
}
