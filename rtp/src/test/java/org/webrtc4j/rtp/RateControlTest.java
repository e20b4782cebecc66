package org.webrtc4j.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.webrtc4j.rtp.congestion.CongestionControl;
import org.webrtc4j.rtp.congestion.FeedbackKind;
import org.webrtc4j.testkit.Impairments;
import org.webrtc4j.testkit.SharedBottleneck;
import org.webrtc4j.testkit.Simulation;
import org.webrtc4j.testkit.VirtualLink;

/** Whole sessions over a narrow link in virtual time: pacer, probes, feedback and retransmissions on the way. */
class RateControlTest {

    private static final int QUEUE_BYTES = 1 << 20;
    private static final Duration QUEUE = Duration.ofMillis(500);
    private static final Duration DELAY = Duration.ofMillis(25);
    private static final int FRAME_MILLIS = 33;
    private static final int PAYLOAD = 1_100;

    private static Impairments capacity(long bitsPerSecond, double loss) {
        return Impairments.NONE.withDelay(DELAY).withLoss(loss).withRate(bitsPerSecond, QUEUE_BYTES, QUEUE);
    }

    /** Sends video as large as it may, one way. */
    private static final class Flow {
        final VirtualLink link;
        final MediaPeer a;
        final MediaPeer b;
        final SendStream video;
        final ReceiveSection section;
        private final byte[] payload = new byte[PAYLOAD];
        long receivedBytes;

        Flow(Simulation simulation, SharedBottleneck bottleneck, FeedbackKind kind, String name, int ssrc) {
            link = bottleneck.newLink(Impairments.NONE.withDelay(DELAY));
            a = new MediaPeer(simulation, name + "a", link.a(), RtpSessionOptions.defaults("alice"));
            b = new MediaPeer(simulation, name + "b", link.b(), RtpSessionOptions.defaults("bob"));
            a.session.setReducedSize(true);
            b.session.setReducedSize(true);
            a.session.setHeaderExtensions(CallTest.EXTENSIONS);
            b.session.setHeaderExtensions(CallTest.EXTENSIONS);
            b.session.setCongestionFeedback(kind == FeedbackKind.BY_STREAM);
            a.session.setCongestionControl(kind, CongestionControl::ofGoogle);
            video = a.session.addSendStream(
                    new SendParameters("v", null, ssrc, ssrc + 1, CallTest.VIDEO, CallTest.EXTENSIONS, true));
            section =
                    b.session.addReceiveSection(new ReceiveParameters("v", CallTest.VIDEO, List.of(), List.of(), true));
            section.addTap((stream, packet) -> {
                receivedBytes += packet.size();
                return true;
            });
        }

        void frame() {
            a.turn(now -> {
                long left = target() * FRAME_MILLIS / 8_000;
                for (; left > 0; left -= PAYLOAD + 24) {
                    int length = (int) Math.max(1, Math.min(PAYLOAD, left - 24));
                    boolean last = left <= PAYLOAD + 24;
                    video.send(payload, 0, length, last, now / 1_000_000 * 90, 96, now);
                }
            });
        }

        long target() {
            return a.session.targetBitrate();
        }
    }

    /** What the flows send, and how long their packets wait at the bottleneck. */
    private static final class Scene {
        final Simulation simulation;
        final FeedbackKind kind;
        final SharedBottleneck bottleneck;
        final List<Flow> flows = new ArrayList<>();
        final List<Long> waits = new ArrayList<>();

        Scene(Simulation simulation, FeedbackKind kind, Impairments there) {
            this.simulation = simulation;
            this.kind = kind;
            bottleneck = simulation.newBottleneck(there);
        }

        Flow newFlow() {
            Flow flow = new Flow(simulation, bottleneck, kind, "flow" + flows.size(), 1_000 + 10 * flows.size());
            flows.add(flow);
            return flow;
        }

        void runFor(Duration length) {
            for (long millis = 0; millis < length.toMillis(); millis += FRAME_MILLIS) {
                flows.forEach(Flow::frame);
                for (int i = 0; i < FRAME_MILLIS; i++) {
                    simulation.time().runFor(Duration.ofMillis(1));
                    waits.add(bottleneck.queueNanos());
                }
            }
        }

