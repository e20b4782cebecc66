package org.webrtc4j.sctp.tx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import org.webrtc4j.common.ProtocolEngine;
import org.webrtc4j.sctp.SendOptions;

/** Outstanding data beside a naive model of it: a map of chunks, every rule spelled out, any operations in any order. */
public final class OutstandingDataModel {

    private static final class Chunk {
        final OutboundMessage message;
        final int length;
        byte state;
        int misses;
        int sends = 1;
        /** The first TSN whose report is a miss of this one. */
        long horizon;

        long sentAt;
        /** Number of the last transmission, which is the chunk's place among those in flight. */
        long order;

        Chunk(OutboundMessage message, int length, byte state) {
            this.message = message;
            this.length = length;
            this.state = state;
        }

        boolean isUnderWay() {
            return state == OutstandingData.IN_FLIGHT || state == OutstandingData.LOST;
        }

        int size() {
            return HEADER + ((length + 3) & ~3);
        }
    }

    private static final int PACKET = 1188;
    private static final int HEADER = 16;
    private static final SendOptions UNORDERED_ONCE = new SendOptions(true, 0, SendOptions.UNLIMITED);
    private static final long RTT = 40_000_000L;

    private final OutstandingData ring = new OutstandingData();
    private final Acknowledgements acknowledgements = new Acknowledgements(ring);
    private final LossDetection detection = new LossDetection(ring, PACKET);
    private final TreeMap<Long, Chunk> model = new TreeMap<>();
    private final AckResult result = new AckResult();
    private final OutboundStream stream = new OutboundStream(0);
    private final IntUnaryOperator choose;
    /** TSNs in flight in the order in which they left. */
    private final List<Long> flight = new ArrayList<>();

