package org.webrtc4j.samples;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.webrtc4j.samples.demo.DemoCommand;
import org.webrtc4j.samples.peer.PeerCommand;
import org.webrtc4j.samples.sctp.SctpCommand;

/** The entry of the samples jar: the first argument names the sample. */
public final class Samples {

    private static final Map<String, Command> COMMANDS = new TreeMap<>(Map.of(
            "demo", new DemoCommand(),
            "peer", new PeerCommand(),
            "sctp", new SctpCommand(),
            "sdp", new SdpCommand(),
            "selftest", new SelfTestCommand(),
            "turn", new TurnCommand()));

    private Samples() {}

    /**
     * Runs a sample and exits with its status.
     *
     * @param arguments the sample's name, then its own arguments
     * @throws Exception when the sample fails in a way it did not foresee
     */
    public static void main(String[] arguments) throws Exception {
        LogSettings.apply();
        Command command = arguments.length == 0 ? null : COMMANDS.get(arguments[0]);
        if (command == null) {
            System.err.println("usage: java -jar webrtc4j-samples.jar COMMAND ...");
            COMMANDS.values().forEach(known -> System.err.println("  " + known.usage()));
            System.exit(2);
            return;
        }
        System.exit(command.run(Arrays.copyOfRange(arguments, 1, arguments.length)));
    }
}