        long takeWaitMillis() {
            long[] sorted = waits.stream().mapToLong(Long::longValue).sorted().toArray();
            waits.clear();
            return sorted[sorted.length * 95 / 100] / 1_000_000;
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TRANSPORT", "BY_STREAM"})
    void probingReachesTwoMegabitsWithinTwoSeconds(FeedbackKind kind) {
        Simulation.run(1, simulation -> {
            Scene scene = new Scene(simulation, kind, capacity(3_000_000, 0));
            Flow flow = scene.newFlow();
            scene.runFor(Duration.ofSeconds(2));
            assertThat(flow.target()).isBetween(2_000_000L, 3_300_000L);
            assertThat(flow.video.stats().paddingPacketsSent()
                            + flow.video.stats().retransmittedPacketsSent())
                    .isPositive();
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"TRANSPORT", "BY_STREAM"})
    void theRateFollowsACapacityThatFallsAndRises(FeedbackKind kind) {
        Simulation.run(2, simulation -> {
            Scene scene = new Scene(simulation, kind, capacity(3_000_000, 0));
            Flow flow = scene.newFlow();
            scene.runFor(Duration.ofSeconds(20));
            flow.link.a().setImpairments(capacity(1_000_000, 0));
            scene.runFor(Duration.ofSeconds(3));
            for (int i = 0; i < 12; i++) {
                assertThat(flow.target()).as("second " + i).isBetween(750_000L, 1_200_000L);
                scene.runFor(Duration.ofSeconds(1));
            }
            flow.link.a().setImpairments(capacity(3_000_000, 0));
            scene.runFor(Duration.ofSeconds(10));
            assertThat(flow.target()).isGreaterThan(2_400_000L);
            scene.runFor(Duration.ofSeconds(5));
            assertThat(scene.takeWaitMillis()).isLessThan(100);
            long delayed = flow.video.stats().totalSendDelayNanos()
                    / flow.video.stats().packetsSent();
            assertThat(delayed).as("in the pacer, each").isBetween(1_000_000L, 50_000_000L);
        });
    }

    private static long goodput(FeedbackKind kind, double loss) {
        long[] rate = new long[1];
        Simulation.run(3, simulation -> {
            Scene scene = new Scene(simulation, kind, capacity(2_000_000, loss));
            Flow flow = scene.newFlow();
            scene.runFor(Duration.ofSeconds(10));
            long before = flow.receivedBytes;
            scene.runFor(Duration.ofSeconds(40));
            assertThat(scene.takeWaitMillis()).isLessThan(100);
            rate[0] = (flow.receivedBytes - before) * 8 / 40;
        });
        return rate[0];
    }

    @ParameterizedTest
    @EnumSource(names = {"TRANSPORT", "BY_STREAM"})
    void randomLossIsNotTakenForCongestion(FeedbackKind kind) {
        long lossless = goodput(kind, 0);
        assertThat(lossless).isGreaterThan(1_600_000);
        assertThat(goodput(kind, 0.02)).isGreaterThan(85 * lossless / 100);
        assertThat(goodput(kind, 0.1)).isGreaterThan(300_000);
    }

    @ParameterizedTest
    @EnumSource(names = {"TRANSPORT", "BY_STREAM"})
    void twoFlowsShareALink(FeedbackKind kind) {
        Simulation.run(4, simulation -> {
            Scene scene = new Scene(simulation, kind, capacity(3_000_000, 0));
            Flow first = scene.newFlow();
            scene.runFor(Duration.ofSeconds(10));
            Flow second = scene.newFlow();
            scene.runFor(Duration.ofSeconds(20));
            for (int i = 0; i < 4; i++) {
                long beforeFirst = first.receivedBytes;
                long beforeSecond = second.receivedBytes;
                scene.runFor(Duration.ofSeconds(15));
                double ratio = (first.receivedBytes - beforeFirst) / (double) (second.receivedBytes - beforeSecond);
                assertThat(ratio).isBetween(0.5, 2.0);
            }
            assertThat(scene.takeWaitMillis()).isLessThan(100);
        });
    }

    @Test
    void withoutFeedbackBeingNegotiatedNothingIsEstimatedAndNothingWaits() {
        Simulation.run(5, simulation -> {
            Scene scene = new Scene(simulation, FeedbackKind.NONE, capacity(3_000_000, 0));
            Flow flow = scene.newFlow();
            byte[] payload = new byte[PAYLOAD];
            flow.a.turn(now -> {
                for (int i = 0; i < 100; i++) {
                    flow.video.send(payload, 0, PAYLOAD, false, 0, 96, now);
                }
            });
            assertThat(flow.a.rtpBytes).isGreaterThan(100 * PAYLOAD);
            assertThat(flow.target()).isZero();
        });
    }
}
