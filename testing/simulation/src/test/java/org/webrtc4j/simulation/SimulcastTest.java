package org.webrtc4j.simulation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.webrtc4j.simulation.MediaPair.simulate;
import static org.webrtc4j.simulation.MediaPair.track;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.webrtc4j.RTCInboundRtpStreamStats;
import org.webrtc4j.RTCOutboundRtpStreamStats;
import org.webrtc4j.RTCRtpEncodingParameters;
import org.webrtc4j.RTCRtpReceiver;
import org.webrtc4j.RTCRtpSender;
import org.webrtc4j.RTCRtpTransceiver;
import org.webrtc4j.RTCRtpTransceiverDirection;
import org.webrtc4j.RTCRtpTransceiverInit;
import org.webrtc4j.RTCSessionDescriptionInit;
import org.webrtc4j.ReceivedLayer;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.testkit.Impairments;

/** One side sends a picture in several sizes at once, each a stream with a name of its own (RFC 8853). */
class SimulcastTest {

    private static final CodecDescription VP8 = CodecDescription.video("VP8", "");
    private static final List<String> RIDS = List.of("q", "h", "f");
    private static final Duration FRAME = Duration.ofMillis(33);
    private static final Comparator<byte[]> BYTES = Arrays::compare;

    private final Random random = new Random(5);
    private final Map<String, List<byte[]>> sent = new TreeMap<>();
    private final Map<String, List<byte[]>> received = new TreeMap<>();
    private final Map<String, Set<Long>> ssrcs = new TreeMap<>();
    private final Map<String, Integer> keyFrameRequests = new TreeMap<>();
    private int frames;

    private static RTCRtpTransceiverInit three() {
        return RTCRtpTransceiverInit.builder()
                .direction(RTCRtpTransceiverDirection.SENDONLY)
                .sendEncodings(RIDS.stream()
                        .map(rid -> RTCRtpEncodingParameters.builder().rid(rid).build())
                        .toList())
                .build();
    }

    /** VP8 data whose first bit says whether it is a key frame (RFC 6386 section 9.1), larger with each layer. */
    private byte[] vp8(int layer, boolean key) {
        byte[] bytes = new byte[(layer + 1) * (key ? 2_500 : 200 + random.nextInt(1_000))];
        random.nextBytes(bytes);
        bytes[0] = (byte) (key ? bytes[0] & ~1 : bytes[0] | 1);
        return bytes;
    }

    private void sendAll(RTCRtpSender sender, boolean key) {
        for (int i = 0; i < RIDS.size(); i++) {
            byte[] bytes = vp8(i, key);
            sent.computeIfAbsent(RIDS.get(i), rid -> new ArrayList<>()).add(bytes);
            sender.layer(RIDS.get(i)).frames().write(EncodedFrame.video(VP8, key, frames * 2_970L, bytes));
        }
        frames++;
    }

    private void takeAll(RTCRtpReceiver receiver) {
        assertThat(receiver.layers()).extracting(ReceivedLayer::rid).containsExactlyElementsOf(RIDS);
        for (ReceivedLayer layer : receiver.layers()) {
            layer.frames(frame -> received.computeIfAbsent(layer.rid(), rid -> new ArrayList<>())
                    .add(frame.bytes()));
            layer.packets(packet ->
                    ssrcs.computeIfAbsent(layer.rid(), rid -> new HashSet<>()).add(packet.ssrc() & 0xffff_ffffL));
        }
    }

    private void noteRequests(RTCRtpSender sender) {
        for (String rid : RIDS) {
            sender.layer(rid).onKeyFrameRequest(() -> keyFrameRequests.merge(rid, 1, Integer::sum));
        }
    }

    private static List<RTCOutboundRtpStreamStats> outbound(MediaPair pair, RTCRtpSender sender) {
        return pair.await(sender.getStats())
                .all(RTCOutboundRtpStreamStats.class)
                .toList();
    }

