package org.webrtc4j.rtp.congestion;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/** Senders of video over one narrow link in virtual time: frames, a pacer, a queue that can overflow, and feedback every 50 ms. */
final class SimulatedPath {

    static final long MILLI = 1_000_000L;
    static final long SECOND = 1_000 * MILLI;
    private static final int PACKET = 1_200;
    private static final long FRAME_NANOS = SECOND / 30;
    private static final long FEEDBACK_NANOS = 50 * MILLI;

    private record Flight(long arrivalNanos, Flow flow, int number) {}

    /** One sender and its receiver. */
    final class Flow {
        final BandwidthEstimator estimator;
        private final ArrayDeque<Integer> queue = new ArrayDeque<>();
        private final List<long[]> sent = new ArrayList<>(); // sent, arrived, bytes, probe
        private final ArrayDeque<long[]> feedback = new ArrayDeque<>(); // due, first, end
        private final PacketReport report = new PacketReport();
        private double budget;
        private long frameNanos;
        private long feedbackNanos;
        private int reported;
        private int highest = -1;
        /** The most that the application makes, whatever it may. */
        long applicationRate = Long.MAX_VALUE;

        long deliveredBytes;

        Flow(BandwidthEstimator estimator) {
            this.estimator = estimator;
            frameNanos = nowNanos;
            feedbackNanos = nowNanos + FEEDBACK_NANOS;
        }

        private void makeFrames() {
            while (frameNanos <= nowNanos) {
                long bytes = Math.min(estimator.targetRate(), applicationRate) * FRAME_NANOS / 8 / SECOND;
                for (long left = bytes; left > 0; left -= PACKET) {
                    queue.add((int) Math.min(left, PACKET));
                }
                frameNanos += FRAME_NANOS;
            }
        }

        private void send() {
            boolean probing = estimator.probe() != BandwidthEstimator.NO_PROBE;
            budget = Math.min(budget, 0) + (probing ? estimator.probeRate() : estimator.pacingRate()) * 1e-3 / 8;
            while (budget > 0 && (probing || !queue.isEmpty())) {
                int bytes = queue.isEmpty() ? PACKET : queue.remove();
                budget -= bytes;
                transmit(bytes, estimator.probe());
                probing = estimator.probe() != BandwidthEstimator.NO_PROBE;
            }
        }

        private void transmit(int bytes, int probe) {
            estimator.onSent(bytes, probe, nowNanos);
            long arrival = pass(bytes);
            sent.add(new long[] {nowNanos, arrival, bytes, probe});
            if (arrival != PacketReport.LOST) {
                flights.add(new Flight(arrival, this, sent.size() - 1));
            }
        }

        private void arrived(int number) {
            highest = Math.max(highest, number);
            deliveredBytes += sent.get(number)[2];
        }

        private void exchangeFeedback() {
            if (nowNanos >= feedbackNanos) {
                feedbackNanos += FEEDBACK_NANOS;
                if (highest >= reported) {
                    feedback.add(new long[] {nowNanos + delayNanos, reported, highest + 1});
                    reported = highest + 1;
                }
            }
            while (!feedback.isEmpty() && feedback.peek()[0] <= nowNanos) {
                long[] due = feedback.remove();
                report.clear();
                for (int i = (int) due[1]; i < due[2]; i++) {
                    long[] packet = sent.get(i);
                    boolean in = packet[1] != PacketReport.LOST && packet[1] <= due[0] - delayNanos;
                    report.add(packet[0], in ? packet[1] + CLOCK : PacketReport.LOST, (int) packet[2], (int) packet[3]);
                }
                estimator.onRoundTrip(nowNanos - sent.get((int) due[2] - 1)[0]);
                estimator.onReport(report, nowNanos);
            }
            estimator.handleTimeout(nowNanos);
        }
    }

    /** The receiver's clock is another. */
    private static final long CLOCK = 12_345_678_901L;

    private final Random random = new Random(1);
    private final PriorityQueue<Flight> flights =
            new PriorityQueue<>((a, b) -> Long.compare(a.arrivalNanos, b.arrivalNanos));
    private final List<Flow> flows = new ArrayList<>();
    private final List<Long> queued = new ArrayList<>();
    private long busyUntil;
    long nowNanos = SECOND;
    long capacity;
    double loss;
    long delayNanos = 25 * MILLI;
    long queueNanos = 500 * MILLI;

    SimulatedPath(long capacity) {
        this.capacity = capacity;
    }

    Flow newFlow(BandwidthEstimator estimator) {
        Flow flow = new Flow(estimator);
        flows.add(flow);
        return flow;
    }

    private long pass(int bytes) {
        long start = Math.max(nowNanos, busyUntil);
        if (random.nextDouble() < loss || start - nowNanos > queueNanos) {
            return PacketReport.LOST;
        }
        queued.add(start - nowNanos);
        busyUntil = start + bytes * 8L * SECOND / capacity;
        return busyUntil + delayNanos;
    }

    void runFor(long nanos) {
        for (long until = nowNanos + nanos; nowNanos < until; nowNanos += MILLI) {
            while (!flights.isEmpty() && flights.peek().arrivalNanos <= nowNanos) {
                Flight flight = flights.remove();
                flight.flow.arrived(flight.number);
            }
            for (Flow flow : flows) {
                flow.exchangeFeedback();
                flow.makeFrames();
                flow.send();
            }
        }
    }

    /** The time that 95 % of the packets since the last call did not wait longer than. */
    long takeQueueDelay() {
        long[] sorted = queued.stream().mapToLong(Long::longValue).sorted().toArray();
        queued.clear();
        return sorted[sorted.length * 95 / 100];
    }
}
