package org.webrtc4j.benchmarks.goodput;

import java.time.Duration;
import org.webrtc4j.sctp.SctpCongestionControl;
import org.webrtc4j.testkit.Simulation;

/**
 * A transfer alone before a queue much longer than it needs: how much of it does it fill?
 *
 * @param path with the queue
 * @param controller of the sender
 */
record FullBuffer(NetworkPath path, SctpCongestionControl controller) {

    private static final int MESSAGE_BYTES = 65_536;

    CellResult run(Duration watched, long seed) {
        Cell cell = new Cell(path, MESSAGE_BYTES, controller);
        CellResult[] result = new CellResult[1];
        Simulation.run(seed, simulation -> {
            Lab lab = new Lab(simulation, path);
            lab.add(Controllers.options(controller), MESSAGE_BYTES, message -> {});
            lab.begin(watched.dividedBy(4));
            lab.watch(watching -> watching.watched().compareTo(watched) >= 0);
            result[0] = new CellResult(cell, lab.measurement(0), lab.queueNanos());
        });
        return result[0];
    }
}
