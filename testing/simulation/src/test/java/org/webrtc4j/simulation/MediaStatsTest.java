package org.webrtc4j.simulation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.webrtc4j.simulation.MediaPair.simulate;
import static org.webrtc4j.simulation.MediaPair.track;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.webrtc4j.AudioSource;
import org.webrtc4j.CloseCause;
import org.webrtc4j.MediaSources;
import org.webrtc4j.MediaStreamTrack;
import org.webrtc4j.RTCAudioPlayoutStats;
import org.webrtc4j.RTCAudioSourceStats;
import org.webrtc4j.RTCCodecStats;
import org.webrtc4j.RTCInboundRtpStreamStats;
import org.webrtc4j.RTCMediaSourceStats;
import org.webrtc4j.RTCOutboundRtpStreamStats;
import org.webrtc4j.RTCRemoteInboundRtpStreamStats;
import org.webrtc4j.RTCRemoteOutboundRtpStreamStats;
import org.webrtc4j.RTCRtpReceiver;
import org.webrtc4j.RTCRtpSender;
import org.webrtc4j.RTCRtpStreamStats;
import org.webrtc4j.RTCRtpSynchronizationSource;
import org.webrtc4j.RTCStats;
import org.webrtc4j.RTCStatsReport;
import org.webrtc4j.RTCTransportStats;
import org.webrtc4j.RTCVideoSourceStats;
import org.webrtc4j.RuntimeListener;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.testkit.Impairments;

/** What both sides count of the same media agrees, and leads from object to object. */
class MediaStatsTest {

    private static final CodecDescription VP8 = CodecDescription.video("VP8", "");
    private static final CodecDescription OPUS = CodecDescription.audio("opus", 48_000, 2, "");
    private static final Duration FRAME = Duration.ofMillis(33);

    /** On each of the two links between the sides. */
    private static final Impairments FAR = Impairments.NONE.withDelay(Duration.ofMillis(25));

    private static final double ROUND_TRIP_SECONDS = 0.1;

    /** A key frame of 320 by 240 (RFC 6386 section 9.1), or one that is none. */
    private static byte[] vp8(boolean key) {
        byte[] bytes = new byte[key ? 6_000 : 2_500];
        byte[] start = {0x10, 0, 0, (byte) 0x9d, 0x01, 0x2a, 0x40, 0x01, (byte) 0xf0, 0};
        System.arraycopy(start, 0, bytes, 0, start.length);
        bytes[0] |= (byte) (key ? 0 : 1);
        return bytes;
    }

    /** An Opus packet of one 20 ms frame (RFC 6716 section 3.1). */
    private static byte[] opus() {
        byte[] bytes = new byte[80];
        bytes[0] = 0x78;
        return bytes;
    }

    /** One side sends both kinds for some seconds, the other takes the frames. */
    private static final class Call {

        final MediaPair pair;
        final MediaStreamTrack videoTrack = track("video");
        final RTCRtpSender video;
        final RTCRtpSender audio;
        final List<RTCRtpReceiver> receivers = new ArrayList<>();

        Call(MediaPair pair) {
            this.pair = pair;
            video = pair.a.addTrack(videoTrack);
            audio = pair.a.addTrack(track("audio"));
            pair.b.onTrack(event -> {
                receivers.add(event.receiver());
                event.receiver().frames(frame -> {});
            });
            pair.connect();
        }

        void send(int frames) {
            for (int i = 0; i < frames; i++) {
                boolean key = i % 50 == 0;
                video.frames().write(EncodedFrame.video(VP8, key, i * 2_970L, vp8(key)));
                audio.frames().write(EncodedFrame.audio(OPUS, i * 1_584L, opus()));
                pair.run(FRAME);
            }
        }

        RTCRtpReceiver receiver(String kind) {
            return receivers.stream()
                    .filter(each -> each.track().kind().equals(kind))
                    .findFirst()
                    .orElseThrow();
        }

        RTCStatsReport read(CompletableFuture<RTCStatsReport> report) {
            pair.run(Duration.ofMillis(1));
            return report.join();
        }
    }

