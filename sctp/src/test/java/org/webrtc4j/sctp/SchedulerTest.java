package org.webrtc4j.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The three schedulers, with messages as turns (DATA) and with fragments as turns (I-DATA). */
class SchedulerTest {

    private static final int DATA = 0;
    private static final int I_DATA = 64;
    private static final int BEGIN = 2;

    private static RawPeer peer(SctpScheduler scheduler, boolean interleaving) {
        SctpOptionsBuilder options = RawPeer.options().scheduler(scheduler);
        return interleaving ? RawPeer.interleaving(options, 20_000) : RawPeer.established(options, 20_000);
    }

    /** Lets chunks leave, acknowledging them at once, until there were so many or there are none. */
    private static List<RawPeer.Chunk> drain(RawPeer peer, int limit) {
        List<RawPeer.Chunk> chunks = new ArrayList<>();
        peer.turn();
        int last = -1;
        while (chunks.size() < limit) {
            List<RawPeer.Chunk> sent = peer.sent.stream()
                    .filter(c -> c.type() == DATA || c.type() == I_DATA)
                    .toList();
            peer.sent.clear();
            if (sent.isEmpty()) {
                break;
            }
            chunks.addAll(sent);
            last = Math.max(last, sent.get(sent.size() - 1).i32(0) - RawPeer.OUR_TSN);
            peer.receive(peer.sack(last));
        }
        return chunks;
    }

    /** Bytes on the wire: what small messages cost beside their payload is theirs. */
    private static long[] bytesByStream(List<RawPeer.Chunk> chunks) {
        long[] bytes = new long[4];
        chunks.forEach(c -> bytes[c.u16(4)] += c.value().length);
        return bytes;
    }

    private static int[] streams(List<RawPeer.Chunk> chunks) {
        return chunks.stream().mapToInt(c -> c.u16(4)).toArray();
    }

    private static int[] begun(List<RawPeer.Chunk> chunks) {
        return chunks.stream()
                .filter(c -> (c.flags() & BEGIN) != 0)
                .mapToInt(c -> c.u16(4))
                .toArray();
    }

    @Test
    void prioritiesShareTheBytesOfLargeMessagesWithinFivePercent() {
        RawPeer peer = peer(SctpScheduler.WEIGHTED_FAIR, true);
        int[] weights = {256, 512, 1024};
        for (int stream = 0; stream < 3; stream++) {
            peer.association.setStreamPriority(stream, weights[stream]);
            peer.send(stream, 4_000_000 + stream);
        }
        long[] bytes = bytesByStream(drain(peer, 3000));
        assertThat((double) bytes[1] / bytes[0]).isBetween(1.9, 2.1);
        assertThat((double) bytes[2] / bytes[0]).isBetween(3.8, 4.2);
    }

    @Test
    void prioritiesShareTheBytesOfMessagesOfAnySizeWithinFivePercent() {
        RawPeer peer = peer(SctpScheduler.WEIGHTED_FAIR, true);
        int[] weights = {256, 512, 1024};
        int[] sizes = {7_001, 333, 2_000};
        for (int stream = 0; stream < 3; stream++) {
            peer.association.setStreamPriority(stream, weights[stream]);
            for (int sent = 0; sent < 3_000_000; sent += sizes[stream]) {
                peer.send(stream, sizes[stream]);
            }
        }
        long[] bytes = bytesByStream(drain(peer, 3000));
        assertThat((double) bytes[1] / bytes[0]).isBetween(1.9, 2.1);
        assertThat((double) bytes[2] / bytes[0]).isBetween(3.8, 4.2);
    }

    @Test
    void aChangeOfPriorityCountsInTheMiddleOfALargeMessage() {
        RawPeer peer = peer(SctpScheduler.WEIGHTED_FAIR, true);
        peer.send(0, 6_000_000);
        peer.send(1, 6_000_000);
        long[] before = bytesByStream(drain(peer, 1000));
        assertThat((double) before[1] / before[0]).isBetween(0.95, 1.05);
        peer.association.setStreamPriority(1, 1024);
        long[] after = bytesByStream(drain(peer, 2000));
        assertThat((double) after[1] / after[0]).isBetween(3.8, 4.2);
        peer.association.setStreamPriority(1, 64);
        long[] last = bytesByStream(drain(peer, 2000));
        assertThat((double) last[0] / last[1]).isBetween(3.8, 4.2);
    }

    @Test
    void aRaisedPriorityCountsForAMessageThatWaitsAlready() {
        RawPeer peer = peer(SctpScheduler.WEIGHTED_FAIR, false);
        peer.association.setStreamPriority(1, 1);
        peer.send(1, 10_000);
        for (int i = 0; i < 50; i++) {
            peer.send(0, 5_000);
        }
        drain(peer, 40);
        peer.association.setStreamPriority(1, 65_535);
        // After what the window had let go before, and the message that was begun.
        assertThat(begun(drain(peer, 30))).contains(1);
    }

