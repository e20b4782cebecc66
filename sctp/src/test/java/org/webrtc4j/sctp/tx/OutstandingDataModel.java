package org.webrtc4j.sctp.tx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import org.webrtc4j.sctp.SendOptions;

/** Outstanding data beside a naive model of it: a map of chunks, every rule spelled out, any operations in any order. */
public final class OutstandingDataModel {

    private static final class Chunk {
        final OutboundMessage message;
        final int length;
        byte state;
        int misses;
        long horizon = Long.MIN_VALUE;

        Chunk(OutboundMessage message, int length, byte state) {
            this.message = message;
            this.length = length;
            this.state = state;
        }
    }

    private final OutstandingData ring = new OutstandingData();
    private final TreeMap<Long, Chunk> model = new TreeMap<>();
    private final AckResult result = new AckResult();
    private final OutboundStream stream = new OutboundStream(0);
    private final IntUnaryOperator choose;
    private long base;
    private long next;
    private OutboundMessage message = newMessage();

    /**
     * Runs operations.
     *
     * @param choose gives a number from 0 to its argument less one
     * @param operations how many
     */
    public static void run(IntUnaryOperator choose, int operations) {
        OutstandingDataModel model = new OutstandingDataModel(choose);
        for (int i = 0; i < operations; i++) {
            model.operate();
            model.compare();
        }
    }

    private OutstandingDataModel(IntUnaryOperator choose) {
        this.choose = choose;
        base = choose.applyAsInt(2) == 0 ? 0xffff_fff0L : choose.applyAsInt(1000);
        next = base;
        ring.start(base, 16);
    }

    private OutboundMessage newMessage() {
        return new OutboundMessage(stream, 53, new byte[100_000], SendOptions.ORDERED, 0);
    }

    private void operate() {
        switch (choose.applyAsInt(12)) {
            case 0, 1, 2, 3 -> add();
            case 4, 5, 6, 7, 8 -> acknowledge();
            case 9 -> sendAgain();
            case 10 -> allLost();
            default -> abandon();
        }
    }

    private void add() {
        for (int count = 1 + choose.applyAsInt(6); count > 0; count--) {
            if (choose.applyAsInt(4) == 0) {
                message = newMessage();
            }
            int length = 1 + choose.applyAsInt(1160);
            assertThat(ring.add(message, 0, length, next)).isEqualTo(next);
            model.put(next++, new Chunk(message, length, OutstandingData.IN_FLIGHT));
        }
    }

    private void acknowledge() {
        long span = next - base;
        long cumulative =
                base - 1 + choose.applyAsInt((int) Math.min(span + 2, 8)) - (choose.applyAsInt(20) == 0 ? 2 : 0);
        List<int[]> gaps = new ArrayList<>();
        int at = 2 + choose.applyAsInt(3) - (choose.applyAsInt(20) == 0 ? 1 : 0);
        int blocks = choose.applyAsInt(4);
        for (int i = 0; i < blocks; i++) {
            int start = at + choose.applyAsInt(4);
            int end = start + choose.applyAsInt(4) - (choose.applyAsInt(30) == 0 ? 4 : 0);
            gaps.add(new int[] {start, end});
            at = end + 1 + choose.applyAsInt(3) - (choose.applyAsInt(20) == 0 ? 5 : 0);
            at = Math.max(at, 0);
        }
        byte[] bytes = new byte[4 * gaps.size()];
        boolean possible = true;
        for (int i = 0; i < gaps.size(); i++) {
            int start = gaps.get(i)[0];
            int end = Math.max(gaps.get(i)[1], 0);
            gaps.get(i)[1] = end;
            bytes[4 * i] = (byte) (start >> 8);
            bytes[4 * i + 1] = (byte) start;
            bytes[4 * i + 2] = (byte) (end >> 8);
            bytes[4 * i + 3] = (byte) end;
            possible &= start > 1 && end >= start && cumulative + end < next;
        }
        boolean everyGap = choose.applyAsInt(2) == 0;
        AckResult.Verdict verdict = ring.acknowledge(cumulative, bytes, 0, gaps.size(), everyGap, result);
        if (cumulative < base - 1) {
            assertThat(verdict).isEqualTo(AckResult.Verdict.OLD);
        } else if (cumulative >= next || !possible) {
            assertThat(verdict).isEqualTo(AckResult.Verdict.INVALID);
        } else {
            assertThat(verdict).isEqualTo(AckResult.Verdict.APPLIED);
            apply(cumulative, gaps, everyGap);
        }
    }

