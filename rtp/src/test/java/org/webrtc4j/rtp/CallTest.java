package org.webrtc4j.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.webrtc4j.rtp.extension.HeaderExtensionMap;
import org.webrtc4j.rtp.extension.HeaderExtensionType;
import org.webrtc4j.rtp.wire.Bytes;
import org.webrtc4j.testkit.Impairments;
import org.webrtc4j.testkit.Simulation;
import org.webrtc4j.testkit.VirtualLink;

/** Two sessions over a seeded link in virtual time. */
class CallTest {

    static final HeaderExtensionMap EXTENSIONS = HeaderExtensionMap.builder()
            .put(1, HeaderExtensionType.MID)
            .put(2, HeaderExtensionType.TRANSPORT_SEQUENCE_NUMBER)
            .put(3, HeaderExtensionType.ABSOLUTE_SEND_TIME)
            .put(4, HeaderExtensionType.AUDIO_LEVEL)
            .put(10, HeaderExtensionType.RTP_STREAM_ID)
            .put(11, HeaderExtensionType.REPAIRED_RTP_STREAM_ID)
            .build();

    static final List<PayloadFormat> VIDEO =
            List.of(PayloadFormat.repaired(96, 90_000), PayloadFormat.rtx(97, 90_000, 96));
    private static final List<PayloadFormat> AUDIO = List.of(PayloadFormat.plain(111, 48_000));

    /** Sends video one way: thirty frames a second of some packets, each payload with its number. */
    private static final class Call {
        final Simulation simulation;
        final VirtualLink link;
        final MediaPeer a;
        final MediaPeer b;
        final SendStream video;
        final ReceiveSection section;
        final Set<Integer> received = new HashSet<>();
        final List<Long> sequences = new ArrayList<>();
        long duplicates;
        int sent;

        Call(Simulation simulation, Impairments impairments) {
            this(simulation, impairments, VIDEO);
        }

        Call(Simulation simulation, Impairments impairments, List<PayloadFormat> formats) {
            this.simulation = simulation;
            link = simulation.newLink(impairments);
            a = new MediaPeer(simulation, "a", link.a(), RtpSessionOptions.defaults("alice"));
            b = new MediaPeer(simulation, "b", link.b(), RtpSessionOptions.defaults("bob"));
            a.session.setHeaderExtensions(EXTENSIONS);
            b.session.setHeaderExtensions(EXTENSIONS);
            video = a.session.addSendStream(new SendParameters("v", null, 1000, 1001, formats, EXTENSIONS, true));
            section = b.session.addReceiveSection(new ReceiveParameters("v", formats, List.of(), List.of(), true));
            section.addTap((stream, packet) -> {
                int number = Bytes.i32(packet.array(), packet.payloadOffset());
                if (!received.add(number)) {
                    duplicates++;
                }
                sequences.add(packet.unwrappedSequence());
                return true;
            });
        }

        void frames(int frames, int packets) {
            byte[] payload = new byte[1000];
            for (int frame = 0; frame < frames; frame++) {
                long timestamp = simulation.time().elapsed().toMillis() * 90;
                a.turn(now -> {
                    for (int i = 0; i < packets; i++) {
                        Bytes.setI32(payload, 0, sent++);
                        video.send(payload, 0, payload.length, i == packets - 1, timestamp, 96, now);
                    }
                });
                simulation.time().runFor(Duration.ofMillis(33));
            }
        }

        InboundStats inbound() {
            return section.streams().get(0).stats();
        }
    }

    @Test
    void withoutRtxLostPacketsLeaveAgainInTheirOwnStream() {
        Simulation.run(20, simulation -> {
            List<PayloadFormat> plain = List.of(PayloadFormat.repaired(96, 90_000));
            Call call = new Call(
                    simulation,
                    Impairments.NONE.withDelay(Duration.ofMillis(20)).withLoss(0.05),
                    plain);
            call.frames(200, 5);
            simulation.time().runFor(Duration.ofSeconds(1));

            assertThat(call.received).hasSizeGreaterThanOrEqualTo(998);
            assertThat(call.inbound().packetsLost()).isLessThan(20);
            assertThat(call.video.stats().retransmittedPacketsSent()).isBetween(20L, 150L);
        });
    }