    @Test
    void aSmallMessageOfHighPriorityGoesBetweenTheFragmentsOfALargeOne() {
        RawPeer peer = peer(SctpScheduler.WEIGHTED_FAIR, true);
        peer.association.setStreamPriority(0, 128);
        peer.association.setStreamPriority(1, 1024);
        peer.send(0, 5_000_000);
        drain(peer, 100);
        peer.send(1, 100);
        // After what the window had let go before.
        assertThat(streams(drain(peer, 20))).contains(1);
    }

    @Test
    void roundRobinTakesMessagesOfDataAndFragmentsOfIDataWhateverThePriority() {
        for (boolean interleaving : new boolean[] {false, true}) {
            RawPeer peer = peer(SctpScheduler.ROUND_ROBIN, interleaving);
            peer.association.setStreamPriority(2, 1024);
            for (int i = 0; i < 3; i++) {
                for (int stream = 1; stream <= 3; stream++) {
                    // Fewer bytes do not earn more turns.
                    peer.send(stream, stream == 3 ? 10 : 2_000);
                }
            }
            List<RawPeer.Chunk> chunks = drain(peer, 1000);
            assertThat(begun(chunks))
                    .startsWith(interleaving ? new int[] {1, 2, 3, 3, 1, 2, 3} : new int[] {1, 2, 3, 1, 2, 3});
            if (interleaving) {
                assertThat(streams(chunks)).startsWith(1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 1, 2);
            }
        }
    }

    @Test
    void firstComeKeepsTheOrderOfTheCallsWhateverTheStream() {
        int[] calls = {3, 1, 2, 2, 1, 3, 3, 3, 1};
        for (boolean interleaving : new boolean[] {false, true}) {
            RawPeer peer = peer(SctpScheduler.FIRST_COME, interleaving);
            peer.association.setStreamPriority(1, 1024);
            int[] expected = new int[2 * calls.length];
            for (int i = 0; i < calls.length; i++) {
                peer.send(calls[i], 2_000);
                Arrays.fill(expected, 2 * i, 2 * i + 2, calls[i]);
            }
            assertThat(streams(drain(peer, 1000))).containsExactly(expected);
        }
    }

    @Test
    void aStreamThatPausesForAResetLeavesItsTurnsToTheOthers() {
        for (SctpScheduler scheduler : SctpScheduler.values()) {
            for (boolean interleaving : new boolean[] {false, true}) {
                RawPeer peer = peer(scheduler, interleaving);
                for (int i = 0; i < 4; i++) {
                    peer.send(1, 1_000);
                    peer.send(2, 1_000);
                }
                peer.association.resetStreams(new int[] {1}, peer.now);
                assertThat(streams(drain(peer, 100))).containsOnly(2);
                peer.receive(RawPeer.chunk(130, 0, RawPeer.parameter(16, RawPeer.i32(RawPeer.OUR_TSN, 1))));
                assertThat(peer.sent(interleaving ? I_DATA : DATA)).hasSize(4).allSatisfy(c -> assertThat(c.u16(4))
                        .isEqualTo(1));
            }
        }
    }

    /** Ten megabits per second, 20 ms there and back, a queue of 26 ms; the large message takes 6.4 s. */
    private static long latencyOfASmallMessageBesideALargeOne(boolean interleaving) {
        Pipe pipe = new Pipe(1);
        pipe.rate = 10_000_000;
        pipe.queueBytes = 32_000;
        SctpOptions options = SctpOptions.builder()
                .interleaving(interleaving)
                .maxSendMessageSize(0)
                .maxReceiveMessageSize(0)
                .receiveWindow(16 * 1024 * 1024)
                .build();
        Peer[] peers = Peer.connected(pipe, options);
        peers[0].association.setStreamPriority(1, 128);
        peers[0].association.setStreamPriority(2, 1024);
        peers[0].send(1, new byte[8_000_000]);
        pipe.runFor(1_000_000_000L);
        long start = pipe.nowNanos;
        peers[0].send(2, new byte[100]);
        boolean arrived =
                pipe.runUntil(() -> peers[1].messages.stream().anyMatch(m -> m.streamId() == 2), 60_000_000_000L);
        assertThat(arrived).isTrue();
        return (pipe.nowNanos - start) / 1_000_000;
    }

    @Test
    void besideALargeMessageASmallOneIsFastWhereMessagesAreInterleaved() {
        long with = latencyOfASmallMessageBesideALargeOne(true);
        long without = latencyOfASmallMessageBesideALargeOne(false);
        System.out.printf(
                "A 100-byte message beside one of 8 MB at 10 Mbit/s: %d ms with interleaving, %d ms without%n",
                with, without);
        assertThat(with).isLessThan(100);
        assertThat(without).isGreaterThan(4_000);
    }
}
