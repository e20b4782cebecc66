package org.webrtc4j.benchmarks.srtp;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code srtp [ROUNDS]}: ours beside jitsi-srtp and libsrtp, a round of each in turn, so that what disturbs one disturbs all. */
public final class SrtpCommand {

    private static final int ROUND_MILLIS = 50;
    private static final int WARM_UPS = 3;

    private SrtpCommand() {}

    /**
     * Measures every profile, operation and size, prints a line for each, and writes the results.
     *
     * @param rounds of {@value #ROUND_MILLIS} ms of CPU for each implementation and case
     * @param folder where {@code srtp-VERSION.json} goes, by the version of Java
     * @throws IOException when it cannot be written or a peer fails
     */
    public static void run(int rounds, Path folder) throws IOException {
        List<Contestant> contestants = Contestant.all();
        try {
            run(contestants, SrtpCase.all(), WARM_UPS, rounds, folder);
        } finally {
            for (Contestant each : contestants) {
                each.close();
            }
        }
    }

    static void run(List<Contestant> contestants, List<SrtpCase> cases, int warmUps, int rounds, Path folder)
            throws IOException {
        for (int i = 0; i < warmUps; i++) {
            for (SrtpCase each : cases) {
                for (Contestant contestant : contestants) {
                    contestant.warmUp(each);
                }
            }
        }
        List<SrtpFigures> figures = new ArrayList<>();
        for (SrtpCase each : cases) {
            figures.add(new SrtpFigures(each, new double[contestants.size()][rounds]));
        }
        for (int round = 0; round < rounds; round++) {
            for (SrtpFigures each : figures) {
                for (int i = 0; i < contestants.size(); i++) {
                    each.nanos()[i][round] = contestants.get(i).nanosPerPacket(each.measured(), ROUND_MILLIS);
                }
            }
        }
        SrtpReport report = new SrtpReport(contestants, figures);
        report.print();
        System.out.println("Results: " + report.write(folder));
    }
}
