package org.webrtc4j.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.webrtc4j.interop.ChromiumSimulcastTest.waitFor;

import java.net.InetAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.webrtc4j.RTCRtpHeaderExtensionParameters;
import org.webrtc4j.RTCRtpReceiver;
import org.webrtc4j.WebRtcRuntime;
import org.webrtc4j.rtp.RtpPacket;
import org.webrtc4j.rtp.extension.DependencyDescriptorReader;
import org.webrtc4j.rtp.extension.HeaderExtensionType;

/** The spatial and temporal layers of Chromium's streams, by VP9's descriptor and by the dependency descriptor. */
@ExtendWith(WithChromium.class)
class ChromiumLayersTest {

    private static final int FRAMES = 30;

    private final Set<Integer> temporal = ConcurrentHashMap.newKeySet();
    private final Set<Integer> spatial = ConcurrentHashMap.newKeySet();
    private final AtomicInteger frames = new AtomicInteger();

    // On the connection's loop.
    private final DependencyDescriptorReader reader = new DependencyDescriptorReader();
    private final Set<Integer> describedTemporal = ConcurrentHashMap.newKeySet();
    private final Set<Integer> describedSpatial = ConcurrentHashMap.newKeySet();
    private final AtomicInteger described = new AtomicInteger();
    private final AtomicInteger undescribed = new AtomicInteger();
    private volatile int decodeTargets;

    @ParameterizedTest
    @CsvSource({"VP9, L1T3", "VP9, L3T3_KEY", "AV1, L1T3", "AV1, L3T3_KEY"})
    void layersAreRecognised(String codec, String mode, Chromium browser) throws Exception {
        browser.call("await media.open(960, 540, 15)");
        try (WebRtcRuntime runtime = WebRtcRuntime.builder()
                        .bind(InetAddress.getLoopbackAddress())
                        .build();
                MediaCall call = new MediaCall(browser.page(), runtime, null)) {
            call.pc.onTrack(event -> watch(event.receiver()));
            browser.call("""
                    const transceiver = pc.addTransceiver(media.track("video"),
                        { direction: "sendonly", sendEncodings: [{ scalabilityMode: args[1] }] });
                    media.prefer(transceiver, args[0]);
                    const wanted = transceiver.getHeaderExtensionsToNegotiate();
                    wanted.find(({ uri }) => uri.includes("dependency-descriptor")).direction = "sendrecv";
                    transceiver.setHeaderExtensionsToNegotiate(wanted);
                    """, codec, mode);
            call.pageOffers();
            Set<Integer> layers = mode.startsWith("L3") ? Set.of(0, 1, 2) : Set.of(0);
            try {
                waitFor(() -> frames.get() >= FRAMES
                        && described.get() >= FRAMES
                        && describedSpatial.containsAll(layers)
                        && describedTemporal.containsAll(Set.of(0, 1, 2))
                        && temporal.containsAll(Set.of(0, 1, 2)));
            } finally {
                System.out.println(codec + " " + mode + ": frames " + frames + ", spatial " + spatial + ", temporal "
                        + temporal + "; descriptors " + described + ", spatial " + describedSpatial + ", temporal "
                        + describedTemporal + ", decode targets " + decodeTargets + ", without a word " + undescribed);
            }
            assertThat(describedSpatial).isEqualTo(layers);
            assertThat(decodeTargets).isEqualTo(layers.size() * 3);
            assertThat(undescribed).hasValue(0);
            if (codec.equals("VP9")) {
                assertThat(spatial).isEqualTo(layers);
            }
        }
    }

    private void watch(RTCRtpReceiver receiver) {
        receiver.frames(frame -> {
            frames.incrementAndGet();
            spatial.add(frame.layers().spatialId());
            temporal.add(frame.layers().temporalId());
        });
        receiver.packets(packet -> describe(receiver, packet));
    }

    private void describe(RTCRtpReceiver receiver, RtpPacket packet) {
        for (RTCRtpHeaderExtensionParameters each : receiver.getParameters().headerExtensions()) {
            if (each.uri().equals(HeaderExtensionType.DEPENDENCY_DESCRIPTOR.uri()) && packet.hasExtension(each.id())) {
                DependencyDescriptorReader.Result result = reader.read(
                        packet.array(), packet.extensionOffset(each.id()), packet.extensionLength(each.id()));
                if (result == DependencyDescriptorReader.Result.COMPLETE) {
                    described.incrementAndGet();
                    describedSpatial.add(reader.descriptor().spatialId);
                    describedTemporal.add(reader.descriptor().temporalId);
                    decodeTargets = reader.structure().decodeTargetCount();
                } else {
                    undescribed.incrementAndGet();
                }
            }
        }
    }
}
