package org.webrtc4j.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which stream is next, and what is said about bytes that wait. */
class SchedulingTest {

    private final RawPeer peer = RawPeer.established(RawPeer.options(), 20_000);

    /** Everything that leaves, acknowledged at once: stream and payload bytes of each chunk in order. */
    private List<int[]> drain(int limit) {
        List<int[]> chunks = new ArrayList<>();
        peer.turn();
        int last = -1;
        while (chunks.size() < limit) {
            List<RawPeer.Chunk> sent = peer.take(0);
            if (sent.isEmpty()) {
                break;
            }
            for (RawPeer.Chunk chunk : sent) {
                chunks.add(new int[] {chunk.u16(4), chunk.value().length - 12, chunk.flags()});
                last = Math.max(last, chunk.i32(0) - RawPeer.OUR_TSN);
            }
            peer.receive(peer.sack(last));
        }
        return chunks;
    }

    @Test
    void streamsTakeTurnsByMessage() {
        for (int stream = 1; stream <= 3; stream++) {
            for (int i = 0; i < 4; i++) {
                peer.send(stream, 2000);
            }
        }
        List<Integer> begins =
                drain(1000).stream().filter(c -> (c[2] & 2) != 0).map(c -> c[0]).toList();
        assertThat(begins).containsExactly(1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3);
    }

    @Test
    void aMessageOnceBegunRunsToItsEnd() {
        peer.send(1, 20_000);
        peer.turn();
        peer.association.setStreamPriority(2, 1024);
        peer.send(2, 100);
        List<int[]> chunks = drain(1000);
        int end = 0;
        while ((chunks.get(end)[2] & 1) == 0) {
            assertThat(chunks.get(end++)[0]).isEqualTo(1);
        }
        assertThat(chunks.get(end + 1)[0]).isEqualTo(2);
    }

    @Test
    void prioritiesShareBytesWithinFivePercent() {
        int[] weights = {128, 256, 512};
        for (int stream = 0; stream < 3; stream++) {
            peer.association.setStreamPriority(stream, weights[stream]);
            for (int i = 0; i < 3000; i++) {
                peer.send(stream, 1000 + 37 * stream);
            }
        }
        long[] bytes = new long[3];
        drain(3000).forEach(c -> bytes[c[0]] += c[1]);
        assertThat((double) bytes[1] / bytes[0]).isBetween(1.9, 2.1);
        assertThat((double) bytes[2] / bytes[0]).isBetween(3.8, 4.2);
    }

    @Test
    void aChangeOfPriorityCountsFromTheNextMessage() {
        for (int i = 0; i < 4000; i++) {
            peer.send(0, 1000);
            peer.send(1, 1000);
        }
        long[] bytes = new long[2];
        drain(1000).forEach(c -> bytes[c[0]] += c[1]);
        assertThat((double) bytes[1] / bytes[0]).isBetween(0.95, 1.05);
        peer.association.setStreamPriority(1, 1024);
        long[] after = new long[2];
        drain(2000).forEach(c -> after[c[0]] += c[1]);
        assertThat((double) after[1] / after[0]).isBetween(3.5, 4.5);
    }

    @Test
    void aStreamThatWasIdleGetsNoCreditForIt() {
        for (int i = 0; i < 2000; i++) {
            peer.send(0, 1000);
        }
        drain(1000);
        for (int i = 0; i < 2000; i++) {
            peer.send(1, 1000);
        }
        long[] bytes = new long[2];
        drain(500).forEach(c -> bytes[c[0]] += c[1]);
        assertThat((double) bytes[1] / bytes[0]).isBetween(0.8, 1.25);
    }

    @Test
    void theBufferedAmountFallsWhenFragmentsFirstLeave() {
        peer.send(1, 50_000);
        assertThat(peer.association.bufferedAmount(1)).isEqualTo(50_000);
        peer.turn();
        assertThat(peer.association.bufferedAmount(1)).isEqualTo(50_000 - 10 * 1160);
        long[] drained = new long[1];
        peer.association.drainSent((stream, bytes) -> drained[0] += bytes);
        assertThat(drained[0]).isEqualTo(11_600);
        peer.association.drainSent((stream, bytes) -> drained[0] += bytes);
        assertThat(drained[0]).isEqualTo(11_600);
        drain(1000);
        peer.association.drainSent((stream, bytes) -> drained[0] += bytes);
        assertThat(drained[0]).isEqualTo(50_000);
        assertThat(peer.association.bufferedAmount(1)).isZero();
    }

    @Test
    void lowIsToldOnCrossingOnly() {
        peer.association.setBufferedAmountLowThreshold(1, 30_000);
        peer.send(1, 20_000);
        drain(1000);
        assertThat(peer.events(SctpEvent.BufferedAmountLow.class)).isEmpty();
        peer.send(1, 50_000);
        drain(1000);
        assertThat(peer.events(SctpEvent.BufferedAmountLow.class)).containsExactly(new SctpEvent.BufferedAmountLow(1));
    }

    @Test
    void aFullStreamRefusesAndTinyMessagesCountAtLeastSixtyFour() {
        RawPeer small = RawPeer.established(RawPeer.options().streamBufferSize(64_000));
        assertThat(small.send(1, 64_000)).isEqualTo(SendStatus.QUEUED);
        assertThat(small.send(1, 1)).isEqualTo(SendStatus.BUFFER_FULL);
        for (int i = 0; i < 1000; i++) {
            assertThat(small.send(2, 1)).isEqualTo(SendStatus.QUEUED);
        }
        assertThat(small.send(2, 1)).isEqualTo(SendStatus.BUFFER_FULL);
    }

    @Test
    void aMessageTooLargeEmptyOrOnNoStreamIsRefused() {
        RawPeer strict = RawPeer.established(SctpOptions.builder().maxSendMessageSize(1000));
        assertThat(strict.send(0, 1001)).isEqualTo(SendStatus.TOO_LARGE);
        assertThat(strict.send(0, 1000)).isEqualTo(SendStatus.QUEUED);
        assertThat(strict.send(0, 0)).isEqualTo(SendStatus.EMPTY);
        assertThat(strict.send(-1, 1)).isEqualTo(SendStatus.NO_SUCH_STREAM);
        assertThat(strict.send(65_535, 1)).isEqualTo(SendStatus.NO_SUCH_STREAM);
        assertThat(strict.send(65_534, 1)).isEqualTo(SendStatus.QUEUED);
    }
}
