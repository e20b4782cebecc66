package org.webrtc4j.benchmarks.datagram;

import java.nio.file.Path;

/**
 * {@code datagram [ROUNDS]}: what a datagram costs the thread that sends or receives it, through our port, a channel of the
 * JDK, Netty and ice4j. Everybody takes packets from the heap and leaves them there, as engines need them. Bursts are sent to
 * somebody who does not read meanwhile, and read while nobody sends, so that no side pays for waking the other.
 */
public final class DatagramCommand {

    private static final int WARM_UP_ROUNDS = 10;

    private DatagramCommand() {}

    /**
     * Measures and prints.
     *
     * @param rounds in which all take turns
     * @param folder for the results
     * @throws Exception when packets are lost
     */
    public static void run(int rounds, Path folder) throws Exception {
        run(WARM_UP_ROUNDS, rounds, folder);
    }

    static void run(int warmUps, int rounds, Path folder) throws Exception {
        DatagramReport report = new DatagramReport();
        DatagramReport.head();
        for (DatagramCase.Plan plan : DatagramCase.plans()) {
            try (DatagramCase each = plan.open()) {
                report.add(DatagramFigures.measure(each, warmUps, rounds));
            }
        }
        System.out.println("Results: " + report.write(folder));
    }
}