    private static <T extends RTCRtpStreamStats> T one(RTCStatsReport report, Class<T> type, String kind) {
        return report.all(type)
                .filter(each -> each.kind().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private static <T extends RTCStats> T get(RTCStatsReport report, String id, Class<T> type) {
        return type.cast(requireNonNull(report.get(id), id));
    }

    @Test
    void withoutLossBothSidesCountTheSamePacketsAndBytes() {
        simulate(FAR, pair -> {
            Call call = new Call(pair);
            call.send(200);
            pair.run(Duration.ofSeconds(3));
            RTCStatsReport sending = call.read(pair.a.getStats());
            RTCStatsReport receiving = call.read(pair.b.getStats());
            for (String kind : List.of("audio", "video")) {
                RTCOutboundRtpStreamStats sent = one(sending, RTCOutboundRtpStreamStats.class, kind);
                RTCInboundRtpStreamStats received = one(receiving, RTCInboundRtpStreamStats.class, kind);
                assertThat(received.ssrc()).isEqualTo(sent.ssrc());
                assertThat(received.mid()).isEqualTo(sent.mid());
                assertThat(received.packetsReceived())
                        .isEqualTo(sent.packetsSent())
                        .isPositive();
                assertThat(received.bytesReceived()).isEqualTo(sent.bytesSent()).isPositive();
                assertThat(received.headerBytesReceived())
                        .isEqualTo(sent.headerBytesSent())
                        .isPositive();
                assertThat(received.packetsLost()).isZero();
                assertThat(received.nackCount()).isEqualTo(sent.nackCount()).isZero();
                assertThat(received.lastPacketReceivedTimestamp()).isLessThan(received.timestamp());
            }
            RTCInboundRtpStreamStats video = one(receiving, RTCInboundRtpStreamStats.class, "video");
            assertThat(video.framesReceived()).isEqualTo(200);
            assertThat(video.keyFramesDecoded()).isEqualTo(4);
            assertThat(video.framesDropped()).isZero();
            assertThat(video.frameWidth()).isEqualTo(320);
            assertThat(video.frameHeight()).isEqualTo(240);
            RTCOutboundRtpStreamStats sent = one(sending, RTCOutboundRtpStreamStats.class, "video");
            assertThat(sent.framesSent()).isEqualTo(200);
            assertThat(sent.keyFramesEncoded()).isEqualTo(4);
            assertThat(sent.pliCount()).isEqualTo(video.pliCount());
            RTCInboundRtpStreamStats audio = one(receiving, RTCInboundRtpStreamStats.class, "audio");
            assertThat(audio.framesReceived()).isNull();
            assertThat(audio.pliCount()).isNull();
            assertThat(audio.rtxSsrc()).isNull();
        });
    }

    @Test
    void whatASinkPlaysIsToldOfTheStreamAndOfItsPlayout() {
        simulate(FAR.withLoss(0.05), pair -> {
            AudioSource voice = AudioSource.pcm(48_000, 1, Duration.ofSeconds(10));
            pair.a.addTrack(voice.track());
            List<RTCRtpReceiver> receivers = new ArrayList<>();
            List<short[]> blocks = new ArrayList<>();
            pair.b.onTrack(event -> receivers.add(event.receiver()));
            pair.connect();
            assertThat(voice.write(Sound.tone(48_000, 500, 10_000))).isNotNull();
            pair.run(Duration.ofSeconds(1));
            RTCStatsReport before = pair.await(pair.b.getStats());
            assertThat(one(before, RTCInboundRtpStreamStats.class, "audio").jitterBufferDelay())
                    .isNull();
            assertThat(before.all(RTCAudioPlayoutStats.class)).isEmpty();

            receivers.get(0).pcm(48_000, 1, blocks::add);
            pair.run(Duration.ofSeconds(5));
            RTCStatsReport report = pair.await(receivers.get(0).getStats());
            RTCInboundRtpStreamStats stream = one(report, RTCInboundRtpStreamStats.class, "audio");
            long played = requireNonNull(stream.totalSamplesReceived());
            assertThat(played).isEqualTo(blocks.size() * 960L);
            long emitted = requireNonNull(stream.jitterBufferEmittedCount());
            assertThat(requireNonNull(stream.jitterBufferDelay()) / emitted).isBetween(0.001, 0.4);
            assertThat(requireNonNull(stream.jitterBufferTargetDelay()) / emitted)
                    .isBetween(0.001, 0.4);
            long concealed = requireNonNull(stream.concealedSamples());
            assertThat(concealed).isBetween(960L, played / 4);
            assertThat(requireNonNull(stream.concealmentEvents())).isBetween(1L, concealed / 900);
            RTCAudioPlayoutStats playout = get(report, requireNonNull(stream.playoutId()), RTCAudioPlayoutStats.class);
            assertThat(playout.totalSamplesCount()).isEqualTo(played);
            assertThat(playout.totalSamplesDuration()).isEqualTo(played / 48_000.0);
            assertThat(playout.synthesizedSamplesDuration()).isEqualTo(concealed / 48_000.0);
            assertThat(playout.synthesizedSamplesEvents()).isEqualTo(stream.concealmentEvents());

            receivers.get(0).pcm(48_000, 1, null);
            pair.run(Duration.ofMillis(50));
            assertThat(pair.await(pair.b.getStats()).all(RTCAudioPlayoutStats.class))
                    .isEmpty();
        });
    }

    @Test
    void theReportsOfTheOtherSideTellWhatItCounts() {
        simulate(FAR, pair -> {
            Call call = new Call(pair);
            call.send(300);
            pair.run(Duration.ofSeconds(3));
            RTCStatsReport sending = call.read(pair.a.getStats());
            RTCStatsReport receiving = call.read(pair.b.getStats());
            for (String kind : List.of("audio", "video")) {
                RTCOutboundRtpStreamStats sent = one(sending, RTCOutboundRtpStreamStats.class, kind);
                RTCRemoteInboundRtpStreamStats there =
                        get(sending, requireNonNull(sent.remoteId()), RTCRemoteInboundRtpStreamStats.class);
                assertThat(there.localId()).isEqualTo(sent.id());
                assertThat(there.packetsReceived()).isEqualTo(sent.packetsSent());
                assertThat(there.packetsLost()).isZero();
                assertThat(there.fractionLost()).isZero();
                assertThat(requireNonNull(there.roundTripTime())).isEqualTo(ROUND_TRIP_SECONDS, within(0.005));
                assertThat(there.totalRoundTripTime() / there.roundTripTimeMeasurements())
                        .isEqualTo(ROUND_TRIP_SECONDS, within(0.005));
                assertThat(there.timestamp()).isLessThan(sent.timestamp());

                RTCInboundRtpStreamStats received = one(receiving, RTCInboundRtpStreamStats.class, kind);
                RTCRemoteOutboundRtpStreamStats remote =
                        get(receiving, requireNonNull(received.remoteId()), RTCRemoteOutboundRtpStreamStats.class);
                assertThat(remote.localId()).isEqualTo(received.id());
                assertThat(remote.reportsSent()).isPositive();
                assertThat(remote.packetsSent())
                        .isPositive()
                        .isLessThanOrEqualTo(sent.packetsSent() - sent.retransmittedPacketsSent());
                assertThat(remote.remoteTimestamp()).isEqualTo(remote.timestamp() - 50, within(2.0));
            }
        });
    }

    @Test
    void atFivePercentLossOnEachLinkWhatWasAskedForAgainIsCountedOnBothSides() {
        simulate(FAR.withLoss(0.05), pair -> {
            Call call = new Call(pair);
            call.send(300);
            pair.run(Duration.ofSeconds(3));
            RTCStatsReport sending = call.read(pair.a.getStats());
            RTCStatsReport receiving = call.read(pair.b.getStats());
            RTCOutboundRtpStreamStats sent = one(sending, RTCOutboundRtpStreamStats.class, "video");
            RTCInboundRtpStreamStats received = one(receiving, RTCInboundRtpStreamStats.class, "video");
            long first = sent.packetsSent() - sent.retransmittedPacketsSent();
            assertThat(received.packetsLost() / (double) first).isBetween(0.05, 0.15);
            assertThat(sent.retransmittedPacketsSent()).isGreaterThanOrEqualTo(received.packetsLost());
            assertThat(requireNonNull(received.retransmittedPacketsReceived()))
                    .isPositive()
                    .isLessThanOrEqualTo(sent.retransmittedPacketsSent());
            assertThat(received.rtxSsrc()).isEqualTo(sent.rtxSsrc());
            assertThat(received.nackCount()).isGreaterThanOrEqualTo(sent.nackCount());
            assertThat(sent.nackCount() / (double) received.nackCount()).isBetween(0.8, 1.0);
            assertThat(received.packetsReceived()).isBetween((long) (sent.packetsSent() * 0.8), sent.packetsSent());
            assertThat(received.bytesReceived()).isBetween((long) (sent.bytesSent() * 0.8), sent.bytesSent());
            assertThat(requireNonNull(received.framesReceived())).isGreaterThan(290);
            RTCRemoteInboundRtpStreamStats there = one(sending, RTCRemoteInboundRtpStreamStats.class, "video");
            assertThat(there.packetsReceived() + there.packetsLost()).isLessThanOrEqualTo(first);
            assertThat(there.packetsLost()).isBetween(received.packetsLost() / 2, received.packetsLost() + 1);
            assertThat(requireNonNull(there.roundTripTime())).isEqualTo(ROUND_TRIP_SECONDS, within(0.005));
        });
    }

    @Test
    void streamsNameTheirCodecTransportAndTrack() {
        simulate(FAR, pair -> {
            Call call = new Call(pair);
            call.send(50);
            RTCStatsReport sending = call.read(pair.a.getStats());
            RTCStatsReport receiving = call.read(pair.b.getStats());
            RTCOutboundRtpStreamStats sent = one(sending, RTCOutboundRtpStreamStats.class, "video");
            RTCInboundRtpStreamStats received = one(receiving, RTCInboundRtpStreamStats.class, "video");
            RTCCodecStats codec = get(sending, requireNonNull(sent.codecId()), RTCCodecStats.class);
            assertThat(codec.mimeType()).isEqualTo("video/VP8");
            assertThat(codec.clockRate()).isEqualTo(90_000);
            assertThat(codec.channels()).isNull();
            assertThat(get(receiving, requireNonNull(received.codecId()), RTCCodecStats.class)
                            .payloadType())
                    .isEqualTo(codec.payloadType());
            RTCCodecStats opus = get(
                    receiving,
                    requireNonNull(one(receiving, RTCInboundRtpStreamStats.class, "audio")
                            .codecId()),
                    RTCCodecStats.class);
            assertThat(opus.channels()).isEqualTo(2);
            assertThat(get(sending, sent.transportId(), RTCTransportStats.class).srtpCipher())
                    .isEqualTo("SRTP_AEAD_AES_128_GCM");
            assertThat(received.trackIdentifier())
                    .isEqualTo(call.receiver("video").track().id());
            RTCVideoSourceStats source = get(sending, requireNonNull(sent.mediaSourceId()), RTCVideoSourceStats.class);
            assertThat(source.trackIdentifier()).isEqualTo(call.videoTrack.id());
            assertThat(source.frames()).isEqualTo(50);
            assertThat(source.framesPerSecond()).isEqualTo(30, within(2.0));
            assertThat(source.width()).isEqualTo(320);
            assertThat(sending.all(RTCMediaSourceStats.class)).hasSize(2);
        });
    }

    @Test
    void idsStayTheSameFromReportToReport() {
        simulate(FAR, pair -> {
            Call call = new Call(pair);
            call.send(100);
            RTCStatsReport first = call.read(pair.a.getStats());
            call.send(50);
            assertThat(call.read(pair.a.getStats()).keySet()).containsAll(first.keySet());
        });
    }

    @Test
    void aSelectorTakesWhatItsStreamsReferToAndNothingElse() {
        simulate(FAR, pair -> {
            Call call = new Call(pair);
            call.send(100);
            pair.run(Duration.ofSeconds(2));
            RTCStatsReport report = call.read(pair.a.getStats(call.videoTrack));
            assertThat(report.all(RTCRtpStreamStats.class)).isNotEmpty().allMatch(each -> each.kind()
                    .equals("video"));
            assertThat(report.all(RTCCodecStats.class)).hasSize(1);
            assertThat(report.all(RTCVideoSourceStats.class)).hasSize(1);
            assertThat(report.all(RTCAudioSourceStats.class)).isEmpty();
            assertThat(report.all(RTCTransportStats.class)).hasSize(1);
            assertThat(report.all(RTCRemoteInboundRtpStreamStats.class)).hasSize(1);
            assertThat(call.read(call.video.getStats()).keySet()).isEqualTo(report.keySet());
            assertThat(call.read(call.receiver("audio").getStats()).all(RTCInboundRtpStreamStats.class))
                    .hasSize(1)
                    .allMatch(each -> each.kind().equals("audio"));
            assertThat(call.read(call.receiver("audio").getStats()).all(RTCOutboundRtpStreamStats.class))
                    .isEmpty();
        });
    }

    @Test
    void aTrackThatNobodySendsOrReceivesIsAnInvalidAccess() {
        simulate(FAR, pair -> {
            Call call = new Call(pair);
            assertThat(pair.failureOf(pair.a.getStats(track("video")))).isEqualTo("InvalidAccessError");
            call.send(1);
        });
    }

    @Test
    void whoWasHeardInTheLastTenSecondsIsKnownOnceSomebodyAsks() {
        simulate(FAR, pair -> {
            Call call = new Call(pair);
            RTCRtpReceiver receiver = call.receiver("audio");
            assertThat(receiver.getSynchronizationSources()).isEmpty();
            call.send(50);
            List<RTCRtpSynchronizationSource> heard = receiver.getSynchronizationSources();
            RTCOutboundRtpStreamStats sent =
                    one(call.read(pair.a.getStats()), RTCOutboundRtpStreamStats.class, "audio");
            assertThat(heard).singleElement().satisfies(each -> {
                assertThat(each.source()).isEqualTo(sent.ssrc());
                assertThat(each.audioLevel()).isNull();
            });
            assertThat(receiver.getContributingSources()).isEmpty();
            pair.run(Duration.ofSeconds(11));
            assertThat(receiver.getSynchronizationSources()).isEmpty();
        });
    }

    @Test
    void aSourceOfSoundTellsHowLoudItHasBeen() {
        simulate(FAR, pair -> {
            pair.a.addTrack(new MediaStreamTrack(MediaSources.tone(440)));
            pair.connect();
            pair.run(Duration.ofSeconds(2));
            CompletableFuture<RTCStatsReport> report = pair.a.getStats();
            pair.run(Duration.ofMillis(1));
            assertThat(report.join().all(RTCAudioSourceStats.class))
                    .singleElement()
                    .satisfies(source -> {
                        double seconds = requireNonNull(source.totalSamplesDuration());
                        assertThat(seconds).isBetween(1.5, 2.5);
                        // A sine of amplitude 8000, by its peaks.
                        assertThat(Math.sqrt(requireNonNull(source.totalAudioEnergy()) / seconds))
                                .isEqualTo(8_000 / 32_768.0, within(0.01));
                        assertThat(requireNonNull(source.audioLevel()))
                                .isEqualTo(8_000 / 32_768.0 / Math.sqrt(2), within(0.01));
                    });
        });
    }

    @Test
    void whatSrtpRefusesIsToldAtTheEndAndTheLastCountersStay() {
        Map<String, Long> drops = new HashMap<>();
        RuntimeListener listener = new RuntimeListener() {
            @Override
            public void onClosed(String connection, CloseCause cause, Map<String, Long> dropped) {
                drops.putAll(dropped);
            }
        };
        Side heard = Side.ofRuntime(runtime -> runtime.listener(listener));
        simulate(FAR.withDuplicates(0.1), Side.ORDINARY, heard, pair -> {
            Call call = new Call(pair);
            call.send(100);
            RTCStatsReport before = call.read(pair.b.getStats());
            assertThat(drops).isEmpty();
            pair.b.close();
            pair.run(Duration.ofMillis(10));
            assertThat(drops.get("srtp/replayed")).isGreaterThan(10);
            RTCStatsReport after = call.read(pair.b.getStats());
            assertThat(one(after, RTCInboundRtpStreamStats.class, "video").framesReceived())
                    .isEqualTo(
                            one(before, RTCInboundRtpStreamStats.class, "video").framesReceived());
        });
    }
}
