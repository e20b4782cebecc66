package org.webrtc4j.benchmarks.goodput;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.webrtc4j.sctp.SctpCongestionControl;

/**
 * What is run.
 *
 * @param bitsPerSecond of the table's link
 * @param queueProducts length of its queue in bandwidth-delay products
 * @param rttMillis the table's round-trip times
 * @param losses the table's losses
 * @param messageBytes the table's message sizes
 * @param shared where flows compete, messages mix and buffers fill
 * @param seconds of virtual time for each of these
 * @param controllers whose
 */
record GoodputSweep(
        long bitsPerSecond,
        double queueProducts,
        List<Integer> rttMillis,
        List<Double> losses,
        List<Integer> messageBytes,
        NetworkPath shared,
        int seconds,
        List<SctpCongestionControl> controllers) {

    private static final int BULK_BYTES = 1 << 20;
    private static final double[] SHARED_QUEUES = {0.25, 1, 4};
    private static final double LONG_QUEUE = 10;

    /** The whole table. */
    static GoodputSweep whole(long bitsPerSecond, double queueProducts) {
        return new GoodputSweep(
                bitsPerSecond,
                queueProducts,
                List.of(1, 20, 100, 300),
                List.of(0.0, 0.001, 0.01, 0.05),
                List.of(1 << 10, 1 << 16, 1 << 20),
                new NetworkPath(20, 0, 50_000_000, 1),
                60,
                List.of(SctpCongestionControl.values()));
    }

    /** The rows of the table: one cell for each controller. */
    List<List<Cell>> rows() {
        List<List<Cell>> rows = new ArrayList<>();
        for (int rtt : rttMillis) {
            for (double loss : losses) {
                for (int bytes : messageBytes) {
                    NetworkPath path = new NetworkPath(rtt, loss, bitsPerSecond, queueProducts);
                    rows.add(controllers.stream()
                            .map(each -> new Cell(path, bytes, each))
                            .toList());
                }
            }
        }
        return rows;
    }

    /** Each controller beside a standard flow that was there before, and beside one of its own kind. */
    List<Competition> competitions() {
        List<Competition> competitions = new ArrayList<>();
        for (double queue : SHARED_QUEUES) {
            for (SctpCongestionControl each : controllers) {
                competitions.add(new Competition(shared(queue), SctpCongestionControl.STANDARD, each));
                if (each != SctpCongestionControl.STANDARD) {
                    competitions.add(new Competition(shared(queue), each, each));
                }
            }
        }
        return competitions;
    }

    List<SmallBesideBulk> smallBesideBulk() {
        return controllers.stream()
                .flatMap(each -> Stream.of(false, true).map(on -> new SmallBesideBulk(shared, each, BULK_BYTES, on)))
                .toList();
    }

    List<FullBuffer> fullBuffers() {
        return controllers.stream()
                .map(each -> new FullBuffer(shared(LONG_QUEUE), each))
                .toList();
    }

    Duration watched() {
        return Duration.ofSeconds(seconds);
    }

    private NetworkPath shared(double queue) {
        return new NetworkPath(shared.rttMillis(), shared.loss(), shared.bitsPerSecond(), queue);
    }
}
