package org.webrtc4j.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.webrtc4j.RTCDataChannel;
import org.webrtc4j.RTCDataChannelState;
import org.webrtc4j.RTCSctpTransportStats;
import org.webrtc4j.RTCStatsReport;
import org.webrtc4j.testkit.Impairments;
import org.webrtc4j.testkit.Simulation;

/** bufferedAmount counts what was given and has not been sent: payload only, to the byte, at every step. */
class BufferedAmountTest {

    private static final Impairments SLOW =
            Impairments.NONE.withDelay(Duration.ofMillis(20)).withRate(2_000_000, 1_000_000, Duration.ofSeconds(10));
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Header of a DATA chunk (RFC 9260 section 3.3.1). */
    private static final int DATA_HEADER = 16;

    private static RTCDataChannel connect(SimulatedPeers peers) {
        RTCDataChannel channel = peers.offerer.createDataChannel("channel");
        peers.negotiate();
        peers.simulation.time().runUntil(() -> channel.readyState() == RTCDataChannelState.OPEN, LIMIT);
        // The acknowledgement of the opening is in, so that nothing but the messages is in flight later.
        peers.simulation.time().runFor(Duration.ofSeconds(1));
        return channel;
    }

    private static long inFlight(SimulatedPeers peers) {
        CompletableFuture<RTCStatsReport> report = peers.offerer.getStats();
        peers.simulation.time().runUntil(report::isDone, Duration.ofMillis(1));
        return report.join()
                .all(RTCSctpTransportStats.class)
                .findFirst()
                .orElseThrow()
                .unacknowledgedBytes();
    }

    @Test
    void itIsWhatWasGivenLessWhatIsOnTheWay() {
        Simulation.run(21, simulation -> {
            SimulatedPeers peers = new SimulatedPeers(simulation, Impairments.NONE.withDelay(Duration.ofMillis(20)));
            RTCDataChannel channel = connect(peers);
            int size = 1_000;
            int count = 300;
            peers.answererHost.blackout(Duration.ofMillis(500));
            for (int i = 0; i < count; i++) {
                channel.send(new byte[size]);
                assertThat(channel.bufferedAmount()).isEqualTo((i + 1L) * size);
            }
            simulation.time().runFor(Duration.ofMillis(1));

            long sent = inFlight(peers) / (size + DATA_HEADER);
            assertThat(sent).isBetween(1L, count - 1L);
            assertThat(channel.bufferedAmount()).isEqualTo((count - sent) * size);
            assertThat(peers.offererRuntime.stats().bufferedBytes()).isEqualTo(channel.bufferedAmount());

            simulation.time().runUntil(() -> channel.bufferedAmount() == 0, LIMIT);
            assertThat(peers.offererRuntime.stats().bufferedBytes()).isZero();
        });
    }

    @Test
    void whileMessagesDrainItNeverGrowsNorFallsBehindWhatHasArrivedAndEndsAtZero() {
        Simulation.run(22, simulation -> {
            SimulatedPeers peers = new SimulatedPeers(simulation, SLOW);
            long[] arrived = new long[1];
            int[] messages = new int[1];
            peers.answerer.onDataChannel(event -> event.channel().onMessage(message -> {
                arrived[0] += message.data().bytes().length;
                messages[0]++;
            }));
            RTCDataChannel channel = connect(peers);
            List<Long> low = new ArrayList<>();
            channel.bufferedAmountLowThreshold(50_000).onBufferedAmountLow(event -> low.add(channel.bufferedAmount()));
            int[] sizes = {0, 1, 100_000, 0, 65_536, 3, 16_384};
            long given = 0;
            for (int size : sizes) {
                channel.send(new byte[size]);
                given += size;
            }
            channel.send("");
            channel.send("naïve ☃");
            given += "naïve ☃".getBytes(StandardCharsets.UTF_8).length;
            assertThat(channel.bufferedAmount()).isEqualTo(given);

            long before = given;
            while (messages[0] < sizes.length + 2) {
                assertThat(simulation.time().step()).isTrue();
                long now = channel.bufferedAmount();
                assertThat(now).isBetween(0L, before);
                assertThat(given - now).isGreaterThanOrEqualTo(arrived[0]);
                before = now;
            }

            assertThat(arrived[0]).isEqualTo(given);
            assertThat(channel.bufferedAmount()).isZero();
            assertThat(low).singleElement().satisfies(amount -> assertThat(amount)
                    .isLessThanOrEqualTo(50_000));
            assertThat(peers.offererRuntime.stats().bufferedBytes()).isZero();
        });
    }

    @Test
    void whatIsUnsentWhenAChannelClosesWithTheConnectionCountsNoMore() {
        Simulation.run(23, simulation -> {
            SimulatedPeers peers = new SimulatedPeers(simulation, SLOW);
            RTCDataChannel channel = connect(peers);
            for (int i = 0; i < 100; i++) {
                channel.send(new byte[10_000]);
            }
            simulation.time().runFor(Duration.ofMillis(50));
            assertThat(channel.bufferedAmount()).isPositive();
            peers.offerer.close();
            simulation.time().runFor(Duration.ofSeconds(1));

            assertThat(channel.bufferedAmount()).isZero();
            assertThat(peers.offererRuntime.stats().bufferedBytes()).isZero();
        });
    }
}
