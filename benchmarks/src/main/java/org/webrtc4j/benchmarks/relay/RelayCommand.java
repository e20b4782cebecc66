package org.webrtc4j.benchmarks.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.webrtc4j.benchmarks.Stack;
import org.webrtc4j.sctp.SctpCongestionControl;

/**
 * {@code relay [SECONDS [ROUNDS [MESSAGE]]]}: a whole data channel of each stack between two processes, through a relay that
 * delays and loses packets. First the relay alone, to know that it is not what is measured. All stacks take turns in every
 * round, so that slow phases of the machine fall on all of them.
 */
public final class RelayCommand {

    private static final Duration FLOOD = Duration.ofSeconds(6);

    private RelayCommand() {}

    /**
     * Measures and prints.
     *
     * @param seconds that messages are sent in a run
     * @param rounds in which all take turns
     * @param messageBytes size of each message
     * @param folder for the results
     * @throws IOException when a process cannot be started
     * @throws InterruptedException when the thread is interrupted
     */
    public static void run(int seconds, int rounds, int messageBytes, Path folder)
            throws IOException, InterruptedException {
        InetAddress address = OwnAddress.find();
        run(FLOOD, seconds, rounds, messageBytes, stacks(address), RelayPath.ALL, address, folder);
    }

    static void run(
            Duration flood,
            int seconds,
            int rounds,
            int messageBytes,
            List<Stack> stacks,
            List<RelayPath> paths,
            InetAddress address,
            Path folder)
            throws IOException, InterruptedException {
        RelayReport report = new RelayReport(seconds, rounds, messageBytes, address);
        report.flood(Flood.measure(address, flood));
        for (RelayPath path : paths) {
            for (int round = 0; round < rounds; round++) {
                for (Stack stack : stacks) {
                    try {
                        report.add(path, stack, RelayRun.measure(stack, path, address, messageBytes, seconds));
                    } catch (AssertionError failure) {
                        // One stack that does not come through shall not cost the figures of the others.
                        System.out.println(stack.name() + ", " + path.name() + ": " + failure.getMessage());
                    }
                }
            }
            report.print(path);
        }
        System.out.println("Results: " + report.write(folder));
    }

    /** Ours with each congestion controller, and the others that are built and can meet at that address. */
    static List<Stack> stacks(InetAddress address) {
        Map<String, Object> bind = Map.of("bind", address.getHostAddress());
        List<Stack> stacks = new ArrayList<>(ours(bind));
        for (Stack other : Stack.others()) {
            if (other.takesLoopback() || !address.isLoopbackAddress()) {
                stacks.add(other.with(other.name(), bind));
            } else {
                System.out.println(other.name() + " uses no loopback, and this machine has no other address; left out");
            }
        }
        return stacks;
    }

    private static List<Stack> ours(Map<String, Object> bind) {
        Stack stack = Stack.ours().get(0).with("webrtc4j", bind);
        return Arrays.stream(SctpCongestionControl.values())
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .map(each -> stack.with("webrtc4j, " + each, Map.of("congestionControl", each)))
                .toList();
    }
}
