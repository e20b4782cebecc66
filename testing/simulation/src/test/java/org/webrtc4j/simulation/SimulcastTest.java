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
import org.webrtc4j.AnnouncedLayer;
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
@SuppressWarnings("FutureReturnValueIgnored") // a track that is not replaced shows as frames that are missing
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
            // With its second key frames it said what it sends.
            assertThat(receiver.announcedLayers())
                    .extracting(AnnouncedLayer::rid)
                    .containsExactlyElementsOf(RIDS);
            assertThat(receiver.announcedLayers())
                    .extracting(each -> each.kilobitsPerSecond().get(0))
                    .isSorted()
                    .allMatch(rate -> rate > 100 && rate < 2_000);
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

    @Test
    void aForwardedLayerIsSwitchedAtAKeyFrameAndTheReceiverSeesOneStreamWithoutAGap() {
        simulate(pair -> {
            RTCRtpTransceiver transceiver = pair.a.addTransceiver(
                    track("video"),
                    three().toBuilder()
                            .direction(RTCRtpTransceiverDirection.SENDRECV)
                            .build());
            List<RTCRtpSender> forwarding = new ArrayList<>();
            pair.b.onTrack(event -> {
                event.transceiver().direction(RTCRtpTransceiverDirection.SENDRECV);
                RTCRtpSender sender = event.transceiver().sender();
                sender.forwardLayer("q").replaceTrack(event.track());
                forwarding.add(sender);
            });
            List<byte[]> back = new ArrayList<>();
            List<Long> timestamps = new ArrayList<>();
            List<Integer> sequences = new ArrayList<>();
            List<Integer> pictures = new ArrayList<>();
            transceiver.receiver().frames(frame -> {
                back.add(frame.bytes());
                timestamps.add(frame.timestamp());
            });
            transceiver.receiver().packets(packet -> {
                sequences.add(packet.sequenceNumber());
                int at = packet.payloadOffset() + 2;
                pictures.add(((packet.array()[at] & 0x7f) << 8) | (packet.array()[at + 1] & 0xff));
            });
            pair.connect();
            pair.run(Duration.ofMillis(100));
            noteRequests(transceiver.sender());
            // The layer wanted now, after the frame that brought its first key frame.
            Map<String, Integer> from = new TreeMap<>();
            int expected = 0;
            List<byte[]> due = new ArrayList<>();
            for (String wanted : List.of("q", "f", "h", "q")) {
                keyFrameRequests.clear();
                forwarding.get(0).forwardLayer(wanted);
                for (int i = 0; i < 20; i++) {
                    boolean first = due.isEmpty();
                    boolean asked = keyFrameRequests.remove(wanted) != null;
                    for (int layer = 0; layer < RIDS.size(); layer++) {
                        boolean key = first || (asked && RIDS.get(layer).equals(wanted));
                        byte[] bytes = vp8(layer, key);
                        transceiver
                                .sender()
                                .layer(RIDS.get(layer))
                                .frames()
                                .write(EncodedFrame.video(VP8, key, frames * 2_970L, bytes));
                        boolean taken = RIDS.get(layer)
                                .equals(
                                        from.isEmpty()
                                                ? "q"
                                                : from.keySet().iterator().next());
                        if (key && RIDS.get(layer).equals(wanted)) {
                            from.clear();
                            from.put(wanted, frames);
                            if (!taken) {
                                expected++;
                            }
                        }
                        if (RIDS.get(layer)
                                .equals(
                                        from.isEmpty()
                                                ? "q"
                                                : from.keySet().iterator().next())) {
                            due.add(bytes);
                        }
                    }
                    frames++;
                    pair.run(FRAME);
                }
                assertThat(from.keySet()).containsExactly(wanted);
            }
            pair.run(Duration.ofSeconds(1));
            assertThat(expected).as("switches").isEqualTo(3);
            assertThat(back.size()).isGreaterThanOrEqualTo(80);
            assertThat(due).usingElementComparator(BYTES).containsAll(back);
            assertThat(timestamps).doesNotHaveDuplicates().isSorted();
            for (int i = 1; i < sequences.size(); i++) {
                assertThat((sequences.get(i) - sequences.get(i - 1)) & 0xffff)
                        .as("numbers")
                        .isEqualTo(1);
                assertThat((pictures.get(i) - pictures.get(i - 1)) & 0x7fff)
                        .as("pictures")
                        .isIn(0, 1);
            }
        });
    }

    @Test
    void whereTheChosenLayerFallsSilentAnotherIsForwarded() {
        simulate(pair -> {
            RTCRtpTransceiver transceiver = pair.a.addTransceiver(
                    track("video"),
                    three().toBuilder()
                            .direction(RTCRtpTransceiverDirection.SENDRECV)
                            .build());
            pair.b.onTrack(event -> {
                event.transceiver().direction(RTCRtpTransceiverDirection.SENDRECV);
                event.transceiver().sender().forwardLayer("f").replaceTrack(event.track());
            });
            List<Integer> sizes = new ArrayList<>();
            transceiver.receiver().frames(frame -> sizes.add(frame.bytes().length));
            pair.connect();
            RTCRtpSender sender = transceiver.sender();
            sender.layer("f").frames().write(EncodedFrame.video(VP8, true, 0, vp8(2, true)));
            for (int i = 1; i < 90; i++) {
                sender.layer("q").frames().write(EncodedFrame.video(VP8, i % 10 == 0, i * 2_970L, vp8(0, i % 10 == 0)));
                pair.run(FRAME);
            }
            assertThat(sizes.get(0)).isEqualTo(7_500);
            assertThat(sizes.subList(1, sizes.size())).hasSizeGreaterThan(45).allMatch(size -> size <= 2_500);
        });
    }
}
