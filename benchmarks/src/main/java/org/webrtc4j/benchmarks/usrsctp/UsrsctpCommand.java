package org.webrtc4j.benchmarks.usrsctp;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * {@code usrsctp [SECONDS [ROUNDS]]}: SCTP alone, two processes over UDP of loopback without DTLS, our stack and usrsctp sending
 * to each other and to themselves. All pairs take turns in every round, so that slow phases of the machine fall on all of them.
 */
public final class UsrsctpCommand {

    private UsrsctpCommand() {}

    /**
     * Measures and prints.
     *
     * @param seconds that a pair sends in a round, after as many that warm it up
     * @param rounds in which all take turns
     * @param folder for the results
     * @throws IOException when a peer cannot be started
     * @throws InterruptedException when the thread is interrupted
     */
    public static void run(int seconds, int rounds, Path folder) throws IOException, InterruptedException {
        run(Duration.ofSeconds(seconds), rounds, folder);
    }

    static void run(Duration round, int rounds, Path folder) throws IOException, InterruptedException {
        UsrsctpReport report = new UsrsctpReport(round, rounds);
        List<SctpStack> stacks = SctpStack.built();
        for (int i = 0; i < rounds; i++) {
            for (SctpStack sender : stacks) {
                for (SctpStack receiver : stacks) {
                    SctpPair pair = new SctpPair(sender, receiver);
                    report.add(pair, pair.measure(round));
                }
            }
        }
        report.print();
        System.out.println("Results: " + report.write(folder));
    }
}