    @Test
    void threeLayersOfOnePeerAreThreeStreamsOfAnother() {
        simulate(pair -> {
            RTCRtpSender sender = pair.a.addTransceiver(track("video"), three()).sender();
            noteRequests(sender);
            pair.b.onTrack(event -> takeAll(event.receiver()));
            pair.connect();
            for (int i = 0; i < 100; i++) {
                sendAll(sender, i % 50 == 0);
                pair.run(FRAME);
            }
            pair.run(Duration.ofSeconds(1));

            assertThat(received.keySet()).containsExactlyInAnyOrderElementsOf(RIDS);
            RIDS.forEach(rid -> assertThat(received.get(rid))
                    .as(rid)
                    .hasSize(100)
                    .usingElementComparator(BYTES)
                    .containsExactlyElementsOf(requireNonNull(sent.get(rid))));
            assertThat(ssrcs.values())
                    .hasSize(3)
                    .allMatch(each -> each.size() == 1)
                    .doesNotHaveDuplicates();

            // Statistics for each encoding, and the other side's of each source.
            List<RTCOutboundRtpStreamStats> outbound = outbound(pair, sender);
            assertThat(outbound).extracting(RTCOutboundRtpStreamStats::rid).containsExactlyElementsOf(RIDS);
            assertThat(outbound)
                    .extracting(RTCOutboundRtpStreamStats::encodingIndex)
                    .containsExactly(0, 1, 2);
            assertThat(outbound).allMatch(each -> requireNonNull(each.framesSent()) == 100);
            assertThat(outbound).extracting(RTCOutboundRtpStreamStats::ssrc).allMatch(ssrc -> ssrcs.values().stream()
                    .anyMatch(each -> each.contains(ssrc)));
            RTCRtpReceiver receiver = pair.b.getReceivers().get(0);
            assertThat(pair.await(receiver.getStats()).all(RTCInboundRtpStreamStats.class))
                    .hasSize(3)
                    .allMatch(each -> requireNonNull(each.framesDecoded()) == 100);
            for (ReceivedLayer layer : receiver.layers()) {
                assertThat(ssrcs.get(layer.rid())).containsExactly(layer.ssrc().orElseThrow());
            }
        });
    }

    @Test
    void atFivePercentLossEachLayerIsRepairedByItsOwnRetransmissions() {
        simulate(Impairments.NONE.withDelay(Duration.ofMillis(25)).withLoss(0.05), pair -> {
            RTCRtpSender sender = pair.a.addTransceiver(track("video"), three()).sender();
            pair.b.onTrack(event -> takeAll(event.receiver()));
            pair.connect();
            for (int i = 0; i < 300; i++) {
                sendAll(sender, i % 50 == 0);
                pair.run(FRAME);
            }
            pair.run(Duration.ofSeconds(2));
            RIDS.forEach(rid -> {
                assertThat(received.get(rid)).as(rid).hasSizeGreaterThan(280);
                assertThat(requireNonNull(sent.get(rid)))
                        .usingElementComparator(BYTES)
                        .containsAll(requireNonNull(received.get(rid)));
            });
            assertThat(outbound(pair, sender)).allMatch(each -> each.retransmittedPacketsSent() > 0);
        });
    }

    @Test
    void aKeyFrameIsAskedForAndOfOneLayerOnly() {
        simulate(pair -> {
            RTCRtpSender sender = pair.a.addTransceiver(track("video"), three()).sender();
            pair.connect();
            sendAll(sender, true);
            pair.run(Duration.ofSeconds(1));
            noteRequests(sender);
            pair.b.getReceivers().get(0).layer("h").requestKeyFrame();
            pair.run(Duration.ofSeconds(1));
            assertThat(keyFrameRequests).containsExactly(Map.entry("h", 1));
        });
    }

    @Test
    void aLayerThatIsSwitchedOffStopsAloneAndBeginsAgainWithAKeyFrame() {
        simulate(pair -> {
            RTCRtpSender sender = pair.a.addTransceiver(track("video"), three()).sender();
            pair.b.onTrack(event -> takeAll(event.receiver()));
            pair.connect();
            sendAll(sender, true);
            pair.run(FRAME);
            active(pair, sender, false);
            noteRequests(sender);
            for (int i = 0; i < 10; i++) {
                sendAll(sender, false);
                pair.run(FRAME);
            }
            assertThat(received.get("q")).hasSize(11);
            assertThat(received.get("h")).hasSize(1);
            assertThat(received.get("f")).hasSize(11);
            assertThat(outbound(pair, sender))
                    .extracting(RTCOutboundRtpStreamStats::active)
                    .containsExactly(true, false, true);
            assertThat(keyFrameRequests).isEmpty();

            active(pair, sender, true);
            assertThat(keyFrameRequests).containsExactly(Map.entry("h", 1));
            sendAll(sender, true);
            pair.run(FRAME);
            pair.run(FRAME);
            assertThat(received.get("h")).hasSize(2);
            assertThat(received.get("f")).hasSize(12);
        });
    }

