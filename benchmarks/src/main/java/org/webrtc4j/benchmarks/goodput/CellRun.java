package org.webrtc4j.benchmarks.goodput;

import java.time.Duration;
import org.webrtc4j.testkit.Simulation;

/** Fills one cell of the table: a transfer alone on its path, watched until the figure has settled. */
final class CellRun {

    private static final Duration LEAST = Duration.ofSeconds(2);
    private static final int ROUND_TRIPS = 40;
    private static final int ENOUGH_BYTES = 64 * 1024 * 1024;
    private static final int ENOUGH_MESSAGES = 16;
    /** On slow paths fewer bytes do. */
    private static final Duration LONG = Duration.ofMinutes(5);

    private static final int FEW_MESSAGES = 4;
    private static final Duration LONGEST = Duration.ofMinutes(20);

    private CellRun() {}

    static CellResult run(Cell cell, long seed) {
        Duration rounds = cell.path().rtt().multipliedBy(ROUND_TRIPS);
        Duration least = rounds.compareTo(LEAST) < 0 ? LEAST : rounds;
        CellResult[] result = new CellResult[1];
        Simulation.run(seed, simulation -> {
            Lab lab = new Lab(simulation, cell.path());
            lab.add(Controllers.options(cell.controller()), cell.messageBytes(), message -> {});
            lab.begin(least.dividedBy(2));
            lab.watch(watched -> isEnough(watched, least));
            result[0] = new CellResult(cell, lab.measurement(0), lab.queueNanos());
        });
        return result[0];
    }

    private static boolean isEnough(Lab lab, Duration least) {
        Progress progress = lab.transfer(0).progress();
        Duration watched = lab.watched();
        boolean settled = watched.compareTo(least) >= 0
                && progress.bytes() >= ENOUGH_BYTES
                && progress.messages() >= ENOUGH_MESSAGES;
        boolean patient = watched.compareTo(LONG) >= 0 && progress.messages() >= FEW_MESSAGES;
        return settled || patient || watched.compareTo(LONGEST) >= 0;
    }
}