    private void apply(long cumulative, List<int[]> gaps, boolean everyGap) {
        long bytes = 0;
        long highestNew = -1;
        boolean advanced = cumulative >= base;
        for (Map.Entry<Long, Chunk> entry : model.headMap(cumulative, true).entrySet()) {
            if (entry.getValue().state == OutstandingData.IN_FLIGHT || entry.getValue().state == OutstandingData.LOST) {
                bytes += ring.serialized(entry.getValue().length);
                highestNew = Math.max(highestNew, entry.getKey());
            }
        }
        model.headMap(cumulative, true).clear();
        base = cumulative + 1;
        long done = cumulative;
        for (Map.Entry<Long, Chunk> entry : model.entrySet()) {
            long tsn = entry.getKey();
            Chunk chunk = entry.getValue();
            boolean covered = false;
            long end = cumulative;
            for (int[] gap : gaps) {
                if (cumulative + gap[0] > end) {
                    covered |= tsn >= cumulative + gap[0] && tsn <= cumulative + gap[1];
                    end = cumulative + gap[1];
                }
            }
            done = end;
            if (covered && (chunk.state == OutstandingData.IN_FLIGHT || chunk.state == OutstandingData.LOST)) {
                bytes += ring.serialized(chunk.length);
                highestNew = Math.max(highestNew, tsn);
                chunk.state = OutstandingData.ACKED;
            } else if (!covered && chunk.state == OutstandingData.ACKED) {
                chunk.state = OutstandingData.IN_FLIGHT;
                chunk.misses = 0;
            }
        }
        int losses = 0;
        long below = everyGap && advanced ? done : Math.min(highestNew, done);
        for (Map.Entry<Long, Chunk> entry : model.headMap(below, false).entrySet()) {
            Chunk chunk = entry.getValue();
            if (chunk.state == OutstandingData.IN_FLIGHT && highestNew >= chunk.horizon && ++chunk.misses == 3) {
                chunk.state = OutstandingData.LOST;
                chunk.misses = 0;
                losses++;
            }
        }
        assertThat(result.bytes).isEqualTo(bytes);
        assertThat(result.highestNewlyAcked).isEqualTo(highestNew);
        assertThat(result.cumulativeAdvanced).isEqualTo(advanced);
        assertThat(result.losses).isEqualTo(losses);
    }

    private Chunk chunk(long tsn) {
        return Objects.requireNonNull(model.get(tsn));
    }

    private void sendAgain() {
        if (ring.lostCount() > 0) {
            long tsn = ring.nextLost();
            assertThat(tsn)
                    .isEqualTo(model.entrySet().stream()
                            .filter(e -> e.getValue().state == OutstandingData.LOST)
                            .findFirst()
                            .orElseThrow()
                            .getKey());
            ring.sentAgain(tsn, next);
            Chunk chunk = chunk(tsn);
            chunk.state = OutstandingData.IN_FLIGHT;
            chunk.misses = 0;
            chunk.horizon = next;
        }
    }

    private void allLost() {
        ring.markAllLost();
        for (Chunk chunk : model.values()) {
            if (chunk.state == OutstandingData.IN_FLIGHT) {
                chunk.state = OutstandingData.LOST;
            }
            chunk.misses = 0;
        }
    }

    private void abandon() {
        if (base == next) {
            return;
        }
        long tsn = base + choose.applyAsInt((int) (next - base));
        OutboundMessage victim = chunk(tsn).message;
        ring.abandon(tsn);
        model.values().stream().filter(c -> c.message == victim).forEach(c -> c.state = OutstandingData.ABANDONED);
        if (victim == message) {
            ring.addAbandonedEnd(victim, next);
            model.put(next++, new Chunk(victim, 0, OutstandingData.ABANDONED));
            message = newMessage();
        }
    }

    private void compare() {
        assertThat(ring.consistent()).isTrue();
        assertThat(ring.base()).isEqualTo(base);
        assertThat(ring.next()).isEqualTo(next);
        long flight = 0;
        long point = base - 1;
        for (Map.Entry<Long, Chunk> entry : model.entrySet()) {
            Chunk chunk = entry.getValue();
            assertThat(ring.state(entry.getKey())).isEqualTo(chunk.state);
            if (chunk.state == OutstandingData.IN_FLIGHT) {
                flight += ring.serialized(chunk.length);
            }
            if (chunk.state == OutstandingData.ABANDONED && point == entry.getKey() - 1) {
                point++;
            }
        }
        assertThat(ring.flightBytes()).isEqualTo(flight);
        assertThat(ring.advancedPoint()).isEqualTo(point);
    }
}