    private static void active(MediaPair pair, RTCRtpSender sender, boolean active) {
        var parameters = sender.getParameters();
        pair.await(sender.setParameters(parameters.toBuilder()
                .encodings(parameters.encodings().stream()
                        .map(each -> "h".equals(each.rid())
                                ? each.toBuilder().active(active).build()
                                : each)
                        .toList())
                .build()));
        pair.run(Duration.ofMillis(20));
    }

    @Test
    void whoIsAskedForSimulcastByAnOfferSendsIt() {
        simulate(pair -> {
            // b offers to receive three streams: the other direction of what a would have offered.
            pair.a.addTransceiver(track("video"), three());
            pair.await(pair.a.setLocalDescription());
            String offer = requireNonNull(pair.a.localDescription())
                    .sdp()
                    .replace("a=sendonly", "a=recvonly")
                    .replace(" send\r\n", " recv\r\n")
                    .replace("a=simulcast:send", "a=simulcast:recv");
            RTCRtpSender sender = pair.b.addTrack(track("video"));
            pair.await(pair.b.setRemoteDescription(RTCSessionDescriptionInit.offer(offer)));
            assertThat(sender.getParameters().encodings())
                    .extracting(RTCRtpEncodingParameters::rid)
                    .containsExactlyElementsOf(RIDS);
            assertThat(sender.getParameters().encodings())
                    .extracting(RTCRtpEncodingParameters::scaleResolutionDownBy)
                    .containsExactly(4.0, 2.0, 1.0);
            pair.await(pair.b.setRemoteDescription(RTCSessionDescriptionInit.rollback()));
            assertThat(sender.getParameters().encodings())
                    .singleElement()
                    .extracting(RTCRtpEncodingParameters::rid)
                    .isNull();
            pair.await(pair.b.setRemoteDescription(
                    RTCSessionDescriptionInit.offer(offer.replace("recv q;h;f", "recv q;f"))));
            pair.await(pair.b.setLocalDescription());
            assertThat(MediaPair.local(pair.b).toString())
                    .contains("a=rid:q send", "a=rid:f send", "a=simulcast:send q;f")
                    .doesNotContain("a=rid:h");
        });
    }

    @Test
    void anAnswerThatTakesFewerLayersOrNoneNarrowsWhatIsSentForGood() {
        for (String taken : List.of("q;f", "")) {
            simulate(pair -> {
                RTCRtpTransceiver transceiver = pair.a.addTransceiver(track("video"), three());
                pair.await(pair.a.setLocalDescription());
                pair.deliver(pair.a, pair.b);
                pair.await(pair.b.setLocalDescription());
                String answer = requireNonNull(pair.b.localDescription()).sdp();
                assertThat(answer).contains("a=simulcast:recv q;h;f\r\n");
                pair.await(pair.a.setRemoteDescription(RTCSessionDescriptionInit.answer(
                        taken.isEmpty()
                                ? answer.replaceAll("a=(rid|simulcast):[^\r]*\r\n", "")
                                : answer.replace("recv q;h;f", "recv " + taken))));
                List<String> left = taken.isEmpty() ? List.of("q") : List.of(taken.split(";"));
                assertThat(transceiver.sender().getParameters().encodings())
                        .extracting(RTCRtpEncodingParameters::rid)
                        .containsExactlyElementsOf(left);
                pair.await(pair.a.setLocalDescription());
                assertThat(MediaPair.local(pair.a).toString().contains("a=simulcast:send q;f"))
                        .isEqualTo(!taken.isEmpty());
            });
        }
    }
}