    @Test
    void packetsArriveOnceWithTheirUnwrappedNumbers() {
        Simulation.run(1, simulation -> {
            Call call = new Call(simulation, Impairments.NONE.withDelay(Duration.ofMillis(20)));
            call.frames(100, 5);

            assertThat(call.received).hasSize(500);
            assertThat(call.duplicates).isZero();
            for (int i = 1; i < call.sequences.size(); i++) {
                assertThat(call.sequences.get(i)).isEqualTo(call.sequences.get(i - 1) + 1);
            }
            assertThat(call.section.streams()).hasSize(1);
            assertThat(call.section.streams().get(0).ssrc()).isEqualTo(1000);
            assertThat(call.inbound().packetsReceived()).isEqualTo(500);
            assertThat(call.inbound().bytesReceived()).isEqualTo(500_000);
            assertThat(call.inbound().packetsLost()).isZero();
            assertThat(call.video.stats().packetsSent()).isEqualTo(500);
            assertThat(call.video.stats().bytesSent()).isEqualTo(500_000);
            assertThat(call.b.session.drops()).isEmpty();
            assertThat(call.a.session.drops()).isEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0.05, 20",
        "2, 0.05, 100",
        "3, 0.05, 300",
        "4, 0.01, 100",
        "5, 0.1, 50",
        "6, 0.05, 20",
        "7, 0.05, 20"
    })
    void lossIsRepairedByRetransmission(long seed, double loss, int delayMillis) {
        Simulation.run(seed, simulation -> {
            Call call = new Call(
                    simulation,
                    Impairments.NONE
                            .withDelay(Duration.ofMillis(delayMillis / 2))
                            .withLoss(loss));
            call.frames(60 * 30, 8);
            call.link.setImpairments(Impairments.NONE);
            call.frames(3, 1);
            simulation.time().runFor(Duration.ofSeconds(3));

            assertThat(call.received).as("every packet").hasSize(call.sent);
            assertThat(call.duplicates).isZero();
            InboundStats inbound = call.inbound();
            assertThat(inbound.packetsLost()).isPositive();
            assertThat(inbound.repairedPackets()).isGreaterThanOrEqualTo(inbound.packetsLost());
            assertThat(inbound.nackCount()).isGreaterThanOrEqualTo(inbound.packetsLost());
            assertThat(inbound.pliCount()).isZero();
            OutboundStats outbound = call.video.stats();
            assertThat(outbound.retransmittedPacketsSent())
                    .isBetween(inbound.retransmittedPacketsReceived(), 3 * inbound.packetsLost());
            assertThat(outbound.remotePacketsLost()).isEqualTo(inbound.packetsLost());
        });
    }

    @ParameterizedTest
    @CsvSource({"11", "12", "13"})
    void reorderingAndDuplicatesAreNotTakenForLoss(long seed) {
        Simulation.run(seed, simulation -> {
            Call call = new Call(
                    simulation,
                    Impairments.NONE
                            .withDelay(Duration.ofMillis(20))
                            .withReordering(Duration.ofMillis(3))
                            .withDuplicates(0.05));
            call.frames(30 * 30, 6);
            simulation.time().runFor(Duration.ofSeconds(1));

            assertThat(call.received).hasSize(call.sent);
            assertThat(call.duplicates).isZero();
            assertThat(call.b.session.dropped(RtpDrop.DUPLICATE)).isPositive();
            assertThat(call.inbound().nackCount())
                    .as("a few until the reordering is known")
                    .isLessThan(call.sent / 50L);
        });
    }

    @Test
    void bothSidesAgreeOnRoundTripLossAndJitter() {
        Simulation.run(21, simulation -> {
            Call call = new Call(simulation, Impairments.NONE.withDelay(Duration.ofMillis(50)));
            SendStream back = call.b.session.addSendStream(
                    new SendParameters("a", null, 2000, SignalledSsrc.NONE, AUDIO, EXTENSIONS, false));
            call.a.session.addReceiveSection(new ReceiveParameters("a", AUDIO, List.of(), List.of(), false));
            for (int i = 0; i < 20; i++) {
                call.b.turn(now -> back.send(new byte[100], 0, 100, false, now / 1_000_000 * 48, 111, now));
                call.frames(10, 2);
            }

            OutboundStats outbound = call.video.stats();
            assertThat(outbound.roundTripMeasurements()).isGreaterThan(3);
            assertThat(Duration.ofNanos(outbound.roundTripNanos()))
                    .isBetween(Duration.ofMillis(99), Duration.ofMillis(101));
            assertThat(outbound.remotePacketsLost()).isZero();
            assertThat(outbound.remoteFractionLost()).isZero();
            assertThat(outbound.remoteReports()).isGreaterThan(3);
            assertThat(outbound.reportsSent()).isGreaterThan(3);
            assertThat(outbound.remoteJitterSeconds()).isLessThan(0.002);
            InboundStats inbound = call.inbound();
            assertThat(inbound.remoteReports()).isGreaterThan(3);
            assertThat(inbound.remotePacketsSent()).isPositive();
            assertThat(inbound.remoteTimeMicros())
                    .isBetween(
                            call.a.session.epochMicros(call.a.now()) - 3_000_000,
                            call.a.session.epochMicros(call.a.now()));
            assertThat(new String(call.section.streams().get(0).cname(), java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualTo("alice");
        });
    }

    @Test
    void whoSendsNothingMeasuresTheRoundTripByReferenceTimes() {
        Simulation.run(22, simulation -> {
            Call call = new Call(simulation, Impairments.NONE.withDelay(Duration.ofMillis(40)));
            call.frames(300, 2);

            assertThat(call.inbound().roundTripMeasurements()).isGreaterThan(3);
            assertThat(Duration.ofNanos(call.inbound().roundTripNanos()))
                    .isBetween(Duration.ofMillis(79), Duration.ofMillis(81));
            assertThat(Duration.ofNanos(call.b.session.roundTripNanos()))
                    .isBetween(Duration.ofMillis(79), Duration.ofMillis(81));
        });
    }

    @Test
    void theTimeASampleWasTakenFollowsFromTheLatestReport() {
        Simulation.run(23, simulation -> {
            Call call = new Call(simulation, Impairments.NONE.withDelay(Duration.ofMillis(40)));
            List<Long> offsets = new ArrayList<>();
            call.section.addTap((stream, packet) -> {
                long micros = stream.captureTimeMicros(packet.unwrappedTimestamp());
                if (micros >= 0) {
                    offsets.add(call.b.session.epochMicros(packet.arrivalNanos()) - micros);
                }
                return true;
            });
            call.frames(300, 2);

            assertThat(offsets).hasSizeGreaterThan(100);
            assertThat(offsets).allSatisfy(offset -> assertThat(offset).isBetween(38_000L, 42_000L));
        });
    }

    @Test
    void keyFrameRequestsReachTheSenderAtMostOnceInAnInterval() {
        Simulation.run(24, simulation -> {
            Call call = new Call(simulation, Impairments.NONE.withDelay(Duration.ofMillis(10)));
            List<Long> requests = new ArrayList<>();
            call.a.onEvent = event -> {
                if (event instanceof RtpEvent.KeyFrameRequested requested) {
                    assertThat(requested.stream()).isSameAs(call.video);
                    requests.add(call.a.now());
                }
            };
            call.frames(10, 1);
            for (int i = 0; i < 100; i++) {
                call.b.turn(now -> call.section.requestKeyFrame());
                call.frames(1, 1);
            }

            assertThat(requests).hasSizeBetween(15, 18);
            for (int i = 1; i < requests.size(); i++) {
                assertThat(requests.get(i) - requests.get(i - 1)).isGreaterThanOrEqualTo(199_000_000L);
            }
            assertThat(call.inbound().pliCount()).isBetween(15L, 18L);
            assertThat(call.video.stats().pliCount()).isBetween(15L, 18L);
        });
    }

    @Test
    void aBlackoutEndsWithAKeyFrameRequest() {
        Simulation.run(25, simulation -> {
            Call call = new Call(simulation, Impairments.NONE.withDelay(Duration.ofMillis(25)));
            call.frames(60, 40);
            call.link.a().blackout(Duration.ofSeconds(2));
            call.frames(60, 40);
            long before = call.video.stats().pliCount();
            call.frames(30, 40);

            assertThat(before).isZero();
            assertThat(call.video.stats().pliCount()).isPositive();
        });
    }

    @Test
    void goodbyesAreToldAndTheStreamMayComeBack() {
        Simulation.run(26, simulation -> {
            Call call = new Call(simulation, Impairments.NONE.withDelay(Duration.ofMillis(5)));
            List<RtpEvent> events = new ArrayList<>();
            call.b.onEvent = events::add;
            call.frames(5, 1);
            call.a.turn(now -> call.a.session.removeSendStream(call.video));
            simulation.time().runFor(Duration.ofMillis(50));

            ReceiveStream stream = call.section.streams().get(0);
            assertThat(events).containsExactly(new RtpEvent.StreamAdded(stream), new RtpEvent.StreamEnded(stream));

            SendStream again = call.a.session.addSendStream(
                    new SendParameters("v", null, 3000, SignalledSsrc.NONE, VIDEO, EXTENSIONS, true));
            call.a.turn(now -> again.send(new byte[10], 0, 10, true, 0, 96, now));
            simulation.time().runFor(Duration.ofMillis(50));
            assertThat(call.section.streams()).hasSize(2);
        });
    }

    @Test
    void reportsGoOnForHoursThroughEveryWrap() {
        Simulation.run(27, simulation -> {
            Call call = new Call(
                    simulation,
                    Impairments.NONE.withDelay(Duration.ofMillis(20)).withLoss(0.001));
            byte[] payload = new byte[20];
            int hours = 14; // 2^32 / 90 kHz is 13.25 hours
            int packets = hours * 3600 * 10;
            for (int i = 0; i < packets; i++) {
                long timestamp = i * 9_000L;
                int number = call.sent++;
                call.a.turn(now -> {
                    Bytes.setI32(payload, 0, number);
                    call.video.send(payload, 0, payload.length, true, timestamp, 96, now);
                });
                simulation.time().runFor(Duration.ofMillis(100));
                if (i % 10_000 == 0) {
                    call.sequences.clear();
                }
            }
            simulation.time().runFor(Duration.ofSeconds(3));

            assertThat(call.received).hasSize(packets);
            InboundStats inbound = call.inbound();
            assertThat(inbound.packetsReceived() + inbound.packetsLost()).isEqualTo(packets);
            assertThat(inbound.jitterSeconds()).isLessThan(0.01);
            assertThat(call.video.stats().remoteHighestSequence() >>> 16)
                    .as("wraps")
                    .isGreaterThanOrEqualTo(7);
            long captured = call.section.streams().get(0).captureTimeMicros(lastTimestamp(call));
            assertThat(call.b.session.epochMicros(call.b.now()) - captured).isBetween(82_000L, 84_000L);
        });
    }

    private static long lastTimestamp(Call call) {
        long[] last = new long[1];
        call.section.addTap((stream, packet) -> {
            last[0] = packet.unwrappedTimestamp();
            return true;
        });
        call.frames(1, 1);
        call.simulation.time().runFor(Duration.ofMillis(50));
        return last[0];
    }
}
