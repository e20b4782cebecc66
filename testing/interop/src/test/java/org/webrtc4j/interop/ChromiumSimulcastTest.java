package org.webrtc4j.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.net.InetAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.webrtc4j.AnnouncedLayer;
import org.webrtc4j.RTCRtpReceiver;
import org.webrtc4j.ReceivedLayer;
import org.webrtc4j.WebRtcRuntime;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.VideoBitstream;

/** Chromium sends its camera in three sizes at once (RFC 8853): each layer comes apart from the others and unchanged. */
@ExtendWith(WithChromium.class)
class ChromiumSimulcastTest {

    private static final List<String> RIDS = List.of("q", "h", "f");
    private static final int FRAMES = 45;

    /** What was taken of one layer; written on the connection's loop. */
    private static final class Taken {
        final List<String> hashes = new CopyOnWriteArrayList<>();
        final Set<Integer> widths = ConcurrentHashMap.newKeySet();
        final Set<Integer> ssrcs = ConcurrentHashMap.newKeySet();
        final AtomicInteger keys = new AtomicInteger();
    }

    private final Map<String, Taken> taken = new ConcurrentHashMap<>();

    @Test
    void eachLayerIsReceivedApartWithItsKeyFramesAndItsFramesIntact(Chromium browser) throws Exception {
        browser.call("await media.open(960, 540, 15)");
        try (WebRtcRuntime runtime = WebRtcRuntime.builder()
                        .bind(InetAddress.getLoopbackAddress())
                        .build();
                MediaCall call = new MediaCall(browser.page(), runtime, null)) {
            call.pc.onTrack(event -> takeAll(event.receiver()));
            browser.call("""
                    const transceiver = pc.addTransceiver(media.track("video"), { direction: "sendonly", sendEncodings: [
                        { rid: "q", scaleResolutionDownBy: 4 }, { rid: "h", scaleResolutionDownBy: 2 }, { rid: "f" }] });
                    media.prefer(transceiver, "VP8");
                    media.watchFrames(transceiver.sender, "simulcast");
                    """);
            call.pageOffers();
            // Chromium begins with the smallest and adds a layer as it finds bandwidth; below 960x540 there are only
            // two.
            waitFor(() -> RIDS.stream().allMatch(rid -> of(rid).hashes.size() >= FRAMES));

            // Sizes as wanted, one source for each name, no frame in two layers.
            assertThat(of("q").widths).containsExactly(240);
            assertThat(of("h").widths).containsExactly(480);
            assertThat(of("f").widths).containsExactly(960);
            Set<Integer> ssrcs = new HashSet<>();
            RIDS.forEach(rid -> {
                assertThat(of(rid).ssrcs).as(rid).hasSize(1);
                ssrcs.addAll(of(rid).ssrcs);
            });
            assertThat(ssrcs).hasSize(3);

            // What Chromium says of its layers itself, of their sizes with key frames.
            waitFor(() ->
                    call.pc.getReceivers().get(0).announcedLayers().stream().anyMatch(each -> each.width() != null));
            assertThat(call.pc.getReceivers().get(0).announcedLayers())
                    .extracting(AnnouncedLayer::rid, AnnouncedLayer::width)
                    .startsWith(tuple("q", 240), tuple("h", 480));

            // A key frame of one layer, on request.
            Map<String, Integer> before = new HashMap<>();
            RIDS.forEach(rid -> before.put(rid, of(rid).keys.get()));
            call.pc.getReceivers().get(0).layer("h").requestKeyFrame();
            waitFor(() -> of("h").keys.get() > before.get("h"));

            // What the page's encoders gave, in its order.
            browser.call("await media.endFrames(pc)");
            List<String> encoded =
                    call.frames("simulcast").stream().map(MediaCall.Frame::hash).toList();
            for (String rid : RIDS) {
                List<String> here = List.copyOf(of(rid).hashes);
                List<String> ofLayer =
                        encoded.stream().filter(new HashSet<>(here)::contains).toList();
                assertThat(ofLayer).as("frames of " + rid).containsExactlyElementsOf(here);
            }
            int all = RIDS.stream().mapToInt(rid -> of(rid).hashes.size()).sum();
            System.out.println("encoded " + encoded.size() + ", taken " + all);
            assertThat(all).isGreaterThanOrEqualTo((int) (0.9 * encoded.size()));
        }
    }

    @AfterEach
    void tell() {
        taken.forEach((rid, each) -> System.out.println("layer " + rid + ": " + each.hashes.size() + " frames, "
                + each.keys.get() + " key, widths " + each.widths));
    }

    private Taken of(String rid) {
        return taken.computeIfAbsent(rid, name -> new Taken());
    }

    private void takeAll(RTCRtpReceiver receiver) {
        assertThat(receiver.layers()).extracting(ReceivedLayer::rid).containsExactlyElementsOf(RIDS);
        for (ReceivedLayer layer : receiver.layers()) {
            Taken into = of(layer.rid());
            layer.frames(frame -> note(into, frame));
            layer.packets(packet -> into.ssrcs.add(packet.ssrc()));
        }
    }

    private static void note(Taken into, EncodedFrame frame) {
        into.hashes.add(sha256(frame.bytes()));
        if (frame.key()) {
            into.keys.incrementAndGet();
            VideoBitstream.Size size = VideoBitstream.size(frame.codec(), frame.bytes());
            if (size != null) {
                into.widths.add(size.width());
            }
        }
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    interface Condition {
        boolean holds() throws Exception;
    }

    static void waitFor(Condition condition) throws Exception {
        long end = System.nanoTime() + MediaCall.SECONDS * 1_000_000_000L;
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("too late: %s", condition).isLessThan(end);
            new java.util.concurrent.CountDownLatch(1).await(50, java.util.concurrent.TimeUnit.MILLISECONDS);
        }
    }
}
