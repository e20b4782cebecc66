package org.webrtc4j.sctp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.webrtc4j.sctp.RawPeer.MILLI;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.webrtc4j.testkit.Impairments;
import org.webrtc4j.testkit.Simulation;

/** How fast losses are repaired, in virtual time: the figures this module promises. */
class RecoveryTargetsTest {

    private static final int PACKET = 1160;
    /** Where the flags of the first chunk of a packet are, and the bit that ends a message. */
    private static final int FIRST_CHUNK = 12;

    private static boolean endsMessage(byte[] packet) {
        return packet[FIRST_CHUNK] == 0 && (packet[FIRST_CHUNK + 1] & 1) != 0;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 30, 300})
    void theLastPacketOfAMessageIsRepairedWithinTwoRoundTripsAndTwoHundredMilliseconds(int packets) {
        Pipe pipe = new Pipe(packets);
        pipe.delayNanos = 25 * MILLI;
        SctpOptions large = SctpOptions.builder()
                .maxSendMessageSize(0)
                .maxReceiveMessageSize(0)
                .build();
        Peer[] peers = Peer.connected(pipe, large);
        for (int i = 0; i < 10; i++) {
            peers[0].send(1, new byte[30 * PACKET]);
            pipe.runFor(1_000 * MILLI);
        }
        assertThat(peers[1].messages).hasSize(10);
        long[] lostAt = {0};
        pipe.filter = packet -> {
            boolean lost = lostAt[0] == 0 && endsMessage(packet);
            lostAt[0] = lost ? pipe.nowNanos : lostAt[0];
            return !lost;
        };
        long window = peers[0].association.stats().congestionWindow();
        peers[0].send(1, new byte[packets * PACKET]);
        pipe.runUntil(() -> peers[1].messages.size() == 11, 10_000 * MILLI);
        assertThat(lostAt[0]).isPositive();
        assertThat(pipe.nowNanos - lostAt[0]).isLessThanOrEqualTo((2 * 50 + 200) * MILLI);
        SctpStats stats = peers[0].association.stats();
        assertThat(stats.timeouts()).isZero();
        assertThat(stats.chunksRetransmitted()).isEqualTo(1);
        assertThat(stats.congestionWindow()).isGreaterThanOrEqualTo(Math.min(window, 10 * 1176) / 2);
    }

    /** Payload bytes per second of a flow that was watched after two seconds. */
    private static double goodput(Impairments way, Duration watched, long seed) {
        double[] goodput = {0};
        Simulation.run(seed, simulation -> {
            BulkFlow flow = new BulkFlow(
                    simulation.newLoop("flow"), simulation.newLink(way), SctpCongestionControl.STANDARD, seed);
            flow.begin();
            simulation.time().runFor(Duration.ofSeconds(2));
            long before = flow.received();
            simulation.time().runFor(watched);
            goodput[0] = (flow.received() - before) / (double) watched.toSeconds();
        });
        return goodput[0];
    }

    @Test
    void atTwentyMillisecondsAndOnePercentOfLossTheFormulaIsReached() {
        // Mathis et al. 1997: 1.22 packets a round trip over the root of the loss.
        double formula = 1.22 * PACKET / (0.020 * Math.sqrt(0.01));
        Impairments way = Impairments.NONE.withDelay(Duration.ofMillis(10)).withLoss(0.01);
        double[] goodput = new double[4];
        for (int seed = 0; seed < goodput.length; seed++) {
            goodput[seed] = goodput(way, Duration.ofSeconds(100), seed + 1);
        }
        assertThat(Arrays.stream(goodput).average().orElseThrow()).isGreaterThanOrEqualTo(formula);
        assertThat(Arrays.stream(goodput).min().orElseThrow()).isGreaterThan(0.8 * formula);
    }

    @Test
    void anEmptyLinkOfAGigabitIsFilledAtTwentyMilliseconds() {
        Impairments way = Impairments.NONE
                .withDelay(Duration.ofMillis(10))
                .withRate(1_000_000_000, 2_500_000, Duration.ofSeconds(1));
        assertThat(goodput(way, Duration.ofSeconds(2), 1)).isGreaterThan(0.95 * 125_000_000 * PACKET / 1188);
    }

    @Test
    void packetsThatChangePlacesWithinAQuarterOfTheRoundTripAreNotSentAgain() {
        for (long seed = 1; seed <= 10; seed++) {
            Pipe pipe = new Pipe(seed);
            pipe.delayNanos = 20 * MILLI;
            pipe.jitterNanos = 5 * MILLI;
            Peer[] peers = Peer.connected(
                    pipe, SctpOptions.builder().receiveWindow(300_000).build());
            SctpStats before = flow(pipe, peers, 500);
            // What three reports have taken for lost before the first was late is known for a mistake by now.
            assertThat(before.chunksRetransmitted()).as("seed " + seed).isLessThanOrEqualTo(10);
            assertThat(before.spuriousRecoveries()).isEqualTo(before.fastRecoveries());
            SctpStats after = flow(pipe, peers, 5_000);
            assertThat(after.chunksSent() - before.chunksSent()).isGreaterThan(10_000);
            assertThat(after.chunksRetransmitted()).as("seed " + seed).isEqualTo(before.chunksRetransmitted());
            assertThat(after.congestionWindow()).isGreaterThan(200_000);
        }
    }

    /** Sends without end for a time. */
    private static SctpStats flow(Pipe pipe, Peer[] peers, long millis) {
        for (int i = 0; i < millis; i++) {
            while (peers[0].association.bufferedAmount(1) < 100_000) {
                peers[0].send(1, new byte[20_000]);
            }
            pipe.runFor(MILLI);
        }
        return peers[0].association.stats();
    }
}
