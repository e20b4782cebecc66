package org.webrtc4j.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.webrtc4j.RTCRtpTransceiverDirection.SENDONLY;
import static org.webrtc4j.simulation.MediaPair.init;
import static org.webrtc4j.simulation.MediaPair.simulate;
import static org.webrtc4j.simulation.MediaPair.track;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.webrtc4j.RTCOutboundRtpStreamStats;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.RTCPeerConnectionState;
import org.webrtc4j.RTCRtpTransceiver;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.EncodedFrame;

/** A call that goes on for as long as it likes: what has ended leaves nothing behind that stands in the way of what comes. */
class LongCallTest {

    private static final int ROUNDS = 2_000;
    private static final CodecDescription VP8 = CodecDescription.video("VP8", "");

    /** A key frame of 320 by 240 (RFC 6386 section 9.1). */
    private static byte[] keyFrame() {
        byte[] bytes = new byte[1_500];
        byte[] start = {0x10, 0, 0, (byte) 0x9d, 0x01, 0x2a, 0x40, 0x01, (byte) 0xf0, 0};
        System.arraycopy(start, 0, bytes, 0, start.length);
        return bytes;
    }

    @Test
    void thousandsOfTracksAreAddedAndStoppedAndEachIsReceived() {
        simulate(pair -> {
            AtomicInteger frames = new AtomicInteger();
            pair.b.onTrack(event -> event.receiver().frames(frame -> frames.incrementAndGet()));
            pair.a.addTransceiver(track("audio"));
            pair.connect();
            Set<Long> ssrcs = new HashSet<>();
            RTCRtpTransceiver before = null;
            for (int round = 1; round <= ROUNDS; round++) {
                RTCRtpTransceiver added = pair.a.addTransceiver(track("video"), init(SENDONLY));
                if (before != null) {
                    before.stop();
                }
                pair.negotiate();
                added.sender().frames().write(EncodedFrame.video(VP8, true, 3_000L * round, keyFrame()));
                pair.run(Duration.ofMillis(50));
                assertThat(frames).as("round %s", round).hasValue(round);
                if (round % 100 == 0) {
                    ssrcs.add(ssrc(pair, pair.a));
                }
                before = added;
            }
            assertThat(ssrcs).as("each had a source of its own").hasSize(ROUNDS / 100);
            assertThat(MediaPair.local(pair.a).media())
                    .as("sections are used again")
                    .hasSizeLessThanOrEqualTo(3);
            assertThat(pair.a.getTransceivers()).hasSize(2);
            assertThat(pair.b.getTransceivers()).hasSize(2);
            assertThat(pair.b.connectionState()).isEqualTo(RTCPeerConnectionState.CONNECTED);
        });
    }

    private static long ssrc(MediaPair pair, RTCPeerConnection sender) {
        return pair.await(sender.getStats())
                .all(RTCOutboundRtpStreamStats.class)
                .filter(each -> each.kind().equals("video"))
                .mapToLong(RTCOutboundRtpStreamStats::ssrc)
                .findFirst()
                .orElseThrow();
    }
}