    private long base;
    private long next;
    private long now = 1_000_000_000L;
    private long transmissions;
    private long highestAcked;
    private long leastRtt = Long.MAX_VALUE;
    private long sureBelow = Long.MAX_VALUE;
    private boolean reorderingSeen;
    private long newestOrder;
    private long newestRtt;
    private OutboundMessage message;

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
        message = newMessage();
        base = choose.applyAsInt(2) == 0 ? 0xffff_fff0L : choose.applyAsInt(1000);
        next = base;
        highestAcked = base - 1;
        ring.start(base, HEADER);
        acknowledgements.start(base);
        detection.start(base);
    }

    private OutboundMessage newMessage() {
        SendOptions options = choose.applyAsInt(2) == 0 ? SendOptions.ORDERED : UNORDERED_ONCE;
        return new OutboundMessage(stream, 53, new byte[100_000], options, 0);
    }

    /** Nothing more is cut of a message. */
    private void endMessage() {
        message.sent = message.payload.length;
        message = newMessage();
    }

    private void operate() {
        now += choose.applyAsInt(4) * RTT / 4;
        switch (choose.applyAsInt(17)) {
            case 0, 1, 2, 3 -> add();
            case 4, 5, 6, 7, 8 -> acknowledge();
            case 9, 10 -> sendAgain();
            case 11 -> allLost();
            case 12 -> restoreLost();
            case 13 -> lastLost();
            case 14 -> detect(choose.applyAsInt(2) == 0);
            case 15 -> reportEnds();
            default -> abandon();
        }
    }

    private void add() {
        for (int count = 1 + choose.applyAsInt(6); count > 0; count--) {
            if (choose.applyAsInt(4) == 0) {
                endMessage();
            }
            int length = 1 + choose.applyAsInt(1160);
            assertThat(ring.add(message, 0, length, now)).isEqualTo(next);
            Chunk chunk = new Chunk(message, length, OutstandingData.IN_FLIGHT);
            model.put(next++, chunk);
            leaves(next - 1);
        }
    }

    private void leaves(long tsn) {
        Chunk chunk = chunk(tsn);
        flight.add(tsn);
        chunk.state = OutstandingData.IN_FLIGHT;
        chunk.misses = 0;
        chunk.sentAt = now;
        chunk.order = ++transmissions;
        chunk.horizon = next;
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
        long least = detection.leastRttNanos();
        assertThat(least).isEqualTo(leastRtt == Long.MAX_VALUE ? 0 : leastRtt);
        AckResult.Verdict verdict = acknowledgements.apply(cumulative, bytes, 0, gaps.size(), least, now, result);
        if (cumulative < base - 1) {
            assertThat(verdict).isEqualTo(AckResult.Verdict.OLD);
        } else if (cumulative >= next || !possible) {
            assertThat(verdict).isEqualTo(AckResult.Verdict.INVALID);
        } else {
            assertThat(verdict).isEqualTo(AckResult.Verdict.APPLIED);
            apply(cumulative, gaps, least);
            boolean everyGap = choose.applyAsInt(2) == 0;
            detection.onAcked(result, now);
            detection.begin();
            detection.countReports(result, everyGap);
            countReports(everyGap);
        }
    }

    private void apply(long cumulative, List<int[]> gaps, long least) {
        List<Long> newlyAcked = new ArrayList<>();
        List<Long> reneged = new ArrayList<>();
        long end = cumulative;
        TreeMap<Long, Boolean> covered = new TreeMap<>();
        for (int[] gap : gaps) {
            if (cumulative + gap[0] > end) {
                end = cumulative + gap[1];
                for (long tsn = cumulative + gap[0]; tsn <= end; tsn++) {
                    covered.put(tsn, true);
                }
            }
        }
        for (Map.Entry<Long, Chunk> entry : model.entrySet()) {
            long tsn = entry.getKey();
            Chunk chunk = entry.getValue();
            boolean arrived = tsn <= cumulative || covered.containsKey(tsn);
            if (arrived && chunk.isUnderWay()) {
                newlyAcked.add(tsn);
            } else if (!arrived && chunk.state == OutstandingData.ACKED) {
                reneged.add(tsn);
            }
        }
        assertThat(result.cumulativeAdvanced).isEqualTo(cumulative >= base);
        assertThat(result.highestReported).isEqualTo(end);
        assertThat(result.bytes)
                .isEqualTo(newlyAcked.stream().mapToLong(t -> chunk(t).size()).sum());
        assertThat(result.highestNewlyAcked)
                .isEqualTo(newlyAcked.stream().mapToLong(t -> t).max().orElse(-1));
        learn(newlyAcked, least);
        for (long tsn : newlyAcked) {
            chunk(tsn).state = OutstandingData.ACKED;
            flight.remove(tsn);
        }
        for (long tsn : reneged) {
            Chunk chunk = chunk(tsn);
            long sentAt = chunk.sentAt;
            leaves(tsn);
            chunk.sentAt = sentAt;
        }
        model.headMap(cumulative, true).clear();
        base = cumulative + 1;
        highestAcked = end;
    }

    /** What the newly acknowledged say of the path: samples, order, transmissions that were not needed. */
    private void learn(List<Long> newlyAcked, long least) {
        long sample = Long.MIN_VALUE;
        long newest = 0;
        long newestSentAt = 0;
        List<Long> overtaken = new ArrayList<>();
        boolean reordered = false;
        for (long tsn : newlyAcked) {
            Chunk chunk = chunk(tsn);
            boolean soon = chunk.sends > 1 && now - chunk.sentAt < least;
            if (chunk.sends == 1) {
                sample = Math.max(sample, chunk.sentAt);
                reordered |= tsn < highestAcked;
            }
            if (soon && now - chunk.sentAt < least - least / 4 && overtaken.size() < AckResult.MAX_OVERTAKEN) {
                overtaken.add(tsn);
            }
            if (!soon && chunk.order > newest) {
                newest = chunk.order;
                newestSentAt = chunk.sentAt;
            }
        }
        assertThat(result.hasSample).isEqualTo(sample != Long.MIN_VALUE);
        if (result.hasSample) {
            assertThat(result.sampleSentAt).isEqualTo(sample);
            leastRtt = Math.min(leastRtt, now - sample);
        }
        assertThat(result.reordered).isEqualTo(reordered);
        reorderingSeen |= reordered;
        assertThat(result.overtakenCount).isEqualTo(overtaken.size());
        for (int i = 0; i < overtaken.size(); i++) {
            assertThat(result.overtaken[i]).isEqualTo(overtaken.get(i));
        }
        assertThat(result.hasNewest).isEqualTo(newest > 0);
        if (newest > newestOrder) {
            newestOrder = newest;
            newestRtt = now - newestSentAt;
        }
    }

    private void countReports(boolean everyGap) {
        long limit = everyGap ? result.highestReported : Math.min(result.highestNewlyAcked, result.highestReported);
        int losses = 0;
        long bytes = 0;
        for (long tsn : List.copyOf(flight)) {
            Chunk chunk = chunk(tsn);
            if (reorderingSeen || chunk.horizon > limit) {
                break;
            }
            if (++chunk.misses == 3) {
                lose(tsn);
                losses++;
                bytes += chunk.size();
            }
        }
        assertThat(detection.losses()).isEqualTo(losses);
        assertThat(detection.lostBytes()).isEqualTo(bytes);
    }

    private void lose(long tsn) {
        Chunk chunk = chunk(tsn);
        chunk.state = OutstandingData.LOST;
        chunk.misses = 0;
        flight.remove(tsn);
    }

    /** Time has told: everything sent before the newest that arrived, and overdue by the window. */
    private void detect(boolean recovering) {
        long arrived = model.values().stream()
                .filter(c -> c.state == OutstandingData.ACKED)
                .mapToLong(Chunk::size)
                .sum();
        long least = leastRtt == Long.MAX_VALUE ? 0 : leastRtt;
        boolean atOnce = !reorderingSeen && (recovering || arrived > 2 * PACKET);
        long window = atOnce ? 0 : Math.max(1_000_000L, Math.min(least / 4, RTT));
        detection.begin();
        long due = detection.detect(recovering, RTT, now);
        int losses = 0;
        long expected = ProtocolEngine.NEVER;
        for (long tsn : List.copyOf(flight)) {
            Chunk chunk = chunk(tsn);
            if (chunk.order >= newestOrder) {
                break;
            }
            if (chunk.sentAt + newestRtt + window > now) {
                expected = chunk.sentAt + newestRtt + window;
                break;
            }
            lose(tsn);
            losses++;
        }
        assertThat(due).isEqualTo(expected);
        assertThat(detection.losses()).isEqualTo(losses);
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
            ring.sentAgain(tsn, now);
            Chunk chunk = chunk(tsn);
            leaves(tsn);
            chunk.sends++;
        }
    }

    private void allLost() {
        ring.markAllLost();
        sureBelow = Long.MAX_VALUE;
        List.copyOf(flight).forEach(this::lose);
    }

    /** What was held lost left before everything that is in flight. */
    private void restoreLost() {
        ring.restoreLost();
        int place = 0;
        for (Map.Entry<Long, Chunk> entry : model.entrySet()) {
            Chunk chunk = entry.getValue();
            if (chunk.state == OutstandingData.LOST) {
                chunk.state = OutstandingData.IN_FLIGHT;
                chunk.order = 0;
                chunk.horizon = entry.getKey() + 1;
                flight.add(place++, entry.getKey());
            }
        }
    }

    /** A SACK had no room for what lies beyond a TSN, or had again. */
    private void reportEnds() {
        sureBelow = choose.applyAsInt(2) == 0 ? Long.MAX_VALUE : base + choose.applyAsInt(32);
        ring.setSureBelow(sureBelow);
    }

    private void lastLost() {
        assertThat(ring.markLastLost()).isEqualTo(!flight.isEmpty());
        flight.stream().max(Comparator.naturalOrder()).ifPresent(this::lose);
    }

    private void abandon() {
        if (base == next) {
            return;
        }
        long tsn = base + choose.applyAsInt((int) (next - base));
        OutboundMessage victim = chunk(tsn).message;
        ring.abandon(tsn);
        for (Map.Entry<Long, Chunk> entry : model.entrySet()) {
            if (entry.getValue().message == victim) {
                entry.getValue().state = OutstandingData.ABANDONED;
                flight.remove(entry.getKey());
            }
        }
        if (victim == message) {
            ring.addAbandonedEnd(victim);
            model.put(next++, new Chunk(victim, 0, OutstandingData.ABANDONED));
            endMessage();
        }
    }

    /** It has arrived and would not be sent again. */
    private boolean isSettled(Chunk chunk) {
        return chunk.state == OutstandingData.ACKED
                && chunk.message.unordered
                && chunk.message != message
                && chunk.sends > chunk.message.maxRetransmits;
    }

    private void compare() {
        assertThat(ring.consistent()).isTrue();
        assertThat(ring.base()).isEqualTo(base);
        assertThat(ring.next()).isEqualTo(next);
        long bytes = 0;
        long point = base - 1;
        boolean skipping = true;
        boolean toSend = false;
        for (Map.Entry<Long, Chunk> entry : model.entrySet()) {
            long tsn = entry.getKey();
            Chunk chunk = entry.getValue();
            // Not through AssertJ: this is where a run spends its time.
            if (ring.state(tsn) != chunk.state) {
                throw new AssertionError("state of " + tsn + ": " + ring.state(tsn) + ", not " + chunk.state);
            }
            if (chunk.state == OutstandingData.IN_FLIGHT) {
                bytes += chunk.size();
            }
            skipping &= chunk.state == OutstandingData.ABANDONED || isSettled(chunk);
            if (skipping && chunk.state == OutstandingData.ABANDONED) {
                point = tsn;
            }
            toSend |= chunk.state == OutstandingData.LOST && tsn < sureBelow;
        }
        assertThat(ring.flightBytes()).isEqualTo(bytes);
        assertThat(ring.advancedPoint()).isEqualTo(point);
        assertThat(ring.hasLostToSend()).isEqualTo(toSend);
    }
}
