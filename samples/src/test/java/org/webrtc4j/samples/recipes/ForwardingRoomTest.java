package org.webrtc4j.samples.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.webrtc4j.MediaSources;
import org.webrtc4j.MediaStreamTrack;
import org.webrtc4j.RTCConfiguration;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.RTCSdpType;
import org.webrtc4j.RTCSessionDescriptionInit;
import org.webrtc4j.WebRtcRuntime;

class ForwardingRoomTest {

    private static final int SECONDS = 30;

    /** A page that publishes sound and pictures, and answers each offer. */
    private static final class Page implements AutoCloseable {

        private final RTCPeerConnection pc;
        private final CompletableFuture<ForwardingRoom.Member> member = new CompletableFuture<>();
        private final Set<String> framesOf = ConcurrentHashMap.newKeySet();
        private final BlockingQueue<Integer> seen = new LinkedBlockingQueue<>();
        private final BlockingQueue<String> muted = new LinkedBlockingQueue<>();

        Page(WebRtcRuntime runtime, ForwardingRoom room, String name) {
            pc = runtime.createPeerConnection(RTCConfiguration.defaults(), name + " page");
            pc.onTrack(event -> {
                event.track().onMute(heard -> muted.add(event.track().id()));
                event.receiver().frames(frame -> {
                    if (framesOf.add(event.track().id())) {
                        seen.add(framesOf.size());
                    }
                });
            });
            member.complete(room.join(name, this::answer));
        }

        private void answer(String offer) {
            pc.setRemoteDescription(new RTCSessionDescriptionInit(RTCSdpType.OFFER, offer))
                    .thenAccept(done -> publish())
                    .thenCompose(done -> pc.setLocalDescription())
                    .thenCompose(done -> pc.gatheringComplete())
                    .thenAcceptBoth(member, (description, joined) -> joined.answer(description.sdp()))
                    .exceptionally(closed -> null);
        }

        private void publish() {
            if (pc.getSenders().stream().allMatch(sender -> sender.track() == null)) {
                pc.addTrack(new MediaStreamTrack(MediaSources.tone(440)));
                pc.addTrack(new MediaStreamTrack(MediaSources.colourBars(160, 120, 10)));
            }
        }

        void awaitTracks(int count) throws InterruptedException {
            for (Integer now = 0; now != null && now < count; ) {
                now = seen.poll(SECONDS, TimeUnit.SECONDS);
                assertThat(now).as("tracks of which frames have come").isNotNull();
            }
        }

        @Override
        public void close() {
            pc.close();
        }
    }

    @Test
    void everybodySeesAndHearsEverybodyElse() throws Exception {
        try (WebRtcRuntime runtime =
                WebRtcRuntime.builder().includeLoopback(true).build()) {
            ForwardingRoom room = new ForwardingRoom(runtime);
            try (Page first = new Page(runtime, room, "first");
                    Page second = new Page(runtime, room, "second");
                    Page third = new Page(runtime, room, "third")) {
                first.awaitTracks(4);
                second.awaitTracks(4);
                third.awaitTracks(4);

                first.member.join().leave();
                assertThat(third.muted.poll(SECONDS, TimeUnit.SECONDS)).isNotNull();
                assertThat(third.muted.poll(SECONDS, TimeUnit.SECONDS)).isNotNull();
            }
        }
    }
}
