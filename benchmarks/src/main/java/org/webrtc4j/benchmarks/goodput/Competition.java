package org.webrtc4j.benchmarks.goodput;

import java.time.Duration;
import java.util.List;
import org.webrtc4j.sctp.SctpCongestionControl;
import org.webrtc4j.testkit.Simulation;

/**
 * Two transfers through one bottleneck; the second begins when the first has the link.
 *
 * @param path what both cross
 * @param first the controller of the one that is there before
 * @param second the controller of the other
 */
record Competition(NetworkPath path, SctpCongestionControl first, SctpCongestionControl second) {

    private static final int MESSAGE_BYTES = 16_384;

    /**
     * What both got.
     *
     * @param competition which
     * @param firstGoodput bytes per second
     * @param secondGoodput bytes per second
     * @param queueNanos how long packets waited before the bottleneck
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Result(Competition competition, double firstGoodput, double secondGoodput, double[] queueNanos) {

        /** Of what both got, the second's. */
        double secondShare() {
            return secondGoodput / (firstGoodput + secondGoodput);
        }

        /** Of what the link carries, what both got. */
        double utilisation() {
            Cell cell = new Cell(competition.path, MESSAGE_BYTES, competition.first);
            return (firstGoodput + secondGoodput) / cell.linkLimit();
        }
    }

    Result run(Duration head, Duration watched, long seed) {
        Result[] result = new Result[1];
        Simulation.run(seed, simulation -> {
            Lab lab = new Lab(simulation, path);
            for (SctpCongestionControl each : List.of(first, second)) {
                lab.add(Controllers.options(each), MESSAGE_BYTES, message -> {});
                lab.begin(head);
            }
            lab.watch(watching -> watching.watched().compareTo(watched) >= 0);
            result[0] = new Result(
                    this, lab.measurement(0).goodput(), lab.measurement(1).goodput(), lab.queueNanos());
        });
        return result[0];
    }
}
